import type { Problem } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import { migrations } from '../storage/migrations';
import { Archive } from './archive';
import { Backups } from './backups';
import { backupFilesOf } from './open-profile';
import { KeepingSettings } from './settings';

export interface KeepingParts {
  readonly database: Database;
  /** Tells a person that something which nobody asked for failed. */
  readonly notice: (problem: Problem) => void;
  /** How far an archive is. */
  readonly progress: (done: number, total: number) => void;
  readonly now?: () => number;
}

/** What keeps a profile's data over the years: the settings for it, backups, the archive. */
export function makeKeeping({ database, notice, progress, now = Date.now }: KeepingParts) {
  const settings = new KeepingSettings(database);
  const file = database.location() ?? '';
  const files = backupFilesOf(file);
  const backups = new Backups({
    database,
    file,
    files,
    keep: () => settings.load().backups,
    known: migrations.at(-1)?.version ?? 0,
    now,
    notice,
  });
  return { settings, backups, archive: new Archive({ database, file, files, progress }) };
}
