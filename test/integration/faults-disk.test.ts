import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/storage/database';
import { problemOf } from '../../electron/storage/problems';
import { recordsOf } from '../../shared/model/connection';
import { type Problem, ProblemError } from '../../shared/model/problem';
import { atEnd, tempFolder } from '../support/endings';
import {
  type Engine,
  edit,
  ended,
  gistOf,
  openEngine,
  rowOf,
  runOf,
  serverOf,
  until,
} from '../support/engine';
import { type Bench, begin, bench, has, wanted, writesTo, writtenTwice } from '../support/engine-cases';
import { canMount, type SmallDisk, smallDisk } from '../support/engine-disk';

interface Limits {
  /** From now on the database takes nothing more. */
  readonly full: () => void;
  readonly free: () => void;
}

/** A full disk, where one can be mounted: a real one that the profile lies on. */
async function onDisk(rows: number): Promise<Bench & Limits & { readonly disk: SmallDisk }> {
  const disk = smallDisk(6);
  const place = await bench('simotel', { folder: disk.folder, rows, size: Math.max(12, rows) });
  return { ...place, disk, full: () => disk.fill(), free: disk.free };
}

/**
 * The same without a disk of its own, for any machine: the database refuses every row in the words of a full one. (A
 * limit by `max_page_count` still lets a row in wherever a page has room, so it would prove this of some rows only.)
 */
async function byRefusal(rows: number): Promise<Bench & Limits> {
  const place = await bench('simotel', { folder: tempFolder(), rows, size: Math.max(12, rows) });
  const { database } = place.engine;
  const guarded = [
    'INSERT ON journal',
    'UPDATE ON run_rows',
    'INSERT ON change_fields',
    'INSERT ON runs',
    'UPDATE ON runs',
  ];
  const full = (): void => {
    guarded.forEach((what, n) => {
      database.exec(
        `CREATE TEMP TRIGGER IF NOT EXISTS full_${n} BEFORE ${what.replace(' ON ', ' ON main.')}
          BEGIN SELECT RAISE (ABORT, 'database or disk is full'); END`,
      );
    });
  };
  const free = (): void => {
    for (const n of guarded.keys()) database.exec(`DROP TRIGGER IF EXISTS full_${n}`);
  };
  return { ...place, full, free };
}

/** Everything that must hold of a full disk, whenever one looks. */
function nothingHalf({ engine, server, ids }: Bench): void {
  const intents: unknown[] = engine.database
    .prepare("SELECT remote_id FROM journal WHERE type = 'intent'")
    .all();
  const durable = intents.map((row) => String(Reflect.get(Object(row), 'remote_id')));
  // Nothing was sent without a durable intent.
  for (const { recordId } of writesTo(server)) expect(durable).toContain(recordId);
  expect(writtenTwice(server)).toEqual([]);
  for (const id of ids)
    if (!durable.includes(id)) expect(has({ server, connection: connectionOf(engine) }, id)).toBe(false);
  expect(engine.database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
}

function connectionOf({ services }: Engine) {
  const [connection] = services.connections.list();
  if (!connection) throw new Error('there is no connection');
  return connection;
}

const paused = ({ engine, connection }: Bench, runId: string): boolean =>
  serverOf(runOf(engine, runId), connection).state === 'paused';

const situations = [
  ['a disk that is full', onDisk, !canMount],
  ['a database that takes nothing', byRefusal, false],
] as const;

describe.each(situations)('%s', (_what, make, without) => {
  it.skipIf(without)('lets nothing be sent, says so, and goes on when there is room again', async () => {
    const place = await make(20);
    const { engine, server, connection, ids } = place;
    place.server.setMode({ delayMs: 3 });
    const watch = server.failOn((request) => {
      if (request.path.endsWith('/update') && writesTo(server).length === 9) place.full();
      return false;
    }, 'html');
    const run = await begin(place);
    await until('the pause', () => paused(place, run.id));
    watch.clear();
    expect(serverOf(runOf(engine, run.id), connection).problem?.code).toBe('disk-full');
    nothingHalf(place);
    const sent = writesTo(server).length;
    expect(sent).toBeLessThan(ids.length);

    // Trying again while it is full changes nothing.
    engine.services.runs.resume(run.id, null);
    await until('the pause', () => paused(place, run.id));
    expect(writesTo(server).length).toBe(sent);
    nothingHalf(place);

    place.free();
    engine.services.runs.resume(run.id, null);
    const over = await ended(engine, run.id);
    await until('all decided', () => engine.services.resolver.waiting().size === 0);
    expect(ids.map((id) => gistOf(runOf(engine, over.id), id))).toEqual(ids.map(() => 'applied'));
    expect(ids.every((id) => has(place, id))).toBe(true);
    expect(engine.services.journal.open()).toEqual([]);
    expect(engine.services.runs.unfinished()).toEqual([]);
    expect(engine.services.changes.list(null)).toEqual([]);
    nothingHalf(place);
  });

  it.skipIf(without)(
    'keeps an outcome that it would not take as soon as it takes it, the last row’s too',
    async () => {
      const place = await make(1);
      const { engine, server, ids } = place;
      const [only = ''] = ids;
      server.failOn((request) => {
        if (request.path.endsWith('/update')) fillCompletely(place);
        return false;
      }, 'html');
      const run = await begin(place);
      await until('the pause', () => paused(place, run.id));
      expect(gistOf(runOf(engine, run.id), only)).toBe('unknown disk-full');
      expect(engine.services.journal.open()).toHaveLength(1);
      nothingHalf(place);
      place.free();
      engine.services.runs.resume(run.id, null);
      const over = await ended(engine, run.id);
      expect(gistOf(over, only)).toBe('applied');
      expect(engine.services.journal.open()).toEqual([]);
      expect(writesTo(server)).toHaveLength(1);
    },
  );

  it.skipIf(without)(
    'a run that is cancelled meanwhile is not lost: it is taken up, or ended, when there is room',
    async () => {
      const place = await make(6);
      const { engine, server, ids } = place;
      server.failOn((request) => {
        if (request.path.endsWith('/update')) fillCompletely(place);
        return false;
      }, 'html');
      const run = await begin(place);
      await until('the pause', () => paused(place, run.id));
      engine.services.runs.cancel(run.id, null);
      await until('its end', () => !engine.services.runs.busy);
      expect(runOf(engine, run.id).servers[0]?.state).toBe('interrupted');
      place.free();
      engine.services.runs.cancel(run.id, null);
      await ended(engine, run.id);
      await until('all decided', () => engine.services.resolver.waiting().size === 0);
      const over = runOf(engine, run.id);
      expect(gistOf(over, ids[0] ?? '')).toBe('applied');
      expect(ids.slice(1).map((id) => gistOf(over, id))).toEqual(
        ids.slice(1).map(() => 'cancelled cancelled'),
      );
      expect(writesTo(server)).toHaveLength(1);
      // And the next run is not kept waiting by it.
      expect(engine.services.runs.unfinished()).toEqual([]);
      server.clearLog();
      await server.clearFaults();
      const next = await ended(engine, (await begin(place)).id);
      expect(next.rows.map(({ result }) => result?.outcome)).toEqual(ids.slice(1).map(() => 'applied'));
    },
  );

  it.skipIf(without)(
    'refuses what is typed with a clear problem, and keeps what was typed before',
    async () => {
      const place = await make(3);
      const { engine, connection, ids } = place;
      const [first = ''] = ids;
      fillCompletely(place);
      const problem = refusal(() => {
        for (let n = 0; n < 2_000; n += 1)
          edit(engine, connection, first, 'more_options', `${'x'.repeat(2_000)}${n}`);
      });
      expect(problem?.code).toBe('disk-full');
      expect(
        engine.services.changes
          .get(recordsOf(connection), first)
          ?.fields.find(({ field }) => field === 'description')?.next,
      ).toBe(wanted(first));
      place.free();
      edit(engine, connection, first, 'more_options', 'short');
      expect(engine.services.changes.get(recordsOf(connection), first)?.fields).toHaveLength(2);
    },
  );
});

/** Full to the last page: what is free inside the file is used up first. */
function fillCompletely(place: Bench & Limits): void {
  const { database } = place.engine;
  place.full();
  try {
    database.exec('CREATE TABLE IF NOT EXISTS filler (x)');
    for (let n = 0; 'disk' in place && n < 5_000; n += 1)
      database.exec(`INSERT INTO filler VALUES (zeroblob(${n < 2_500 ? 3_000 : 10}))`);
  } catch {
    // Full.
  }
}

function refusal(work: () => void): Problem | null {
  try {
    work();
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

describe('a profile on a disk that cannot be written', () => {
  const files = (folder: string): string[] =>
    readdirSync(folder)
      .filter((name) => name.startsWith('patchbay'))
      .sort()
      .map(
        (name) =>
          `${name} ${createHash('sha256')
            .update(readFileSync(join(folder, name)))
            .digest('hex')}`,
      );

  it.skipIf(!canMount)(
    'is refused at the start with a clear problem, and nothing in it is touched',
    async () => {
      const disk = smallDisk(6);
      // Made elsewhere: a file that this process has not let go of yet would keep the disk from being locked.
      const folder = tempFolder();
      (await bench('simotel', { folder })).engine.close();
      cpSync(folder, disk.folder, { recursive: true });
      const before = files(disk.folder);
      disk.readOnly(true);
      let problem: Problem | undefined;
      try {
        openDatabase(join(disk.folder, 'patchbay.db')).database.close();
      } catch (error) {
        problem = error instanceof ProblemError ? error.problem : undefined;
      }
      expect(problem?.code).toBe('database-unusable');
      expect(files(disk.folder)).toEqual(before);
      disk.readOnly(false);
      const engine = await openEngine(disk.folder);
      atEnd(() => engine.close());
      expect(engine.services.changes.list(null)).toHaveLength(3);
    },
  );

  it.skipIf(!canMount)(
    'a full one is refused at the start as full, or opened; what was in flight is told when there is room',
    async () => {
      const disk = smallDisk(6);
      const place = await bench('simotel', { folder: disk.folder, rows: 4 });
      place.server.failNext('hangAfterApply', { path: '/update', recordId: place.ids[1] ?? '' });
      const run = await begin(place);
      await until('a write that hangs', () => writesTo(place.server, place.ids[1]).length === 1);
      place.engine.close();
      await new Promise((resolve) => setTimeout(resolve, 60));
      disk.fill();
      let problem: Problem | null = null;
      try {
        (await openEngine(disk.folder)).close();
      } catch (error) {
        problem = problemOf(error);
      }
      expect(problem?.code).toBe('disk-full');
      expect(readdirSync(disk.folder).some((name) => name.includes('damaged'))).toBe(false);
      disk.free();
      const engine = await openEngine(disk.folder);
      atEnd(() => engine.close());
      expect(gistOf(runOf(engine, run.id), place.ids[1] ?? '')).toBe('unknown interrupted');
      engine.services.runs.resume(run.id, null);
      await ended(engine, run.id);
      await until('all decided', () => engine.services.resolver.waiting().size === 0);
      expect(place.ids.map((id) => gistOf(runOf(engine, run.id), id))).toEqual(
        place.ids.map(() => 'applied'),
      );
      expect(writtenTwice(place.server)).toEqual([]);
    },
  );

  it('in the middle of a run pauses it: nothing is sent, and it goes on when it can be written again', async () => {
    const place = await bench('simotel', { rows: 12 });
    const { engine, server, connection, ids } = place;
    server.failOn((request) => {
      if (request.path.endsWith('/update') && writesTo(server).length === 6)
        engine.database.exec('PRAGMA query_only = ON');
      return false;
    }, 'html');
    const run = await begin(place);
    await until('the pause', () => paused(place, run.id));
    expect(serverOf(runOf(engine, run.id), connection).problem?.code).toBe('database-unusable');
    nothingHalf(place);
    await server.clearFaults();
    engine.database.exec('PRAGMA query_only = OFF');
    engine.services.runs.resume(run.id, null);
    await ended(engine, run.id);
    expect(ids.map((id) => rowOf(runOf(engine, run.id), id).result?.outcome)).toEqual(
      ids.map(() => 'applied'),
    );
    nothingHalf(place);
  });
});
