import { noConnection } from '../../shared/model/connection';
import { type Problem, problem } from '../../shared/model/problem';
import type { Jobs } from '../jobs/jobs';
import type { JournalHead } from '../journal/head';
import type { Journal } from '../journal/journal';
import { type Database, inTransaction } from '../storage/database';
import { migrations } from '../storage/migrations';
import { problemOf } from '../storage/problems';
import type { Sealer } from '../storage/sealing';
import type { LivedTime } from '../time/lived-time';
import { Archive } from './archive';
import { Archives } from './archives';
import { Backups } from './backups';
import { backupFilesOf } from './open-profile';
import { takeMark } from './restore-mark';
import { Room } from './room';
import type { KeepingSettings } from './settings';

export interface KeepingParts {
  readonly database: Database;
  readonly settings: KeepingSettings;
  readonly journal: Journal;
  readonly head: JournalHead;
  readonly actor: string;
  readonly notice: (problem: Problem) => void;
  readonly jobs: Jobs;
  /** Opens archives' sealed values, to check that they are in their places. */
  readonly sealer: Sealer;
  readonly forget: (days: number) => void;
  /** Measures age independently of the clock. */
  readonly time: LivedTime;
  readonly now?: () => number;
}

const forgetEvery = 60 * 60 * 1_000;
const sizeFirst = 30_000;
const megabyte = 1_000_000;

/** Makes the room that keeps a profile's data over the years: settings, backups, the archive. */
export function makeKeeping(parts: KeepingParts) {
  const {
    database,
    settings,
    journal,
    head,
    actor,
    notice,
    jobs,
    forget,
    time,
    sealer,
    now = () => Date.now(),
  } = parts;
  const file = database.location() ?? '';
  const files = backupFilesOf(file);
  const backups = new Backups({
    database,
    file,
    files,
    head,
    keep: () => settings.load().backups,
    known: migrations.at(-1)?.version ?? 0,
    now,
    days: time,
    notice,
  });
  const room = new Room({ database, file });
  const archives = new Archives({ work: () => files.work('opened'), head, sealer, jobs });
  const archive = new Archive({
    database,
    file,
    files,
    room,
    head,
    jobs,
  });

  /** Forgets former secrets older than the settings allow. Never throws. */
  const forgetOld = (): void => {
    try {
      const days = settings.load().forgetSecretsAfterDays;
      if (days !== null) forget(days);
    } catch (error) {
      notice(problemOf(error));
    }
  };

  let warnedAt: number | null = null;
  /** Notifies once per limit that the database is larger. Never removes anything. */
  const warnIfLarge = (): void => {
    const limit = settings.load().warnAboveMegabytes;
    const size = Math.ceil(room.bytes() / megabyte);
    if (limit === null || size <= limit || warnedAt === limit) return;
    warnedAt = limit;
    notice(problem('database-large', { size, limit }));
  };

  /**
   * Adds the note of a restore to a restored database's history. Call once at start, before anything else is added.
   * @returns whether it was restored
   */
  const noteRestore = (): boolean =>
    inTransaction(database, () => {
      const mark = takeMark(database);
      if (!mark) return false;
      const about = { connectionName: '', site: '', kind: null, workOrder: '', actor };
      journal.note(
        { connectionId: noConnection, remoteId: '', title: '', workOrderId: null },
        { note: 'restored', ...about, ...mark },
      );
      return true;
    });

  /** Counts the time that passed, after a sleep. Never throws. */
  const lookAtClock = (): void => {
    try {
      time.look();
    } catch (error) {
      notice(problemOf(error));
    }
  };

  let timers: NodeJS.Timeout[] = [];
  const start = (): void => {
    backups.start();
    time.start();
    timers = [
      setInterval(forgetOld, forgetEvery),
      setTimeout(warnIfLarge, sizeFirst),
      setInterval(warnIfLarge, forgetEvery),
    ];
    for (const timer of timers) timer.unref();
  };
  /** Stops them and closes an open archive, before the database is closed. */
  const stop = (): void => {
    for (const timer of timers) clearTimeout(timer);
    time.stop();
    backups.stop();
    archives.close();
  };
  return {
    settings,
    backups,
    archive,
    archives,
    room,
    noteRestore,
    forgetOld,
    lookAtClock,
    warnIfLarge,
    start,
    stop,
  };
}
