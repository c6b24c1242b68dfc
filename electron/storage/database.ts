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

/** Looks after an older database before it is changed. @returns what a person must be told, if anything */
export type BeforeMigrating = (database: Database, version: number) => Problem | null;

// Checking every page of a file takes about a second per 300 MB; past this size only what is read is checked.
const checkUpToBytes = 64 * 1024 * 1024;

/**
 * Opens the database of a profile, creating it where there is none and bringing an older one up to date.
 * A file that cannot be read is set aside under another name, never overwritten; one written by a newer Patchbay
 * is refused untouched, and so is one whose schema is not what the migrations make: something else wrote into it.
 * @param beforeMigrating is given an older database before it is brought up to date; a problem that it returns is told
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
  // Before anything is in it: SQLite gives the side files the mode that the file has.
  makePrivately(path);
  for (const suffix of ['-wal', '-shm']) onlyMineWherePossible(path + suffix);
  const database = openFile(path);
  try {
    // Before anything of the file can run: its triggers and views may use nothing but SQLite's harmless functions.
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA busy_timeout = 3000');
    if (!looked) judge(database, path, steps);
    const { missing } = checkSchema(database, path, steps);
    // Counts for a new file: room that becomes free can be given back to the disk in slices.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    database.exec('PRAGMA journal_mode = WAL');
    // FULL: an intent that was committed survives a power cut, not only a crash (invariant 2).
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA foreign_keys = ON');
    // Up to 64 MiB of the file in memory: what a million entries are filtered by, so that it is fetched once.
    database.exec('PRAGMA cache_size = -65536');
    // Without it REPLACE takes a row out past its delete trigger, and the journal's are there to forbid just that.
    database.exec('PRAGMA recursive_triggers = ON');
    const version = databaseVersion(database);
    const told = version > 0 && version < newest ? beforeMigrating(database, version) : null;
    // What somebody took away is put back; what he did meanwhile the check of the chain says.
    inTransaction(database, () => {
      for (const { sql } of missing) database.exec(sql);
    });
    migrate(database, version, steps);
    // Where SQLite may not write it opens for reading without a word, and the first edit would be the one to tell.
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
 * Judges a file through a connection that only reads. One that may write brings the side file into the main one when
 * it closes, which would change a newer schema's file, and spoil what could be recovered from a damaged one.
 * @returns whether it could be judged so; where not, it must be done on the connection that writes
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

/** @throws ProblemError `database-newer`, `database-altered`; Damage, or what SQLite says of a file that is none */
function judge(database: Database, path: string, steps: readonly Migration[]): void {
  checkSchema(database, path, steps);
  const size = sizeOf(path);
  if (size === 0 || size > checkUpToBytes) return;
  const verdict = quickCheck(database);
  if (verdict !== 'ok') throw new Damage(verdict);
}

/** What SQLite says of every page: `ok`, or the last fault that it found. Takes its time. */
export function quickCheck(database: Database): string {
  return String(peek(database, 'quick_check', 'pragma_quick_check'));
}

/** The version of a database's schema; 0 for a new one. */
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
  // Renaming overwrites without asking, and what was set aside earlier is as precious.
  for (let again = 2; existsSync(aside); again += 1) aside = `${path}.damaged-${stamp}-${again}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}
