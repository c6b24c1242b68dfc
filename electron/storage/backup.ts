import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail } from '../../shared/model/problem';
import { newPart } from '../files/part-file';
import { copyPages, type Database, databaseVersion, openAlone, quickCheck } from './database';
import { checkPages } from './inspect';
import { makePrivately } from './private';

/*
 * A backup is one file: no side file, whole, checked, and only then under its name. Whatever goes wrong before leaves
 * nothing.
 */

/**
 * Backs up a database that is in use, by SQLite's own backup, in the background: writes go on meanwhile.
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
 * Gives a database that nobody has open its name: as one file, checked, on the disk.
 * @param version the schema's version that it must have
 * @throws Error where it is not whole
 */
export async function finish(part: string, target: string, version?: number): Promise<void> {
  asOneFile(part);
  const found = await checkPages(part);
  if (found.verdict !== 'ok' || (version !== undefined && found.version !== version))
    throw new Error('the copy is not whole');
  intoPlace(part, target);
}

/**
 * The same at once, for the moment before a migration, when nothing else may happen.
 * @throws ProblemError `backup-failed`
 */
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

/** Whether a file is what a backup left that was cut off. */
export function isPart(name: string): boolean {
  return name.startsWith('.') && /\.part(-wal|-shm|-journal)?$/.test(name);
}

/** A copy of a database with a side file wants one too, until it is told otherwise. */
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

/** Removes an unfinished file and its side files. */
export function leaveNothing(part: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(part + suffix, { force: true });
}

/** Has a file's content on the disk before anything relies on it. */
export function syncFile(path: string): void {
  // Windows flushes only what was opened for writing.
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Has a folder's names on the disk. Not every system lets a folder be opened; the files are whole either way. */
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
