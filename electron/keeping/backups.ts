import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { Backup } from '../../shared/model/journal';
import { fail, type Problem } from '../../shared/model/problem';
import type { JournalHead } from '../journal/head';
import { newestHead } from '../journal/links';
import { backUp, syncFile } from '../storage/backup';
import { type Database, databaseVersion } from '../storage/database';
import { inspect } from '../storage/inspect';
import type { BackupFile, BackupFiles } from './backup-files';
import { backupProblem, forgetWaiting, restorePath } from './open-profile';
import { markRestored } from './restore-mark';

export interface BackupsParts {
  readonly database: Database;
  /** The database's file. */
  readonly file: string;
  readonly files: BackupFiles;
  /** How many backups are kept. */
  readonly keep: () => number;
  /** The newest version of the schema that this program knows. */
  readonly known: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Has the keychain remember that a backup is about to be restored, or that it is not after all. */
  readonly head: Pick<JournalHead, 'awaitRestore' | 'forgetRestore'>;
  /** Tells a person that a backup which nobody asked for failed. */
  readonly notice: (problem: Problem) => void;
}

const day = 24 * 60 * 60 * 1_000;
// Asked often and not only once a day: a computer that sleeps stops timers.
const lookEvery = 10 * 60 * 1_000;
// The start belongs to the window.
const firstLookAfter = 20_000;

/** Makes backups, keeps a number of them, and prepares going back to one. */
export class Backups {
  #making: Promise<Backup> | null = null;
  #timers: NodeJS.Timeout[] = [];
  #lastTry = 0;

  constructor(private readonly parts: BackupsParts) {}

  list(): Backup[] {
    return this.parts.files.list().map(asBackup);
  }

  /** Makes a backup and removes the oldest beyond what is kept. One at a time. @throws ProblemError `backup-failed` */
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
    const { database, file, files, now, keep } = this.parts;
    const version = databaseVersion(database);
    const path = nextPath(files, now(), reason, version);
    await backUp(file, path, version);
    files.prune(keep());
    const made = files.list().find(({ name }) => path.endsWith(name));
    return made ? asBackup(made) : fail('backup-failed', { path });
  }

  /** Makes the day's backup where the newest that was made by itself is older than a day. Never throws. */
  async daily(): Promise<void> {
    const now = this.parts.now();
    // One that failed is not tried again every few minutes.
    if (now - this.#lastTry < day) return;
    try {
      const newest = this.parts.files.list().find(({ reason }) => reason === 'daily');
      // A clock that was set back must not keep the backups from being made.
      if (newest && newest.at <= now && now - newest.at < day) return;
      await this.make('daily');
    } catch (error) {
      this.#lastTry = now;
      this.parts.notice(backupProblem(error, this.parts.files.folder));
    }
  }

  /** Begins making daily backups. */
  start(): void {
    try {
      this.parts.files.sweep();
    } catch {
      // What was left over lies there until the next start.
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
   * Checks a backup and lays a copy of it where the next start takes it from: the swap itself has to be made while
   * nobody has the database open. The copy is marked, and the keychain remembers the mark: so the check of the chain
   * can tell a restored history from one that somebody cut.
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
    const part = `${target}.part`;
    try {
      forgetWaiting(file);
      await copyFile(path, part);
      const token = randomUUID();
      const end = markRestored(part, { token, backupAt, left: newestHead(database) });
      syncFile(part);
      // First: a copy in its place is taken at the next start, whatever happens until then.
      if (end) await head.awaitRestore(end.journal, { token, at: now(), backupAt, head: end.head });
      renameSync(part, target);
    } catch {
      await head.forgetRestore();
      rmSync(part, { force: true });
      fail('backup-failed', { path: target });
    }
  }

  /** Takes back what waits for the next start. */
  forgetRestore(): Promise<void> {
    forgetWaiting(this.parts.file);
    return this.parts.head.forgetRestore();
  }

  /** SQLite's own check of every page of the database in use. */
  async check(): Promise<{ ok: boolean; detail: string }> {
    const { verdict } = await inspect(this.parts.file);
    return { ok: verdict === 'ok', detail: verdict.slice(0, 500) };
  }
}

function nextPath(files: BackupFiles, at: number, reason: Backup['reason'], version: number): string {
  try {
    return files.next(at, reason, version);
  } catch {
    return fail('backup-failed', { path: files.folder });
  }
}

function asBackup({ name, at, bytes, reason }: BackupFile): Backup {
  return { name, at, bytes, reason };
}
