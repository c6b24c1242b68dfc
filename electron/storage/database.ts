import { existsSync, renameSync, statSync } from 'node:fs';
import { backup, DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
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

/** Looks after an older database before it is changed. @returns what a person must be told, if anything */
export type BeforeMigrating = (database: Database, version: number) => Problem | null;

// Checking every page of a file takes about a second per 300 MB; past this size only what is read is checked.
const checkUpToBytes = 64 * 1024 * 1024;

/**
 * Opens the database of a profile, creating it where there is none and bringing an older one up to date.
 * A file that cannot be read is set aside under another name, never overwritten; one written by a newer Patchbay
 * is refused untouched.
 * @param beforeMigrating is given an older database before it is brought up to date; a problem that it returns is told
 * @throws ProblemError `database-newer`, or `database-unusable` where the folder cannot be written
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
  const looked = lookInside(path, newest);
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 3000');
    if (!looked) judge(database, path, newest);
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
    migrate(database, version, steps);
    // Where SQLite may not write it opens for reading without a word, and the first edit would be the one to tell.
    database.exec(`BEGIN; PRAGMA user_version = ${newest}; ROLLBACK`);
    return { database, notices: told ? [told] : [] };
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
function lookInside(path: string, newest: number): boolean {
  if (sizeOf(path) === 0) return false;
  let reader: Database | undefined;
  try {
    reader = new DatabaseSync(path, { readOnly: true });
    judge(reader, path, newest);
    return true;
  } catch (error) {
    if (error instanceof ProblemError || isDamage(error)) throw error;
    return false;
  } finally {
    reader?.close();
  }
}

/** @throws ProblemError `database-newer`; Damage, or what SQLite says of a file that is none */
function judge(database: Database, path: string, newest: number): void {
  const version = databaseVersion(database);
  if (version > newest) fail('database-newer', { found: version, known: newest });
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

/**
 * The value of a pragma (the last, of several rows), read without a prepared statement: the package finalises those only when they are collected,
 * and until then the file stays open after `close`, which on Windows forbids setting it aside.
 */
export function peek(database: Database, column: string, from: string): unknown {
  let seen: unknown;
  database.function('patchbay_peek', (value: unknown) => {
    seen = value;
    return null;
  });
  database.exec(`SELECT patchbay_peek(${column}) FROM ${from}`);
  return seen;
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

function migrate(database: Database, from: number, steps: readonly Migration[]): void {
  for (const step of steps.filter((one) => one.version > from)) {
    inTransaction(database, () => {
      database.exec(step.sql);
      step.after?.(database);
      database.exec(`PRAGMA user_version = ${step.version}`);
    });
  }
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
  if (error instanceof Error && /unable to open|permission|readonly database/i.test(error.message)) {
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

/** Opens a file as it is, without bringing it up to date: a copy, or an archive. */
export function openAlone(path: string, readOnly = false): Database {
  return new DatabaseSync(path, { readOnly });
}

/**
 * Copies a database that may be in use, in another thread. All pages in one step, over a connection of its own: so the
 * copy is of one moment, writes go on meanwhile, and none of them makes it begin anew.
 */
export async function copyPages(source: string, target: string): Promise<void> {
  const reader = new DatabaseSync(source, { readOnly: true });
  try {
    await backup(reader, target, { rate: -1 });
  } finally {
    reader.close();
  }
}

/** Runs a piece of work as one transaction: all of it is stored, or none. Inside another, it is part of that one. */
export function inTransaction<T>(database: Database, work: () => T): T {
  if (database.isTransaction) return work();
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
