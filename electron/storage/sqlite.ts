import { backup, DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

/** The API of `node:sqlite`; the only place that names the package. */
export type Database = DatabaseSyncInstance;

/** Opens a file for reading and writing, with SQLite's default settings. */
export function openFile(path: string): Database {
  return new DatabaseSync(path);
}

/**
 * Opens a file without migrating it: a copy, or an archive. A file from elsewhere is checked by `checkSchema` before
 * the first query.
 */
export function openAlone(path: string, readOnly = false): Database {
  const database = new DatabaseSync(path, { readOnly });
  try {
    database.exec('PRAGMA trusted_schema = OFF');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens a database in memory, to see what migrations make. */
export function memoryDatabase(): Database {
  return new DatabaseSync(':memory:');
}

/**
 * Copies a database that may be in use, in another thread. All pages in one step, over a connection of its own: the
 * copy is consistent, writes continue, and none of them restarts it.
 */
export async function copyPages(source: string, target: string): Promise<void> {
  const reader = new DatabaseSync(source, { readOnly: true });
  try {
    await backup(reader, target, { rate: -1 });
  } finally {
    reader.close();
  }
}

/** Runs work as one transaction: all or nothing. Inside another, it is part of that one. */
export function inTransaction<T>(database: Database, work: () => T): T {
  if (database.isTransaction) return work();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite rolls back automatically on some errors (a full disk); a second ROLLBACK would hide the first error.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Reads a pragma's value (of several rows, the last) without a prepared statement: the package finalises those only at
 * collection, and until then the file stays open after `close`, which on Windows prevents setting it aside.
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
