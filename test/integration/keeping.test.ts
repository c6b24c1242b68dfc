/** Backups of the database: before migrations, daily, by hand; going back to one; the integrity check. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { BackupFiles } from '../../electron/keeping/backup-files';
import { Backups } from '../../electron/keeping/backups';
import { backupFilesOf, openProfile, restorePath } from '../../electron/keeping/open-profile';
import { KeepingSettings } from '../../electron/keeping/settings';
import { type Database, openDatabase } from '../../electron/storage/database';
import { inspect } from '../../electron/storage/inspect';
import { migrations } from '../../electron/storage/migrations';
import type { Problem } from '../../shared/model/problem';
import { atEnd, tempFolder } from '../support/endings';
import { buildVersion } from '../support/schema';

const newest = migrations.at(-1)?.version ?? 0;

const hour = 60 * 60 * 1_000;
const noon = Date.UTC(2024, 10, 12, 12);

/** A profile with its backups, a clock that is set by hand, and what a person was told. */
function profile(keep = 3) {
  const folder = tempFolder();
  const file = join(folder, 'patchbay.db');
  const { database } = openProfile(file);
  let open = true;
  const close = (): void => {
    if (open) database.close();
    open = false;
  };
  atEnd(close);
  const clock = { now: noon };
  const notices: Problem[] = [];
  const backups = new Backups({
    database,
    file,
    files: backupFilesOf(file),
    keep: () => keep,
    known: newest,
    now: () => clock.now,
    head: { awaitRestore: async () => undefined, forgetRestore: async () => undefined },
    notice: (problem) => notices.push(problem),
  });
  return { folder, file, database, backups, clock, notices, close };
}

const save = (database: Database, body: string) =>
  database.exec(
    `INSERT INTO workspace (key, body) VALUES ('x', '${body}') ON CONFLICT DO UPDATE SET body = '${body}'`,
  );
const saved = (database: Database): unknown =>
  Reflect.get(Object(database.prepare("SELECT body FROM workspace WHERE key = 'x'").get()), 'body');

function savedIn(path: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return saved(database);
  } finally {
    database.close();
  }
}

describe('before a migration', () => {
  it('a file of version 1 is backed up whole, under a name that tells the version', async () => {
    const folder = tempFolder();
    const file = join(folder, 'patchbay.db');
    buildVersion(file, 1);
    const old = new DatabaseSync(file);
    save(old, 'of version 1');
    old.close();

    const { database, notices } = openProfile(file);
    atEnd(() => database.close());
    expect(notices).toEqual([]);
    const [backup, ...others] = backupFilesOf(file).list();
    expect(others).toEqual([]);
    expect(backup).toMatchObject({ reason: 'migration', version: 1 });
    const path = join(folder, 'backups', backup?.name ?? '');
    expect(await inspect(path)).toEqual({ verdict: 'ok', version: 1 });
    expect(savedIn(path)).toBe('of version 1');
    expect(saved(database)).toBe('of version 1');
  });

  it('a new file, and one of this version, are not backed up', () => {
    const file = join(tempFolder(), 'patchbay.db');
    openProfile(file).database.close();
    openProfile(file).database.close();
    expect(backupFilesOf(file).list()).toEqual([]);
  });

  it('a backup that fails is told, and the migration goes on', () => {
    const folder = tempFolder();
    const file = join(folder, 'patchbay.db');
    buildVersion(file, 1);
    // A file where the folder should be: nobody can write there, not even root.
    writeFileSync(join(folder, 'backups'), '');
    const { database, notices } = openProfile(file);
    atEnd(() => database.close());
    expect(notices.map(({ code }) => code)).toEqual(['backup-failed']);
  });
});

describe('a backup', () => {
  it('is one checked file with everything in it, also of what is written a moment before', async () => {
    const { folder, database, backups } = profile();
    save(database, 'just now');
    const made = await backups.make('hand');
    expect(made).toMatchObject({ at: noon, reason: 'hand' });
    expect(readdirSync(join(folder, 'backups'))).toEqual([made.name]);
    const path = join(folder, 'backups', made.name);
    expect(made.bytes).toBe(statSync(path).size);
    expect(savedIn(path)).toBe('just now');
    expect(backups.list()).toEqual([made]);
  });

  it('does not hold up what is written meanwhile', async () => {
    const { database, backups } = profile();
    database.exec(`CREATE TABLE filler (x);
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      INSERT INTO filler SELECT hex(randomblob(500)) FROM n`);
    let written = 0;
    const writing = setInterval(() => {
      save(database, `write ${written}`);
      written += 1;
    }, 1);
    await backups.make('hand');
    clearInterval(writing);
    expect(written).toBeGreaterThan(3);
  });

  it('that fails says so, leaves nothing half, and the day’s one is a notice', async () => {
    const { folder, backups, notices, clock } = profile();
    writeFileSync(join(folder, 'backups'), '');
    await expect(backups.make('hand')).rejects.toMatchObject({ problem: { code: 'backup-failed' } });
    await backups.daily();
    expect(notices.map(({ code }) => code)).toEqual(['backup-failed']);
    clock.now += hour;
    await backups.daily();
    expect(notices).toHaveLength(1);
  });

  it.runIf(process.getuid?.() !== 0)('into a folder that cannot be written leaves nothing', async () => {
    const { folder, backups } = profile();
    await backups.make('hand');
    chmodSync(join(folder, 'backups'), 0o500);
    await expect(backups.make('hand')).rejects.toMatchObject({ problem: { code: 'backup-failed' } });
    chmodSync(join(folder, 'backups'), 0o700);
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(1);
  });
});

describe('daily', () => {
  it('one is made at the start and after every day of running, and no more', async () => {
    const { backups, clock, notices } = profile(60);
    for (let hours = 0; hours < 72; hours += 1) {
      await backups.daily();
      clock.now += hour;
    }
    expect(backups.list().map(({ at }) => (at - noon) / hour)).toEqual([48, 24, 0]);
    expect(notices).toEqual([]);
  });

  it('starting the program again within the day makes no second one', async () => {
    const { backups, file, database, clock } = profile();
    await backups.daily();
    const again = new Backups({
      database,
      file,
      files: backupFilesOf(file),
      keep: () => 3,
      known: newest,
      now: () => clock.now + hour,
      head: { awaitRestore: async () => undefined, forgetRestore: async () => undefined },
      notice: () => undefined,
    });
    await again.daily();
    expect(again.list()).toHaveLength(1);
  });

  it('the oldest go beyond the number kept, those made by hand apart, and other files stay', async () => {
    const { backups, clock, folder } = profile(2);
    for (let days = 0; days < 4; days += 1) {
      await backups.daily();
      await backups.make('hand');
      clock.now += 24 * hour;
    }
    const other = join(folder, 'backups', 'my own.db');
    writeFileSync(other, 'x');
    await backups.daily();
    const left = backups.list().map(({ at, reason }) => `${reason} ${(at - noon) / hour / 24}`);
    expect(left).toEqual(['daily 4', 'hand 3', 'daily 3', 'hand 2']);
    expect(existsSync(other)).toBe(true);
  });

  it('what a backup left that was cut off is swept away at the next start', () => {
    const { folder, backups } = profile();
    new BackupFiles(join(folder, 'backups')).next(noon, 'daily', 1);
    writeFileSync(join(folder, 'backups', '.patchbay-x.db.part'), 'half');
    backups.start();
    backups.stop();
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
  });
});

describe('a backup restored', () => {
  it('stands in place at the next start, and the database until then is kept aside', async () => {
    const { file, folder, database, backups, close } = profile();
    save(database, 'then');
    const { name } = await backups.make('hand');
    save(database, 'now');
    await backups.prepareRestore(name);
    expect(saved(database)).toBe('now');
    close();

    const { database: restored, notices } = openProfile(file);
    expect(saved(restored)).toBe('then');
    expect(notices.map(({ code }) => code)).toEqual(['backup-restored']);
    expect(savedIn(String(notices[0]?.params.path))).toBe('now');
    expect(existsSync(join(folder, 'backups', name))).toBe(true);
    restored.close();
    const { database: further, notices: none } = openProfile(file);
    expect(saved(further)).toBe('then');
    expect(none).toEqual([]);
    further.close();
  });

  it('is not mixed with the side file of the database before it, also when the swap was cut off', async () => {
    const { file, folder, database, backups, clock } = profile();
    save(database, 'then');
    const { name } = await backups.make('hand');
    save(database, 'only in the side file');
    await backups.prepareRestore(name);
    const waiting = restorePath(file, clock.now);
    for (const cutOff of [false, true]) {
      // As the program leaves it when it is killed; and once more, in the middle of the swap.
      const elsewhere = join(tempFolder(), 'patchbay.db');
      const beside = restorePath(elsewhere, clock.now).replace('.restore-', '.before-restore-');
      for (const suffix of ['', '-wal']) copyFileSync(file + suffix, elsewhere + suffix);
      copyFileSync(waiting, restorePath(elsewhere, clock.now));
      if (cutOff) renameSync(`${elsewhere}-wal`, `${beside}-wal`);
      const { database: restored, notices } = openProfile(elsewhere);
      atEnd(() => restored.close());
      expect(saved(restored)).toBe('then');
      expect(notices[0]?.params.path).toBe(beside);
      expect(existsSync(`${beside}-wal`)).toBe(true);
      expect(savedIn(beside)).toBe('only in the side file');
    }
    expect(readdirSync(folder)).toContain('patchbay.db');
  });

  it('of an older version is brought up to date', async () => {
    const { file, folder, backups, close } = profile();
    const path = backupFilesOf(file).next(noon, 'migration', 1);
    buildVersion(path, 1);
    const name = path.slice(join(folder, 'backups').length + 1);
    await backups.prepareRestore(name);
    close();
    const { database } = openProfile(file);
    atEnd(() => database.close());
    expect(await inspect(file)).toEqual({ verdict: 'ok', version: newest });
  });

  it('is refused where it is damaged, newer, or not one of ours, and nothing changes', async () => {
    const { file, folder, backups } = profile();
    const { name } = await backups.make('hand');
    const path = join(folder, 'backups', name);
    const bytes = readFileSync(path);
    for (let at = 4096 * 2; at < bytes.length; at += 1) bytes[at] = 0xa5;
    writeFileSync(path, bytes);
    const code = (work: Promise<void>) =>
      work.then(
        () => 'done',
        (error: unknown) => Reflect.get(Object(Reflect.get(Object(error), 'problem')), 'code'),
      );
    expect(await code(backups.prepareRestore(name))).toBe('backup-damaged');
    writeFileSync(path, 'no database');
    expect(await code(backups.prepareRestore(name))).toBe('backup-damaged');
    const newer = backupFilesOf(file).next(noon + 1, 'hand', 99);
    const future = new DatabaseSync(newer);
    future.exec('PRAGMA user_version = 99; CREATE TABLE future (x)');
    future.close();
    expect(await code(backups.prepareRestore(backups.list()[0]?.name ?? ''))).toBe('database-newer');
    expect(await code(backups.prepareRestore('../patchbay.db'))).toBe('not-found');
    expect(readdirSync(folder).filter((one) => one.includes('restore'))).toEqual([]);
  });
});

describe('the integrity check', () => {
  it('says that a database is whole while it is in use, and what is wrong with one that is not', async () => {
    const { folder, backups, database, file } = profile();
    save(database, 'in the side file');
    expect(await backups.check()).toEqual({ ok: true, detail: 'ok' });
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const broken = join(folder, 'broken.db');
    const bytes = readFileSync(file);
    for (let at = 4096 * 3; at < bytes.length; at += 1) bytes[at] = 0xa5;
    writeFileSync(broken, bytes);
    expect((await inspect(broken)).verdict).not.toBe('ok');
  });
});

describe('the settings', () => {
  it('keep what was set, and fall back where they cannot be read', () => {
    const { database } = openDatabase(join(tempFolder(), 'patchbay.db'));
    atEnd(() => database.close());
    const settings = new KeepingSettings(database);
    expect(settings.load()).toEqual({
      backups: 14,
      forgetSecretsAfterDays: 365,
      displayName: '',
      warnAboveMegabytes: 1_000,
    });
    const set = {
      backups: 3,
      forgetSecretsAfterDays: null,
      displayName: 'رضا کریمی',
      warnAboveMegabytes: null,
    };
    settings.save(set);
    expect(new KeepingSettings(database).load()).toEqual(set);
    // As a version stored it that knew less.
    database.exec(`UPDATE workspace SET body = '{"backups":5}' WHERE key = 'keeping'`);
    expect(settings.load()).toMatchObject({ backups: 5, warnAboveMegabytes: 1_000 });
    database.exec(`UPDATE workspace SET body = 'broken' WHERE key = 'keeping'`);
    expect(settings.load().backups).toBe(14);
  });
});
