import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connections } from '../../electron/connections/connections';
import { Directory } from '../../electron/directory/directory';
import { DirectoryStore } from '../../electron/directory/store';
import { driverFor } from '../../electron/drivers';
import { Journal } from '../../electron/journal/journal';
import { BatchBook } from '../../electron/many/batch';
import { Jobs } from '../../electron/many/jobs';
import { Sheets } from '../../electron/sheets';
import { openDatabase } from '../../electron/storage/database';
import { Sealer } from '../../electron/storage/sealing';
import { WorkOrders } from '../../electron/workorders/work-orders';
import { simotelCatalog } from '../../shared/catalog/simotel';
import type { Connection } from '../../shared/model/connection';
import { startSimotel } from '../simulators';
import { type Figure, median } from './measure';

const size = 50_000;
// What a person would see as a pause; the promise for every task.
const pauseMs = 50;

/** A directory of 50,000 extensions as a spreadsheet: out with all columns, in again, compared with itself. */
export async function benchSheets(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pb-bench-'));
  const { database } = openDatabase(path.join(folder, 'bench.db'));
  try {
    const sealer = new Sealer();
    sealer.useKey(randomBytes(32));
    const connections = new Connections(database);
    const connection = connections.create(benchConnection);
    const store = new DirectoryStore(database, sealer);
    const parseMs = await fill(store, connection);
    const directory = new Directory(store, sealer, {
      driverFor: ({ kind }) => driverFor(kind),
      withServer: () => Promise.reject(new Error('no server is asked')),
      progress: () => undefined,
    });
    const sheets = new Sheets({
      database,
      sealer,
      directory,
      batches: new BatchBook(),
      jobs: new Jobs(() => undefined),
      journal: new Journal(database),
      workOrders: new WorkOrders(database),
      actor: 'bench',
      connection: (id) => connections.get(id),
    });
    await directory.found(connection, { text: '', sort: null, only: null });

    const file = path.join(folder, 'out.csv');
    const wanted = {
      headings: 'names',
      delimiter: ',',
      secrets: true,
      language: 'en',
      columns: simotelCatalog.fields.map(({ name }) => name),
      query: { text: '', sort: null, only: null },
    } as const;
    const out = await watched(() => sheets.export(connection, file, wanted, randomUUID()));
    const bytes = await readFile(file);
    const input = await watched(() => sheets.open(connection, 'out.csv', bytes, randomUUID()));
    const preview = await watched(() => sheets.preview(input.result.id, randomUUID()));
    if (preview.result.counts.same !== size) throw new Error('the round trip was not clean');
    const rows = `${size.toLocaleString('en')} rows × ${input.result.columns.length} columns (${(bytes.length / 1e6).toFixed(0)} MB)`;
    return [
      ...figures(`out, secrets too, ${rows}`, out, parseMs),
      ...figures(`in, ${rows}`, input, parseMs),
      ...figures(`compared, ${rows}`, preview, parseMs),
    ];
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Watched<T> {
  readonly result: T;
  readonly ms: number;
  readonly longest: number;
}

function figures(what: string, { ms, longest }: Watched<unknown>, parseMs: number): Figure[] {
  return [
    { what, baseline: 'JSON.parse of the same records', ms, baselineMs: parseMs },
    {
      what: 'longest task of it, in the processor’s time',
      baseline: 'the longest that is allowed',
      ms: longest,
      baselineMs: pauseMs,
    },
  ];
}

/** The processor's time that this process has had, in milliseconds: what else the machine does is not in it. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Does a piece of work and tells the longest of its tasks, for which nothing else could be done. Milliseconds. */
async function watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  let longest = 0;
  let last = processorMs();
  let over = false;
  const look = (): void => {
    const now = processorMs();
    longest = Math.max(longest, now - last);
    last = now;
    if (!over) setImmediate(look);
  };
  setImmediate(look);
  const began = performance.now();
  const result = await work();
  const ms = performance.now() - began;
  over = true;
  look();
  return { result, ms, longest };
}

/** Stores the records. @returns how long it takes to parse them as JSON, in milliseconds */
async function fill(store: DirectoryStore, connection: Connection): Promise<number> {
  const simulator = await startSimotel({ size });
  const records = simulator.records().map((raw) => ({ remoteId: String(raw._id), raw: { ...raw } }));
  await simulator.stop();
  await store.replace(connection, records, 1);
  const text = JSON.stringify(records);
  return median(3, () => JSON.parse(text) as unknown);
}

const benchConnection = {
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
} as const;
