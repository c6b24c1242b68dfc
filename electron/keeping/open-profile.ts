import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Problem, problem } from '../../shared/model/problem';
import { backUpNow, syncFolder } from '../storage/backup';
import { type OpenedDatabase, openDatabase } from '../storage/database';
import { migrations } from '../storage/migrations';
import type { Migration } from '../storage/migrations/migration';
import { problemOf } from '../storage/problems';
import { BackupFiles } from './backup-files';
import { tidyRoom } from './room';

/** Returns the backups of a profile, by its database's path. */
export function backupFilesOf(file: string): BackupFiles {
  return new BackupFiles(join(dirname(file), 'backups'));
}

/** Returns why an automatic backup failed, for the notice. */
export function backupProblem(error: unknown, folder: string): Problem {
  const known = problemOf(error);
  return known.code === 'internal' ? problem('backup-failed', { path: folder }) : known;
}

const sideFiles = ['-wal', '-shm', ''] as const;

/**
 * Returns the path of a backup to restore at the next start. The time is in the name, so that an interrupted swap
 * continues.
 */
export function restorePath(file: string, at: number): string {
  return `${file}.restore-${new Date(at).toISOString().replace(/[:.]/g, '-')}`;
}

/** Deletes a prepared restore, and unfinished copies of one. */
export function forgetWaiting(file: string): void {
  for (const name of waitingFor(file)) rmSync(join(dirname(file), name), { force: true });
}

function waitingFor(file: string): string[] {
  const prefix = `${basename(file)}.restore-`;
  const folder = dirname(file);
  // An unfinished copy's name begins with a dot.
  const ours = (name: string): boolean =>
    name.startsWith(prefix) || (name.startsWith(`.${prefix}`) && name.endsWith('.part'));
  return existsSync(folder) ? readdirSync(folder).filter(ours) : [];
}

/**
 * Opens a profile's database as the program does: restores a backup if one was prepared, and backs up an older schema
 * before migrating it. A failed backup becomes a notice, and the start continues.
 * @throws ProblemError as `openDatabase`
 */
export function openProfile(file: string, steps: readonly Migration[] = migrations): OpenedDatabase {
  const aside = swapIn(file);
  const opened = openDatabase(file, steps, (database, version): Problem | null => {
    try {
      backUpNow(database, backupFilesOf(file).next(Date.now(), 'migration', version));
      return null;
    } catch (error) {
      return backupProblem(error, backupFilesOf(file).folder);
    }
  });
  tidyRoom(opened.database, file);
  return aside === null
    ? opened
    : { ...opened, notices: [problem('backup-restored', { path: aside }), ...opened.notices] };
}

/**
 * Sets the present database aside unchanged and puts the prepared backup in its place. Interrupted, it continues at the
 * next start: the side files move first, so that they are never beside another database.
 * @returns the former database's path; null if no restore was prepared
 */
function swapIn(file: string): string | null {
  const name = waitingFor(file)
    .filter((one) => !one.endsWith('.part'))
    .sort()
    .at(-1);
  if (name === undefined) return null;
  const aside = `${file}.before-restore-${name.slice(`${basename(file)}.restore-`.length)}`;
  for (const suffix of sideFiles) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  renameSync(join(dirname(file), name), file);
  syncFolder(dirname(file));
  return aside;
}
