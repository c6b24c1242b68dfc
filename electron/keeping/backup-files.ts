import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../../shared/model/journal';
import { fail } from '../../shared/model/problem';
import { isPart } from '../storage/backup';

/** A backup, and the version of the schema that its name tells. */
export interface BackupFile extends Backup {
  readonly version: number;
}

type Reason = Backup['reason'];

// patchbay-20241112T083000123Z-daily-v3.db
const named = /^patchbay-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(daily|migration|hand)-v(\d+)\.db$/;

/** The backups of a profile: files whose names tell when, why and of which version. */
export class BackupFiles {
  constructor(readonly folder: string) {}

  /** Newest first. Files of other names are not ours, and stay out of it. */
  list(): BackupFile[] {
    if (!existsSync(this.folder)) return [];
    const found = readdirSync(this.folder).flatMap((name) => {
      const parsed = parsedName(name);
      return parsed ? [{ ...parsed, name, bytes: statSync(join(this.folder, name)).size }] : [];
    });
    return found.sort((a, b) => b.at - a.at || b.name.localeCompare(a.name));
  }

  /** The path of a backup in the list. A name is never taken for a path. @throws ProblemError `not-found` */
  path(name: string): string {
    return this.list().some((one) => one.name === name)
      ? join(this.folder, name)
      : fail('not-found', { what: 'backup' });
  }

  /** A path for a new backup. The folder is there afterwards. */
  next(at: number, reason: Reason, version: number): string {
    mkdirSync(this.folder, { recursive: true });
    let moment = at;
    const path = (): string =>
      join(
        this.folder,
        `patchbay-${new Date(moment).toISOString().replace(/[-:.]/g, '')}-${reason}-v${version}.db`,
      );
    // Renaming overwrites without asking.
    while (existsSync(path())) moment += 1;
    return path();
  }

  /** A path for a file to work on, which the next start sweeps away if need be. The folder is there afterwards. */
  work(name: string): string {
    mkdirSync(this.folder, { recursive: true });
    return join(this.folder, `.${name}.part`);
  }

  /** Removes the oldest beyond `keep`. Those made by hand count apart. */
  prune(keep: number): void {
    const all = this.list();
    const byHand = all.filter(({ reason }) => reason === 'hand');
    const byItself = all.filter(({ reason }) => reason !== 'hand');
    const old = [...byHand.slice(keep), ...byItself.slice(keep)].map(({ name }) => name);
    for (const name of old) rmSync(join(this.folder, name), { force: true });
  }

  /** Removes what backups left that the program's end cut off. Call while none is being made. */
  sweep(): void {
    if (!existsSync(this.folder)) return;
    for (const name of readdirSync(this.folder).filter(isPart))
      rmSync(join(this.folder, name), { force: true });
  }
}

function parsedName(name: string): { at: number; reason: Reason; version: number } | null {
  const [, year, month, day, hour, minute, second, milli, reason, version] = named.exec(name) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`);
  if (Number.isNaN(at) || (reason !== 'daily' && reason !== 'migration' && reason !== 'hand')) return null;
  return { at, reason, version: Number(version) };
}
