import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Changes } from '../../electron/changes/changes';
import { WorkOrders } from '../../electron/changes/work-orders';
import { Connections } from '../../electron/connections/connections';
import { Directory } from '../../electron/directory/directory';
import { DirectoryStore } from '../../electron/directory/store';
import { driverFor } from '../../electron/drivers';
import { Jobs } from '../../electron/jobs/jobs';
import { Journal } from '../../electron/journal/journal';
import { BatchBook } from '../../electron/many/batch';
import { Sheets } from '../../electron/sheets';
import { openDatabase } from '../../electron/storage/database';
import { Sealer } from '../../electron/storage/sealing';
import { catalogOf } from '../../shared/catalog';
import { type Connection, recordsOf } from '../../shared/model/connection';
import { startSimotel } from '../simulators';
import { benchConnection } from './connection';
import { type Figure, median, watched } from './measure';

const size = 50_000;

/** A directory of 50,000 extensions as a spreadsheet: out with all columns, in again, compared with itself. */
export async function benchSheets(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pb-bench-'));
  const { database } = openDatabase(path.join(folder, 'bench.db'));
  try {
    const sealer = new Sealer();
    sealer.useKey(randomBytes(32));
    const connections = new Connections(database);
    const connection = connections.create(benchConnection());
    const store = new DirectoryStore(database, sealer);
    const parseMs = await fill(store, connection);
    const directory = new Directory(store, sealer, {
      driverFor: ({ kind }) => driverFor(kind),
      withServer: () => Promise.reject(new Error('no server is asked')),
      jobs: new Jobs(() => undefined),
    });
    const workOrders = new WorkOrders(database);
    const sheets = new Sheets({
      database,
      sealer,
      directory,
      batches: new BatchBook(),
      jobs: new Jobs(() => undefined),
      journal: new Journal(database),
      workOrders,
      changes: new Changes(database, sealer, workOrders, (id) => connections.get(id)),
      actor: 'bench',
      connection: (id) => connections.get(id),
    });
    await directory.found(recordsOf(connection), { text: '', sort: null, only: null });

    const file = path.join(folder, 'out.csv');
    const wanted = {
      headings: 'names',
      delimiter: ',',
      secrets: true,
      language: 'en',
      columns: catalogOf('simotel').fields.map(({ name }) => name),
      query: { text: '', sort: null, only: null },
    } as const;
    const out = await watched(() => sheets.export(recordsOf(connection), file, wanted, randomUUID()));
    const bytes = await readFile(file);
    const input = await watched(() => sheets.open(recordsOf(connection), 'out.csv', bytes, randomUUID()));
    const preview = await watched(() => sheets.preview(input.result.id, randomUUID()));
    if (preview.result.counts.same !== size) throw new Error('the round trip was not clean');
    const rows = `${size.toLocaleString('en')} rows × ${input.result.columns.length} columns (${(bytes.length / 1e6).toFixed(0)} MB)`;
    const figure = (what: string, { ms, longest }: Pick<Figure, 'ms' | 'longest'>): Figure => ({
      what: `${what}, ${rows}`,
      baseline: 'JSON.parse of the same records',
      ms,
      baselineMs: parseMs,
      ...(longest ? { longest } : {}),
    });
    return [figure('out, secrets too', out), figure('in', input), figure('compared', preview)];
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Stores the records. @returns how long it takes to parse them as JSON, in milliseconds */
async function fill(store: DirectoryStore, connection: Connection): Promise<number> {
  const simulator = await startSimotel({ size });
  const records = simulator.records().map((raw) => ({ remoteId: String(raw._id), raw: { ...raw } }));
  await simulator.stop();
  await store.replace(recordsOf(connection), records, 1);
  const text = JSON.stringify(records);
  return median(3, () => JSON.parse(text) as unknown);
}
