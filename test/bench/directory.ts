import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connections } from '../../electron/connections/connections';
import { Grid } from '../../electron/directory/grid';
import { DirectoryStore } from '../../electron/directory/store';
import { openDatabase } from '../../electron/storage/database';
import { Sealer } from '../../electron/storage/sealing';
import type { RawRecord } from '../../shared/catalog/read';
import { simotelCatalog } from '../../shared/catalog/simotel';
import { startSimotel } from '../simulators';
import { compare, type Figure } from './measure';

/** Storing and searching a directory, at 10,000 and 50,000 extensions. */
export async function benchDirectory(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of [10_000, 50_000]) figures.push(...(await atSize(size)));
  return figures;
}

async function atSize(size: number): Promise<Figure[]> {
  const simulator = await startSimotel({ size });
  const records: RawRecord[] = simulator
    .records()
    .map((raw) => ({ remoteId: String(raw._id), raw: { ...raw } }));
  await simulator.stop();
  const folder = await mkdtemp(path.join(tmpdir(), 'pb-bench-'));
  const { database } = openDatabase(path.join(folder, 'bench.db'));
  const sealer = new Sealer();
  sealer.useKey(randomBytes(32));
  const connection = new Connections(database).create({
    kind: 'simotel',
    name: 'Bench',
    site: '',
    baseUrl: 'http://127.0.0.1',
    authMode: 'basic',
    timeoutMs: 5_000,
    parallel: 4,
    writeMode: 'full',
    colour: 'blue',
    tag: '',
    certificate: null,
  });
  const store = new DirectoryStore(database, sealer);
  const text = JSON.stringify(records);
  const parse = () => JSON.parse(text) as unknown;
  const at = `${size.toLocaleString('en')} extensions`;
  const parsing = `JSON.parse of ${at}`;
  try {
    const figures = [
      await compare(
        `store, secrets sealed, ${at}`,
        parsing,
        3,
        () => store.replace(connection, records, 1),
        parse,
      ),
    ];
    figures.push(
      await compare(
        `load for the grid, ${at}`,
        parsing,
        3,
        () => Grid.of(simotelCatalog, store.slices(connection.id)),
        parse,
      ),
    );
    const grid = await Grid.of(simotelCatalog, store.slices(connection.id));
    let turn = 0;
    const next = () => {
      turn += 1;
      return turn;
    };
    const type = () => grid.find({ text: `مح ${next() % 10}`, sort: null, only: null });
    figures.push(await compare(`filter by a keystroke, ${at}`, parsing, 15, type, parse));
    const sort = () =>
      grid.find({ text: '', sort: { field: 'name', descending: next() % 2 === 0 }, only: null });
    figures.push(await compare(`sort by name, ${at}`, parsing, 5, sort, parse));
    return figures;
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}
