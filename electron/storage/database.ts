import { existsSync, renameSync, statSync } from 'node:fs';
import { type Problem, ProblemError, problem } from '../../shared/model/problem';
import { migrate } from './migrate';
import { migrations } from './migrations';
import type { Migration } from './migrations/migration';
import { makePrivately, onlyMineWherePossible } from './private';
import { problemOf } from './problems';
import { checkSchema } from './schema-check';
import { type Database, inTransaction, openAlone, openFile, peek } from './sqlite';

export { copyPages, type Database, inTransaction, openAlone, peek } from './sqlite';

export interface OpenedDatabase {
  readonly database: Database;
  /** A notice for the user: a damaged file was set aside, and where it is. */
  readonly notices: readonly Problem[];
}

/** Called with an older database before it is changed. @returns a notice for the user, if any */
export type BeforeMigrating = (database: Database, version: number) => Problem | null;

// Checking every page takes about a second per 300 MB; larger files are checked only as they are read.
const checkUpToBytes = 64 * 1024 * 1024;

/**
 * Opens a profile's database, creates it if there is none, and migrates an older one. An unreadable file is set aside
 * under another name, never overwritten; one of a newer Patchbay is refused untouched, and so is one whose schema is
 * not the migrations': something else wrote into it.
 * @param beforeMigrating called with an older database before it is migrated; the problem it returns becomes a notice
 * @throws ProblemError `database-newer`, `database-altered`, or `database-unusable` where the folder cannot be written
 */
export function openDatabase(
  path: string,
  steps: readonly Migration[] = migrations,
  beforeMigrating: BeforeMigrating = () => null,
): OpenedDatabase {
  try {
    try {
      return openChecked(path, steps, beforeMigrating);
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    const aside = setAside(path);
    const { database } = openChecked(path, steps, beforeMigrating);
    return { database, notices: [problem('database-set-aside', { path: aside })] };
  } catch (error) {
    throw asProblem(error, path);
  }
}

function openChecked(
  path: string,
  steps: readonly Migration[],
  beforeMigrating: BeforeMigrating,
): OpenedDatabase {
  const newest = steps.at(-1)?.version ?? 0;
  const looked = lookInside(path, steps);
  // While it is empty: SQLite gives the side files the file's mode.
  makePrivately(path);
  for (const suffix of ['-wal', '-shm']) onlyMineWherePossible(path + suffix);
  const database = openFile(path);
  try {
    // Before anything of the file can run: its triggers and views may use only SQLite's harmless functions.
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA busy_timeout = 3000');
    if (!looked) judge(database, path, steps);
    const { missing } = checkSchema(database, path, steps);
    // Takes effect on a new file: free space can be returned to the disk in slices.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    database.exec('PRAGMA journal_mode = WAL');
    // FULL: a committed intent survives a power cut, not only a crash (invariant 2).
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA foreign_keys = ON');
    // Up to 64 MiB in memory: what a million entries are filtered by is read once.
    database.exec('PRAGMA cache_size = -65536');
    // Without it REPLACE bypasses delete triggers, which the journal relies on.
    database.exec('PRAGMA recursive_triggers = ON');
    const version = databaseVersion(database);
    const told = version > 0 && version < newest ? beforeMigrating(database, version) : null;
    // Restores removed triggers; the chain's check reports what was done meanwhile.
    inTransaction(database, () => {
      for (const { sql } of missing) database.exec(sql);
    });
    migrate(database, version, steps);
    // Without write permission SQLite silently opens for reading, and only the first edit would fail.
    database.exec(`BEGIN; PRAGMA user_version = ${newest}; ROLLBACK`);
    const mended = missing.map(({ name }) => name).join(', ');
    const notices = missing.length > 0 ? [problem('database-mended', { what: mended })] : [];
    return { database, notices: told ? [...notices, told] : notices };
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Checks a file through a read-only connection. A writing one checkpoints the side file when it closes, which would
 * change a newer schema's file and spoil what could be recovered from a damaged one.
 * @returns whether it could be checked; if not, the writing connection must do it
 */
function lookInside(path: string, steps: readonly Migration[]): boolean {
  if (sizeOf(path) === 0) return false;
  let reader: Database | undefined;
  try {
    reader = openAlone(path, true);
    judge(reader, path, steps);
    return true;
  } catch (error) {
    if (error instanceof ProblemError || isDamage(error)) throw error;
    return false;
  } finally {
    reader?.close();
  }
}

/**
 * @throws ProblemError `database-newer`, `database-altered`; Damage, or SQLite's error for a file that is no database
 */
function judge(database: Database, path: string, steps: readonly Migration[]): void {
  checkSchema(database, path, steps);
  const size = sizeOf(path);
  if (size === 0 || size > checkUpToBytes) return;
  const verdict = quickCheck(database);
  if (verdict !== 'ok') throw new Damage(verdict);
}

/** Runs SQLite's check of every page: `ok`, or the last fault found. Slow. */
export function quickCheck(database: Database): string {
  return String(peek(database, 'quick_check', 'pragma_quick_check'));
}

/** Returns the version of a database's schema; 0 for a new one. */
export function databaseVersion(database: Database): number {
  return Number(peek(database, 'user_version', 'pragma_user_version'));
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

class Damage extends Error {}

function isDamage(error: unknown): boolean {
  if (error instanceof Damage) return true;
  return (
    error instanceof Error &&
    /not a database|malformed|file is encrypted|SQLITE_(CORRUPT|NOTADB)/i.test(error.message)
  );
}

function asProblem(error: unknown, path: string): unknown {
  if (
    error instanceof Error &&
    /unable to open|permission|readonly database|EACCES|EROFS|ENOENT|ENOTDIR|EISDIR/i.test(error.message)
  ) {
    return new ProblemError(problem('database-unusable', { path }));
  }
  return error instanceof ProblemError ? error : new ProblemError(problemOf(error));
}

function setAside(path: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  let aside = `${path}.damaged-${stamp}`;
  // Renaming overwrites silently, and what was set aside earlier must survive.
  for (let again = 2; existsSync(aside); again += 1) aside = `${path}.damaged-${stamp}-${again}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}
