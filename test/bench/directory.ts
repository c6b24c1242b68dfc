import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChangeLists } from '../../electron/changes/change-lists';
import { Changes } from '../../electron/changes/changes';
import { WorkOrders } from '../../electron/changes/work-orders';
import { Connections } from '../../electron/connections/connections';
import { Grid } from '../../electron/directory/grid';
import { Selections } from '../../electron/directory/selection';
import { DirectoryStore } from '../../electron/directory/store';
import { type Database, inTransaction, openDatabase } from '../../electron/storage/database';
import { Sealer } from '../../electron/storage/sealing';
import { catalogOf } from '../../shared/catalog';
import type { RawRecord } from '../../shared/catalog/read';
import { type Connection, recordsOf } from '../../shared/model/connection';
import { startSimotel } from '../simulators';
import { benchConnection } from './connection';
import { compareTurns, type Figure } from './measure';

/** Storing and searching a directory, and the changes of all of it, at 10,000 and 50,000 extensions. */
export async function benchDirectory(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of [10_000, 50_000]) figures.push(...(await atSize(size)));
  return figures;
}

/** Measures one thing against the parsing of the whole directory as JSON. */
type Measure = (what: string, runs: number, work: () => unknown) => Promise<void>;

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
  const connection = new Connections(database).create(benchConnection());
  const text = JSON.stringify(records);
  const parse = () => JSON.parse(text) as unknown;
  const figures: Figure[] = [];
  const measure: Measure = async (what, runs, work) => {
    const at = `${size.toLocaleString('en')} extensions`;
    figures.push(await compareTurns(`${what}, ${at}`, `JSON.parse of ${at}`, runs, work, parse));
  };
  try {
    await benchRecords(measure, database, sealer, connection, records);
    await benchChanges(measure, database, sealer, connection, records);
    return figures;
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchRecords(
  measure: Measure,
  database: Database,
  sealer: Sealer,
  connection: Connection,
  records: readonly RawRecord[],
): Promise<void> {
  const next = counter();
  const store = new DirectoryStore(database, sealer);
  await measure('store, secrets sealed, every record another', 3, () => {
    const mark = next();
    const other = records.map(({ remoteId, raw }) => ({ remoteId, raw: { ...raw, bench: mark } }));
    return store.replace(recordsOf(connection), other, 1);
  });
  await measure('sweep what was replaced (once)', 0, () => store.sweep(recordsOf(connection)));
  await store.replace(recordsOf(connection), records, 1);
  await measure('store again what came the same', 3, () => store.replace(recordsOf(connection), records, 1));
  const grid = () => Grid.of(catalogOf('simotel'), store.gridSource(recordsOf(connection)));
  await measure('load for the grid', 3, grid);
  const loaded = await grid();
  const find = (of: string, sort: { field: string; descending: boolean } | null = null) =>
    loaded.find({ text: of, sort, only: null });
  await measure('filter by a keystroke', 15, () => find(`مح ${next()}`));
  // The first sorting by a field puts its values in order; a new grid has none in order.
  await measure('sort by name, the first time (with the load)', 3, async () =>
    (await grid()).find({ text: '', sort: { field: 'name', descending: false }, only: null }),
  );
  await measure('sort by name, again', 9, () =>
    find(`${next()}`.slice(0, 1), { field: 'name', descending: next() % 2 === 0 }),
  );
  const selections = new Selections();
  await measure('select all', 9, async () =>
    selections.change(recordsOf(connection), await find(''), { do: 'all' }),
  );
  const selected = selections.of(recordsOf(connection));
  await measure('a window of what is selected', 9, async () =>
    (await loaded.find({ text: '', sort: null, only: new Set(selected) })).slice(0, 100),
  );
}

async function benchChanges(
  measure: Measure,
  database: Database,
  sealer: Sealer,
  connection: Connection,
  records: readonly RawRecord[],
): Promise<void> {
  const next = counter();
  const orders = new WorkOrders(database);
  const changes = new Changes(database, sealer, orders, () => connection);
  const lists = new ChangeLists(database, orders, () => connection);
  const order = orders.current().id;
  inTransaction(database, () => {
    for (const { remoteId, raw } of records) {
      const edits = [{ field: 'description', base: '', next: 'bench' }];
      const title = String(raw.name);
      changes.apply(
        { workOrderId: order, connection: recordsOf(connection), remoteId, title, stored: null },
        edits,
      );
    }
  });
  const first = records[0];
  const type = () =>
    changes.setField(recordsOf(connection), first?.remoteId ?? '', first?.raw ?? null, 'name', `n${next()}`);
  await measure('a letter typed, with that many changes prepared', 15, type);
  await measure('how many changes', 9, () => lists.counts(order));
  await measure('a page of changes after an edit', 5, async () => {
    type();
    return changes.some((await lists.ids(order, connection.id)).slice(0, 50));
  });
  await measure('a page of changes', 9, async () =>
    changes.some((await lists.ids(order, connection.id)).slice(next() * 50, next() * 50 + 50)),
  );
  await measure('which records are edited', 5, () => lists.records(recordsOf(connection)));
  await measure('open all changes for a plan', 3, () => changes.openAll(order, null));
}

function counter(): () => number {
  let turn = 0;
  return () => {
    turn += 1;
    return turn;
  };
}
