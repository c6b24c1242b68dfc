import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/** What SQLite says of a file: `ok` or the first fault, and the version of its schema. */
export interface Inspected {
  readonly verdict: string;
  readonly version: number;
}

/** How a database fills its file. Bytes, and entries of the history. */
export interface Measured {
  /** What the history takes, with its indexes and all that it is searched by. */
  readonly history: number;
  readonly free: number;
  readonly entries: number;
}

const inspectedSchema = z.strictObject({ verdict: z.string(), version: z.number().int() });
const measuredSchema = z.strictObject({
  history: z.number().int(),
  free: z.number().int(),
  entries: z.number().int(),
});

/*
 * Plain text, because a thread of its own would need a bundle of its own, for ten lines. It is given where to find the
 * package and which file to read, and nothing else.
 */
const open = `
const { createRequire } = require('node:module');
const { parentPort, workerData } = require('node:worker_threads');
const { DatabaseSync } = createRequire(workerData.home)(workerData.sqlite);
const first = (database, sql) => Object.values(database.prepare(sql).get())[0];
`;

const inspecting = `${open}
let verdict = '';
let version = 0;
try {
  const database = new DatabaseSync(workerData.path, { readOnly: true });
  verdict = String(first(database, 'PRAGMA quick_check(1)'));
  version = Number(first(database, 'PRAGMA user_version'));
  database.close();
} catch (error) {
  verdict = 'unreadable: ' + error.message;
}
parentPort.postMessage({ verdict, version });
`;

const measuring = `${open}
const database = new DatabaseSync(workerData.path, { readOnly: true });
const history = first(database, \`SELECT coalesce(sum(s.pgsize), 0) FROM dbstat s JOIN sqlite_schema m ON m.name = s.name
  WHERE s.aggregate = TRUE AND (m.tbl_name GLOB 'journal*' OR m.tbl_name GLOB 'history*')\`);
const free = first(database, 'PRAGMA freelist_count') * first(database, 'PRAGMA page_size');
const entries = first(database, 'SELECT count(*) FROM history');
database.close();
parentPort.postMessage({ history, free, entries });
`;

/**
 * Has SQLite check every page of a file, in a thread of its own: a large history takes seconds, in which the window
 * must go on. The file is only read, and may be the one in use.
 */
export function inspect(path: string): Promise<Inspected> {
  return inThread(inspecting, path, inspectedSchema);
}

/** Finds out what takes how much of a file of this version, in a thread of its own: every page is looked at. */
export function measure(path: string): Promise<Measured> {
  return inThread(measuring, path, measuredSchema);
}

function inThread<S extends z.ZodType>(code: string, path: string, schema: S): Promise<z.infer<S>> {
  const require = createRequire(import.meta.url);
  const workerData = { home: import.meta.url, sqlite: require.resolve('@photostructure/sqlite'), path };
  const worker = new Worker(code, { eval: true, workerData });
  return new Promise<z.infer<S>>((resolve, reject) => {
    worker.once('message', (said: unknown) => resolve(schema.parse(said)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread ended without an answer')));
  }).finally(() => worker.terminate());
}
