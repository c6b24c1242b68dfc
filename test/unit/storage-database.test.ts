import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { type Database, inTransaction, openDatabase } from '../../electron/storage/database';
import { migrations } from '../../electron/storage/migrations';
import { problemOf } from '../../electron/storage/problems';
import { atEnd, tempFolder } from '../support/endings';
import { thrown } from '../support/house';
import { buildVersion, schemaOf } from '../support/schema';

function open(file: string): ReturnType<typeof openDatabase> {
  const opened = openDatabase(file);
  atEnd(() => opened.database.close());
  return opened;
}

function pragma(database: Database, name: string): unknown {
  return Object.values(Object(database.prepare(`PRAGMA ${name}`).get()))[0];
}

const save = (database: Database, body: string) =>
  database.exec(`INSERT INTO workspace (key, body) VALUES ('x', '${body}')`);
const saved = (database: Database): unknown =>
  Reflect.get(Object(database.prepare("SELECT body FROM workspace WHERE key = 'x'").get()), 'body');

describe('migrations', () => {
  it('are numbered from 1 without a gap', () => {
    const versions = migrations.map((step) => step.version);
    expect(versions).toEqual(versions.map((_, at) => at + 1));
  });

  it('bring a new file to the newest version', () => {
    const { database, notices } = open(join(tempFolder(), 'patchbay.db'));
    expect(pragma(database, 'user_version')).toBe(migrations.at(-1)?.version);
    expect(notices).toEqual([]);
  });

  for (const [index, step] of migrations.entries()) {
    const before = migrations[index - 1]?.version ?? 0;
    it(`step ${step.version} (${step.name}) brings a file of version ${before} to where a new one stands`, () => {
      const folder = tempFolder();
      const old = join(folder, 'old.db');
      buildVersion(old, before);
      const steps = migrations.slice(0, index + 1);
      const { database } = openDatabase(old, steps);
      expect(pragma(database, 'user_version')).toBe(step.version);
      database.close();
      const fresh = join(folder, 'fresh.db');
      openDatabase(fresh, steps).database.close();
      expect(schemaOf(old)).toEqual(schemaOf(fresh));
    });
  }

  it.each(migrations.slice(0, 5).map(({ version }) => version))(
    'keep every record of a file of version %i, in its order and sealed as it was',
    (version) => {
      const file = join(tempFolder(), 'old.db');
      buildVersion(file, version);
      const old = new DatabaseSync(file);
      const rows = ['b', 'a'].flatMap((connection) =>
        ['z', 'y', 'x'].map((id, ordinal) => ({
          connection_id: connection,
          remote_id: `${id}-${connection}`,
          // Gaps, as a list with a doubled record leaves them.
          ordinal: ordinal * 2,
          raw: JSON.stringify({ secret: { $sealed: `sealed1:0123456789ab:${id}:${connection}` } }),
          read_at: 5 + ordinal,
        })),
      );
      for (const connection of ['a', 'b', 'never-read'])
        old.exec(`INSERT INTO connections (id, position, body) VALUES ('${connection}', 1, '{}')`);
      old.exec("INSERT INTO directories (connection_id, synced_at) VALUES ('a', 7), ('b', 8)");
      const insert = old.prepare(
        'INSERT INTO records (connection_id, remote_id, ordinal, raw, read_at) VALUES (?, ?, ?, ?, ?)',
      );
      for (const row of [...rows].reverse()) insert.run(...Object.values(row));
      old.close();
      const { database } = open(file);
      const sql = `SELECT connection_id, remote_id, raw, read_at FROM records
        ORDER BY connection_id DESC, ordinal`;
      expect(database.prepare(sql).all()).toEqual(rows.map(({ ordinal: _, ...row }) => row));
      // Nothing of it is left over, and it goes with its connection.
      database.exec("DELETE FROM connections WHERE id = 'a'");
      for (const table of ['record_bodies', 'record_places'])
        expect(database.prepare(`SELECT DISTINCT connection_id FROM ${table}`).all()).toEqual([
          { connection_id: 'b' },
        ]);
      expect(pragma(database, 'foreign_key_check')).toBeUndefined();
    },
  );

  it('are not run a second time', () => {
    const file = join(tempFolder(), 'patchbay.db');
    const first = openDatabase(file).database;
    save(first, 'kept');
    first.close();
    expect(saved(open(file).database)).toBe('kept');
  });

  it('leave the file as it was where a step fails half way', () => {
    const file = join(tempFolder(), 'patchbay.db');
    openDatabase(file).database.close();
    const bad = {
      version: (migrations.at(-1)?.version ?? 0) + 1,
      name: 'bad',
      sql: 'CREATE TABLE half (x); CREATE TABLE half (x)',
    };
    expect(thrown(() => openDatabase(file, [...migrations, bad])).code).toBe('internal');
    const { database } = open(file);
    expect(pragma(database, 'user_version')).toBe(migrations.at(-1)?.version);
    expect(database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
  });
});

describe('settings of an open database', () => {
  it('make a commit durable against a power cut, hold references, and keep 64 MiB of the file in memory', () => {
    const { database } = open(join(tempFolder(), 'patchbay.db'));
    expect(pragma(database, 'journal_mode')).toBe('wal');
    expect(pragma(database, 'synchronous')).toBe(2);
    expect(pragma(database, 'foreign_keys')).toBe(1);
    expect(pragma(database, 'busy_timeout')).toBe(3000);
    expect(pragma(database, 'cache_size')).toBe(-65_536);
  });
});

describe('a newer schema', () => {
  it('is refused with both versions, and no byte of its files is changed', () => {
    const folder = tempFolder();
    const source = join(folder, 'source.db');
    const writer = new DatabaseSync(source);
    writer.exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 99; CREATE TABLE future (x)');
    // As a newer Patchbay leaves it when it is killed: part of it is in the side file still.
    const file = join(folder, 'patchbay.db');
    for (const suffix of ['', '-wal']) copyFileSync(source + suffix, file + suffix);
    writer.close();
    const before = ['', '-wal'].map((suffix) => readFileSync(file + suffix));

    const problem = thrown(() => openDatabase(file));
    expect(problem).toEqual({
      code: 'database-newer',
      params: { found: 99, known: migrations.at(-1)?.version },
    });
    expect(['', '-wal'].map((suffix) => readFileSync(file + suffix))).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});

/** A profile with something in it, closed. */
function profile(): { folder: string; file: string } {
  const folder = tempFolder();
  const file = join(folder, 'patchbay.db');
  const { database } = openDatabase(file);
  // In one: two hundred commits are two hundred waits for the disk.
  inTransaction(database, () => {
    for (let i = 0; i < 200; i += 1)
      database.exec(`INSERT INTO workspace (key, body) VALUES ('row ${i}', '${'text '.repeat(200)}')`);
  });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return { folder, file };
}

describe('a damaged file', () => {
  const damages: Record<string, (file: string) => void> = {
    'of garbage': (file) => writeFileSync(file, Buffer.alloc(50_000, 'garbage ')),
    'cut short': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
    'of a few bytes': (file) => writeFileSync(file, 'SQLite'),
    'with a page overwritten': (file) => {
      const bytes = readFileSync(file);
      for (let at = 4096 * 3; at < 4096 * 30; at += 1) bytes[at] = 0xa5;
      writeFileSync(file, bytes);
    },
  };

  for (const [name, damage] of Object.entries(damages)) {
    it(`${name} is set aside as it is, with a notice, and the program goes on with a fresh one`, () => {
      const { folder, file } = profile();
      damage(file);
      const before = readFileSync(file);
      const { database, notices } = open(file);
      expect(notices.map((notice) => notice.code)).toEqual(['database-set-aside']);
      const aside = String(notices[0]?.params.path);
      expect(readFileSync(aside)).toEqual(before);
      expect(basename(aside)).toMatch(/^patchbay\.db\.damaged-\d{4}-/);
      save(database, 'fresh');
      expect(saved(database)).toBe('fresh');
      expect(
        readdirSync(folder).filter((one) => one.includes('damaged') && !/-(wal|shm)$/.test(one)),
      ).toHaveLength(1);
    });
  }

  it('takes its side files along, unchanged, so that what is in them can still be recovered', () => {
    const folder = tempFolder();
    const source = join(folder, 'source.db');
    const { database: writer } = openDatabase(source);
    writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    save(writer, 'only in the side file');
    const file = join(folder, 'patchbay.db');
    for (const suffix of ['', '-wal']) copyFileSync(source + suffix, file + suffix);
    writer.close();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 0, 4096);
    writeFileSync(file, bytes);
    const wal = readFileSync(`${file}-wal`);

    const { notices } = open(file);
    const aside = String(notices[0]?.params.path);
    expect(readFileSync(aside)).toEqual(bytes);
    expect(readFileSync(`${aside}-wal`)).toEqual(wal);
  });

  // Windows does not rename a file that is open; on Linux it can be seen whether it is.
  it.runIf(existsSync('/proc/self/fd'))('is not held open any more when it is set aside', () => {
    const { file } = profile();
    writeFileSync(file, Buffer.alloc(50_000, 'garbage '));
    const { notices } = open(file);
    expect(openFiles().filter((one) => one.startsWith(String(notices[0]?.params.path)))).toEqual([]);
  });

  it('found a second time, even at once, goes aside under a name of its own', () => {
    const { folder, file } = profile();
    for (const round of [1, 2, 3, 4]) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
      writeFileSync(file, `garbage of round ${round}`.repeat(100));
      openDatabase(file).database.close();
    }
    const aside = readdirSync(folder).filter((name) => /damaged-[\dTZ-]+$/.test(name));
    expect(aside).toHaveLength(4);
  });
});

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(join('/proc/self/fd', fd))];
    } catch {
      return [];
    }
  });
}

describe('a folder that cannot be written', () => {
  it('is said where the path leads through a file', () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    const path = join(file, 'patchbay.db');
    expect(thrown(() => openDatabase(path))).toEqual({ code: 'database-unusable', params: { path } });
  });

  it('is said where a folder stands in the place of the file, and the folder stays', () => {
    const path = join(tempFolder(), 'patchbay.db');
    mkdirSync(path);
    expect(thrown(() => openDatabase(path)).code).toBe('database-unusable');
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it.runIf(canMount())('is said on a read-only mount, and what is there is not set aside', () => {
    const folder = tempFolder();
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]);
    atEnd(() => execFileSync('umount', ['-l', folder]));
    const file = join(folder, 'patchbay.db');
    copyFileSync(profile().file, file);
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    expect(thrown(() => openDatabase(file)).code).toBe('database-unusable');
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});

describe('a full disk', () => {
  it.runIf(canMount())('ends a transaction whole, is called by its name, and leaves what was stored', () => {
    const folder = tempFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder]);
    atEnd(() => execFileSync('umount', ['-l', folder]));
    const { database } = open(join(folder, 'patchbay.db'));
    save(database, 'kept');
    let full: unknown;
    try {
      inTransaction(database, () => {
        for (let i = 0; i < 2_000; i += 1)
          database.exec(`INSERT INTO workspace (key, body) VALUES ('fill ${i}', '${'x'.repeat(4_000)}')`);
      });
    } catch (error) {
      full = error;
    }
    expect(problemOf(full).code).toBe('disk-full');
    expect(database.isTransaction).toBe(false);
    expect(saved(database)).toBe('kept');
    expect(Object(database.prepare('SELECT count(*) AS n FROM workspace').get())).toEqual({ n: 1 });
  });
});

function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a transaction', () => {
  it('stores nothing of a piece of work that throws, and hands its error on', () => {
    const { database } = open(join(tempFolder(), 'patchbay.db'));
    const work = () =>
      inTransaction(database, () => {
        save(database, 'half');
        throw new Error('as the test asked');
      });
    expect(work).toThrow('as the test asked');
    expect(database.prepare('SELECT * FROM workspace').all()).toEqual([]);
    expect(database.isTransaction).toBe(false);
  });

  it('stores all of a piece of work that ends, and gives its result', () => {
    const { database } = open(join(tempFolder(), 'patchbay.db'));
    const work = () => {
      save(database, 'whole');
      return 7;
    };
    expect(inTransaction(database, work)).toBe(7);
    expect(saved(database)).toBe('whole');
  });
});

describe('the journal table', () => {
  it('refuses to have an entry changed or taken out', () => {
    const { database } = open(join(tempFolder(), 'patchbay.db'));
    database.exec(
      "INSERT INTO journal (at, type, connection_id, remote_id, title, body) VALUES (1, 'note', 'c', 'r', 't', '{}')",
    );
    for (const sql of [
      "UPDATE journal SET title = 'other'",
      'DELETE FROM journal',
      "REPLACE INTO journal (seq, at, type, connection_id, remote_id, title, body) VALUES (1, 2, 'note', 'c', 'r', 'other', '{}')",
    ])
      expect(() => database.exec(sql), sql).toThrow(/append-only/);
    expect(database.prepare('SELECT title FROM journal').all()).toEqual([{ title: 't' }]);
  });
});
