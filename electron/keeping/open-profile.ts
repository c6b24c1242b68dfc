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

/** The backups of a profile, by its database's file. */
export function backupFilesOf(file: string): BackupFiles {
  return new BackupFiles(join(dirname(file), 'backups'));
}

/** Why a backup that nobody asked for was not made; for the notice of it. */
export function backupProblem(error: unknown, folder: string): Problem {
  const known = problemOf(error);
  return known.code === 'internal' ? problem('backup-failed', { path: folder }) : known;
}

const sideFiles = ['-wal', '-shm', ''] as const;

/** Where a backup lies that the next start goes back to. The moment is in the name, so that a swap cut off goes on. */
export function restorePath(file: string, at: number): string {
  return `${file}.restore-${new Date(at).toISOString().replace(/[:.]/g, '-')}`;
}

/** Takes back what waits for the next start, and what a copy left that was cut off. */
export function forgetWaiting(file: string): void {
  for (const name of waitingFor(file)) rmSync(join(dirname(file), name), { force: true });
}

function waitingFor(file: string): string[] {
  const prefix = `${basename(file)}.restore-`;
  const folder = dirname(file);
  // What is still being copied has a name of its own, in front of which is a dot.
  const ours = (name: string): boolean =>
    name.startsWith(prefix) || (name.startsWith(`.${prefix}`) && name.endsWith('.part'));
  return existsSync(folder) ? readdirSync(folder).filter(ours) : [];
}

/**
 * Opens a profile's database as the program does: goes back to a backup where that was asked for, and backs up an
 * older schema before it is brought up to date. A backup that fails is a notice, and the start goes on.
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
 * Sets the present database aside, kept whole, and puts the backup that waits in its place. Cut off at any point, it
 * goes on at the next start: the side files go first, so that they never stand beside a file that is not theirs.
 * @returns where the former database is now; null where nothing waits
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
