import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../../shared/model/keeping';
import { fail } from '../../shared/model/problem';
import { isPart } from '../storage/backup';
import { privateFolder } from '../storage/private';

/** A backup with what its name says: the schema's version, and its place in the order. */
export interface BackupFile extends Backup {
  readonly version: number;
  /** Incremented with each backup; 0 for those of an older version without numbers. */
  readonly number: number;
  /** Made because the clock showed that a day had passed, without other evidence. */
  readonly extra: boolean;
}

type Reason = Backup['reason'];

// patchbay-20241112T083000123Z-daily-v3-n17.db, or …-n17x.db; without the number from an older version.
const named =
  /^patchbay-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(daily|migration|hand)-v(\d+)(?:-n(\d+)(x?))?\.db$/;

/** The backups of a profile: files named by time, reason and version. */
export class BackupFiles {
  constructor(readonly folder: string) {}

  /** Lists them newest first, in the order in which they were made. Files of other names are ignored. */
  list(): BackupFile[] {
    if (!existsSync(this.folder)) return [];
    const found = readdirSync(this.folder).flatMap((name) => {
      const parsed = parsedName(name);
      return parsed ? [{ ...parsed, name, bytes: statSync(join(this.folder, name)).size }] : [];
    });
    return found.sort((a, b) => b.number - a.number || b.at - a.at || b.name.localeCompare(a.name));
  }

  /** Returns the path of a listed backup. A name is never used as a path. @throws ProblemError `not-found` */
  path(name: string): string {
    return this.list().some((one) => one.name === name)
      ? join(this.folder, name)
      : fail('not-found', { what: 'backup' });
  }

  /** Returns a path for a new backup with an unused number, and makes the folder. */
  next(at: number, reason: Reason, version: number, extra = false): string {
    mkdirSync(this.folder, { recursive: true, mode: privateFolder });
    const number = 1 + Math.max(0, ...this.list().map((one) => one.number));
    const stamp = new Date(at).toISOString().replace(/[-:.]/g, '');
    return join(this.folder, `patchbay-${stamp}-${reason}-v${version}-n${number}${extra ? 'x' : ''}.db`);
  }

  /** Returns a path for a working file, which the next start deletes if it is left over, and makes the folder. */
  work(name: string): string {
    mkdirSync(this.folder, { recursive: true, mode: privateFolder });
    return join(this.folder, `.${name}.part`);
  }

  /**
   * Removes the oldest beyond `keep`, first those that only a clock asked for: a jumping clock must not rotate the
   * backups of real days away. Those made by hand count separately.
   */
  prune(keep: number): void {
    const [newest, ...all] = this.list().filter(({ reason }) => reason !== 'hand');
    const byHand = this.list().filter(({ reason }) => reason === 'hand');
    const byItself = [
      ...(newest ? [newest] : []),
      ...all.filter(({ extra }) => !extra),
      ...all.filter(({ extra }) => extra),
    ];
    const old = [...byHand.slice(keep), ...byItself.slice(keep)].map(({ name }) => name);
    for (const name of old) rmSync(join(this.folder, name), { force: true });
  }

  /** Deletes unfinished backups. Call while none is being made. */
  sweep(): void {
    if (!existsSync(this.folder)) return;
    for (const name of readdirSync(this.folder).filter(isPart))
      rmSync(join(this.folder, name), { force: true });
  }
}

function parsedName(name: string): Omit<BackupFile, 'name' | 'bytes'> | null {
  const [, year, month, day, hour, minute, second, milli, reason, version, number = 0, extra] =
    named.exec(name) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`);
  if (Number.isNaN(at) || (reason !== 'daily' && reason !== 'migration' && reason !== 'hand')) return null;
  return { at, reason, version: Number(version), number: Number(number), extra: extra === 'x' };
}
