import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { Backup } from '../../shared/model/keeping';
import { fail, type Problem } from '../../shared/model/problem';
import { newPart } from '../files/part-file';
import type { JournalHead } from '../journal/head';
import { newestHead } from '../journal/links';
import { backUp, syncFile } from '../storage/backup';
import { type Database, databaseVersion } from '../storage/database';
import { inspect } from '../storage/inspect';
import { day, longestBreak } from '../time/count';
import type { LivedTime } from '../time/lived-time';
import type { BackupFile, BackupFiles } from './backup-files';
import { backupProblem, forgetWaiting, restorePath } from './open-profile';
import { markRestored } from './restore-mark';

export interface BackupsParts {
  readonly database: Database;
  readonly file: string;
  readonly files: BackupFiles;
  readonly keep: () => number;
  /** The newest version of the schema that this program knows. */
  readonly known: number;
  /** Milliseconds since 1970 by the wall clock: used in names, and a new day of it triggers a backup. */
  readonly now: () => number;
  /** Whether a day really passed since the last daily backup; by default judged by the wall clock. */
  readonly days?: Pick<LivedTime, 'dayPassed' | 'noteDay'>;
  /** Makes the keychain remember that a backup is about to be restored, or forget it. */
  readonly head: Pick<JournalHead, 'awaitRestore' | 'forgetRestore'>;
  /** Notifies the user that an automatic backup failed. */
  readonly notice: (problem: Problem) => void;
}

// More often than daily: a computer that sleeps stops timers.
const lookEvery = 10 * 60 * 1_000;
// Start-up time belongs to the window.
const firstLookAfter = 20_000;

/** Makes backups, rotates them, and prepares a restore. */
export class Backups {
  #making: Promise<Backup> | null = null;
  #timers: NodeJS.Timeout[] = [];
  #lastTry: number | null = null;

  constructor(private readonly parts: BackupsParts) {}

  list(): Backup[] {
    return this.parts.files.list().map(asBackup);
  }

  /** Makes a backup and removes the oldest beyond the limit. One at a time. @throws ProblemError `backup-failed` */
  async make(reason: 'daily' | 'hand'): Promise<Backup> {
    await this.#making?.catch(() => undefined);
    const making = this.#make(reason);
    this.#making = making;
    try {
      return await making;
    } finally {
      if (this.#making === making) this.#making = null;
    }
  }

  async #make(reason: 'daily' | 'hand'): Promise<Backup> {
    const { database, file, files, now, keep, days } = this.parts;
    const version = databaseVersion(database);
    const extra = reason === 'daily' && !this.#dayPassed();
    const path = nextPath(files, now(), reason, version, extra);
    await backUp(file, path, version);
    if (reason === 'daily' && !extra) days?.noteDay();
    files.prune(keep());
    const made = files.list().find(({ name }) => path.endsWith(name));
    return made ? asBackup(made) : fail('backup-failed', { path });
  }

  /**
   * Makes the daily backup if the newest automatic one is a day away by the clock, in either direction: a clock that
   * was set back must not stop backups. Never throws.
   */
  async daily(): Promise<void> {
    const now = this.parts.now();
    // A failed one is not retried every few minutes.
    if (this.#lastTry !== null && Math.abs(now - this.#lastTry) < day) return;
    try {
      const newest = this.#newestDaily();
      if (newest && Math.abs(now - newest.at) < day) return;
      await this.make('daily');
    } catch (error) {
      this.#lastTry = now;
      this.parts.notice(backupProblem(error, this.parts.files.folder));
    }
  }

  #newestDaily(): BackupFile | undefined {
    return this.parts.files.list().find(({ reason }) => reason === 'daily');
  }

  #dayPassed(): boolean {
    const { days, now } = this.parts;
    if (days) return days.dayPassed();
    const newest = this.#newestDaily();
    return !newest || (now() > newest.at && now() - newest.at <= longestBreak);
  }

  start(): void {
    try {
      this.parts.files.sweep();
    } catch {
      // The leftover stays until the next start.
    }
    const first = setTimeout(() => void this.daily(), firstLookAfter);
    const further = setInterval(() => void this.daily(), lookEvery);
    for (const timer of [first, further]) timer.unref();
    this.#timers = [first, further];
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /**
   * Checks a backup and puts a copy where the next start finds it: the swap has to happen while the database is closed.
   * The copy is marked, and the keychain remembers the mark, so that the chain's check can distinguish a restored
   * history from one that was cut.
   * @throws ProblemError `backup-damaged`, `database-newer`, `not-found`, `backup-failed` (no space for the copy)
   */
  async prepareRestore(name: string): Promise<void> {
    const { database, files, file, known, now, head } = this.parts;
    const path = files.path(name);
    const { at: backupAt } =
      files.list().find((one) => one.name === name) ?? fail('not-found', { what: 'backup' });
    const { verdict, version } = await inspect(path);
    if (verdict !== 'ok' || version === 0) fail('backup-damaged', { path });
    if (version > known) fail('database-newer', { found: version, known });
    const target = restorePath(file, now());
    let part: string | null = null;
    try {
      forgetWaiting(file);
      part = newPart(target);
      await copyFile(path, part);
      const token = randomUUID();
      const end = markRestored(part, { token, backupAt, left: newestHead(database) });
      syncFile(part);
      // First: once the copy is in place, the next start uses it, whatever happens in between.
      if (end) await head.awaitRestore(end, { token, at: now(), backupAt });
      renameSync(part, target);
    } catch {
      await head.forgetRestore();
      if (part !== null) rmSync(part, { force: true });
      fail('backup-failed', { path: target });
    }
  }

  forgetRestore(): Promise<void> {
    forgetWaiting(this.parts.file);
    return this.parts.head.forgetRestore();
  }

  /** Runs SQLite's own check of every page of the database in use. */
  async check(): Promise<{ ok: boolean; detail: string }> {
    const { verdict } = await inspect(this.parts.file);
    return { ok: verdict === 'ok', detail: verdict.slice(0, 500) };
  }
}

function nextPath(
  files: BackupFiles,
  at: number,
  reason: Backup['reason'],
  version: number,
  extra: boolean,
): string {
  try {
    return files.next(at, reason, version, extra);
  } catch {
    return fail('backup-failed', { path: files.folder });
  }
}

function asBackup({ name, at, bytes, reason }: BackupFile): Backup {
  return { name, at, bytes, reason };
}
