import type { Problem } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import { migrations } from '../storage/migrations';
import { problemOf } from '../storage/problems';
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
  /** Forgets former secrets older than so many days. */
  readonly forget: (days: number) => void;
  readonly now?: () => number;
}

const forgetEvery = 60 * 60 * 1_000;

/** What keeps a profile's data over the years: the settings for it, backups, the archive. */
export function makeKeeping({ database, notice, progress, forget, now = Date.now }: KeepingParts) {
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
  const archive = new Archive({ database, file, files, progress });

  /** Forgets the former secrets that are older than the settings allow. Never throws. */
  const forgetOld = (): void => {
    try {
      const days = settings.load().forgetSecretsAfterDays;
      if (days !== null) forget(days);
    } catch (error) {
      notice(problemOf(error));
    }
  };

  let timer: NodeJS.Timeout | undefined;
  /** Begins what goes on by itself: daily backups, forgetting. */
  const start = (): void => {
    backups.start();
    timer = setInterval(forgetOld, forgetEvery);
    timer.unref();
  };
  /** Ends it, and an archive that is being written, before the database is closed. */
  const stop = (): void => {
    clearInterval(timer);
    backups.stop();
    archive.stop();
  };
  return { settings, backups, archive, forgetOld, start, stop };
}
