import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail } from '../../shared/model/problem';
import { newPart } from '../files/part-file';
import { copyPages, type Database, databaseVersion, openAlone, quickCheck } from './database';
import { checkPages } from './inspect';
import { makePrivately } from './private';

/*
 * A backup is one file without side files, named only once it is complete and checked. A failure before that leaves
 * nothing.
 */

/**
 * Backs up a database in use with SQLite's own backup, in the background; writes continue.
 * @param version the schema's version that the copy must have
 * @throws ProblemError `backup-failed`
 */
export async function backUp(source: string, target: string, version: number): Promise<void> {
  let part: string | null = null;
  try {
    part = newPart(target);
    await copyPages(source, part);
    await finish(part, target, version);
  } catch {
    if (part !== null) leaveNothing(part);
    fail('backup-failed', { path: target });
  }
}

/**
 * Turns a closed working copy into one checked, flushed file and names it.
 * @param version the schema's version that it must have
 * @throws Error where it is damaged
 */
export async function finish(part: string, target: string, version?: number): Promise<void> {
  asOneFile(part);
  const found = await checkPages(part);
  if (found.verdict !== 'ok' || (version !== undefined && found.version !== version))
    throw new Error('the copy is not whole');
  intoPlace(part, target);
}

/** Backs up synchronously, before a migration, when nothing else may happen. @throws ProblemError `backup-failed` */
export function backUpNow(database: Database, target: string): void {
  let part: string | null = null;
  try {
    part = newPart(target);
    const version = databaseVersion(database);
    database.exec(`VACUUM INTO '${part.replaceAll("'", "''")}'`);
    const copy = openAlone(part);
    try {
      if (quickCheck(copy) !== 'ok' || databaseVersion(copy) !== version)
        throw new Error('the copy is not whole');
    } finally {
      copy.close();
    }
    intoPlace(part, target);
  } catch {
    if (part !== null) leaveNothing(part);
    fail('backup-failed', { path: target });
  }
}

/** Returns whether a file is an unfinished backup. */
export function isPart(name: string): boolean {
  return name.startsWith('.') && /\.part(-wal|-shm|-journal)?$/.test(name);
}

/** Ends WAL mode, which a copy of a WAL database inherits. */
function asOneFile(path: string): void {
  const database = openAlone(path);
  try {
    database.exec('PRAGMA journal_mode = DELETE');
  } finally {
    database.close();
  }
}

function intoPlace(part: string, target: string): void {
  makePrivately(part);
  syncFile(part);
  renameSync(part, target);
  syncFolder(dirname(target));
}

/** Deletes an unfinished file and its side files. */
export function leaveNothing(part: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(part + suffix, { force: true });
}

/** Flushes a file's content before anything relies on it. */
export function syncFile(path: string): void {
  // Windows flushes only files opened for writing.
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Flushes a folder's names. Not every system allows it; the files are whole either way. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Only a name could be lost in a power cut.
  }
}
