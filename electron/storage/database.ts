import { existsSync, renameSync, statSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { fail, type Problem, ProblemError, problem } from '../../shared/model/problem';
import { type Migration, migrations } from './migrations';
import { problemOf } from './problems';

/** The API of `node:sqlite`; the one place that names the package. */
export type Database = DatabaseSyncInstance;

export interface OpenedDatabase {
  readonly database: Database;
  /** What a person must be told: that a damaged file was set aside, and where it is. */
  readonly notices: readonly Problem[];
}

// Checking every page of a file takes about a second per 300 MB; past this size only what is read is checked.
const checkUpToBytes = 64 * 1024 * 1024;

/**
 * Opens the database of a profile, creating it where there is none and bringing an older one up to date.
 * A file that cannot be read is set aside under another name, never overwritten; one written by a newer Patchbay
 * is refused untouched.
 * @throws ProblemError `database-newer`, or `database-unusable` where the folder cannot be written
 */
export function openDatabase(path: string, steps: readonly Migration[] = migrations): OpenedDatabase {
  try {
    return { database: openChecked(path, steps), notices: [] };
  } catch (error) {
    if (!isDamage(error)) throw asProblem(error, path);
  }
  const aside = setAside(path);
  return { database: openChecked(path, steps), notices: [problem('database-set-aside', { path: aside })] };
}

function openChecked(path: string, steps: readonly Migration[]): Database {
  const size = existsSync(path) ? statSync(path).size : 0;
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 3000');
    const version = schemaVersion(database);
    const newest = steps.at(-1)?.version ?? 0;
    if (version > newest) fail('database-newer', { found: version, known: newest });
    if (size > 0 && size <= checkUpToBytes) check(database);
    database.exec('PRAGMA journal_mode = WAL');
    // FULL: an intent that was committed survives a power cut, not only a crash (invariant 2).
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA foreign_keys = ON');
    migrate(database, version, steps);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function schemaVersion(database: Database): number {
  const row: unknown = database.prepare('PRAGMA user_version').get();
  return row !== null && typeof row === 'object' && 'user_version' in row ? Number(row.user_version) : 0;
}

function migrate(database: Database, from: number, steps: readonly Migration[]): void {
  for (const step of steps.filter((one) => one.version > from)) {
    inTransaction(database, () => {
      database.exec(step.sql);
      database.exec(`PRAGMA user_version = ${step.version}`);
    });
  }
}

class Damage extends Error {}

function check(database: Database): void {
  const row: unknown = database.prepare('PRAGMA quick_check(1)').get();
  const verdict = row !== null && typeof row === 'object' ? String(Object.values(row)[0]) : '';
  if (verdict !== 'ok') throw new Damage(verdict);
}

function isDamage(error: unknown): boolean {
  if (error instanceof Damage) return true;
  return (
    error instanceof Error &&
    /not a database|malformed|file is encrypted|SQLITE_(CORRUPT|NOTADB)/i.test(error.message)
  );
}

function asProblem(error: unknown, path: string): unknown {
  if (error instanceof Error && /unable to open|permission/i.test(error.message)) {
    return new ProblemError(problem('database-unusable', { path }));
  }
  return error instanceof ProblemError ? error : new ProblemError(problemOf(error));
}

function setAside(path: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const aside = `${path}.damaged-${stamp}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

/** Runs a piece of work as one transaction: all of it is stored, or none. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite rolls back by itself on some errors (a full disk); a second ROLLBACK would hide the first error.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
