import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { ProblemError } from '../../shared/model/problem';
import { migrations } from './migrations';
import { checkSchema } from './schema-check';
import { openAlone } from './sqlite';

/** SQLite's verdict on a file, `ok` or the first fault, and the version of its schema. */
export interface Inspected {
  readonly verdict: string;
  readonly version: number;
}

/** How a database fills its file, in bytes and entries. */
export interface Measured {
  /** The history with its indexes and search tables. */
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
 * As text, because a worker file would need a bundle of its own for ten lines. It gets only the package's location and
 * the file to read.
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

/*
 * Compares the word index with its source in a copy of both: checking in place would block writes. What is not indexed
 * yet is indexed in the copy.
 */
const checkingWords = `${open}
const database = new DatabaseSync('');
database.enableDefensive(false);
const run = (sql) => database.exec(sql);
let holds = false;
try {
  database.prepare('ATTACH ? AS source').run(workerData.path);
  run('BEGIN');
  const { sql } = database.prepare("SELECT sql FROM source.sqlite_schema WHERE name = 'history_words'").get();
  run('CREATE TABLE history_text (seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  run('INSERT INTO history_text SELECT seq, text FROM source.history_text');
  run(sql);
  for (const part of ['data', 'idx', 'config']) {
    run(\`DELETE FROM main.history_words_\${part}\`);
    run(\`INSERT INTO main.history_words_\${part} SELECT * FROM source.history_words_\${part}\`);
  }
  const indexed = Number(database.prepare("SELECT value FROM source.history_state WHERE key = 'indexed'").get().value);
  run('COMMIT');
  run('DETACH source');
  database.prepare('INSERT INTO history_words (rowid, text) SELECT seq, text FROM history_text WHERE seq > ?').run(indexed);
  run("INSERT INTO history_words (history_words, rank) VALUES ('integrity-check', 1)");
  holds = true;
} catch (error) {
  if (!/malformed|corrupt/i.test(error.message)) throw error;
}
database.close();
parentPort.postMessage({ holds });
`;

/**
 * Returns whether a file's word index has exactly the words of each entry. For files of this version, in a thread of
 * its own.
 */
export async function checkWords(path: string): Promise<boolean> {
  return (await inThread(checkingWords, path, z.strictObject({ holds: z.boolean() }))).holds;
}

/**
 * Runs SQLite's check of every page in a thread of its own: a large history takes seconds. Read-only; the file may be
 * in use.
 */
export async function inspect(path: string): Promise<Inspected> {
  // First: even SQLite's own check runs what a crafted file contains.
  const altered = alteration(path);
  return altered ?? checkPages(path);
}

/** The same for a file that Patchbay itself has just copied. */
export function checkPages(path: string): Promise<Inspected> {
  return inThread(inspecting, path, inspectedSchema);
}

/** Returns what is wrong with a file's schema; null if it matches the migrations or cannot be read at all. */
function alteration(path: string): Inspected | null {
  let database: ReturnType<typeof openAlone> | undefined;
  try {
    database = openAlone(path, true);
    checkSchema(database, path, migrations);
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError)) return { verdict: 'unreadable', version: 0 };
    const { code, params } = error.problem;
    // A newer schema cannot be checked; its version says enough.
    if (code === 'database-newer') return { verdict: 'ok', version: Number(params.found) };
    return { verdict: `altered: ${String(params.what ?? '')}`, version: 0 };
  } finally {
    database?.close();
  }
}

/** Measures the space by use in a file of this version. Reads every page, in a thread of its own. */
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
