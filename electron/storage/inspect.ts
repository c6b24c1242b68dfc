import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/** What SQLite says of a file: `ok` or the first fault, and the version of its schema. */
export interface Inspected {
  readonly verdict: string;
  readonly version: number;
}

const inspectedSchema = z.strictObject({ verdict: z.string(), version: z.number().int() });

/*
 * Plain text, because a thread of its own would need a bundle of its own, for ten lines. It is given where to find the
 * package and which file to read, and nothing else.
 */
const code = `
const { createRequire } = require('node:module');
const { parentPort, workerData } = require('node:worker_threads');
const { DatabaseSync } = createRequire(workerData.home)(workerData.sqlite);
let verdict = '';
let version = 0;
try {
  const database = new DatabaseSync(workerData.path, { readOnly: true });
  verdict = String(Object.values(database.prepare('PRAGMA quick_check(1)').get())[0]);
  version = Number(Object.values(database.prepare('PRAGMA user_version').get())[0]);
  database.close();
} catch (error) {
  verdict = 'unreadable: ' + error.message;
}
parentPort.postMessage({ verdict, version });
`;

/**
 * Has SQLite check every page of a file, in a thread of its own: a large history takes seconds, in which the window
 * must go on. The file is only read, and may be the one in use.
 */
export function inspect(path: string): Promise<Inspected> {
  const require = createRequire(import.meta.url);
  const workerData = { home: import.meta.url, sqlite: require.resolve('@photostructure/sqlite'), path };
  const worker = new Worker(code, { eval: true, workerData });
  return new Promise<Inspected>((resolve, reject) => {
    worker.once('message', (said: unknown) => resolve(inspectedSchema.parse(said)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the check ended without an answer')));
  }).finally(() => worker.terminate());
}
