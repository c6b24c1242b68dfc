import { describe, expect, it } from 'vitest';
import { type ConnectionId, recordsOf } from '../../shared/model/connection';
import type { Outcome, Run } from '../../shared/model/plan';
import { atEnd, tempFolder } from '../support/endings';
import {
  type Engine,
  edit,
  ended,
  gistOf,
  idsOf,
  openEngine,
  rowOf,
  runOf,
  serverOf,
  until,
} from '../support/engine';
import {
  type Bench,
  begin,
  bench,
  has,
  joined,
  startServer,
  wanted,
  writesTo,
  writtenTwice,
} from '../support/engine-cases';

/** A run that was cut off in its middle, on both kinds, and the engine of the next start. */
async function cutOff(
  rows = 8,
  { decides = true, down = false } = {},
): Promise<{ one: Bench; other: Bench; run: Run; engine: Engine }> {
  const folder = tempFolder();
  const one = await bench('simotel', { folder, rows });
  const panel = await startServer('edge', { size: 12 });
  const connection = await joined(one.engine, 'edge', panel);
  const ids = idsOf(panel, rows);
  for (const id of ids) edit(one.engine, connection, id, 'description', wanted(id));
  const other: Bench = { engine: one.engine, server: panel, connection, ids };
  // The second row's write of each is under way, and stays so, when the program ends.
  for (const place of [one, other]) {
    place.server.clearLog();
    place.server.failNext('hangAfterApply', { path: '/update', recordId: place.ids[1] ?? '' });
  }
  const run = await begin({ engine: one.engine, ids: [...one.ids, ...ids] });
  await until('a write of each that hangs', () =>
    [one, other].every(({ server, ids: [, second = ''] }) => writesTo(server, second).length === 1),
  );
  // As a kill: nothing more reaches the disk.
  one.engine.close();
  // What was on the wire at that moment still arrives; a busy machine takes its time for it.
  const arrived = (): number => writesTo(one.server).length + writesTo(panel).length;
  for (let before = -1; before !== arrived(); ) {
    before = arrived();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  for (const place of [one, other]) await place.server.clearFaults();
  if (down) await one.server.stop();
  const engine = await openEngine(folder);
  atEnd(() => engine.close());
  // At once: it begins by itself soon after the start.
  if (!decides) engine.services.later.stop();
  return { one: { ...one, engine }, other: { ...other, engine }, run, engine };
}

const outcomes = (run: Run, id: ConnectionId): (Outcome | null)[] =>
  run.rows.filter(({ connectionId }) => connectionId === id).map(({ result }) => result?.outcome ?? null);

describe('the next start after a run was cut off', () => {
  it('shows the run as far as it came, and what was in flight as unknown', async () => {
    const { one, run, engine } = await cutOff(8, { decides: false });
    const now = runOf(engine, run.id);
    expect(now.endedAt).toBeNull();
    expect(serverOf(now, one.connection)).toMatchObject({
      state: 'interrupted',
      problem: { code: 'interrupted' },
    });
    expect(gistOf(now, one.ids[0] ?? '')).toBe('applied');
    expect(gistOf(now, one.ids[1] ?? '')).toBe('unknown interrupted');
    expect(rowOf(now, one.ids.at(-1) ?? '').state).toBe('waiting');
    expect(engine.services.runs.unfinished().map(({ id }) => id)).toEqual([run.id]);
  });

  it('decides what was in flight by itself, by reading alone', async () => {
    const { one, other, run, engine } = await cutOff();
    const before = writesTo(one.server).length + writesTo(other.server).length;
    await until('all decided', () => engine.services.resolver.waiting().size === 0);
    for (const { ids } of [one, other]) expect(gistOf(runOf(engine, run.id), ids[1] ?? '')).toBe('applied');
    expect(writesTo(one.server).length + writesTo(other.server).length).toBe(before);
  });

  it('resumed, writes what had not begun, and nothing twice', async () => {
    const { one, other, run, engine } = await cutOff();
    engine.services.runs.resume(run.id, null);
    await ended(engine, run.id);
    await until('all decided', () => engine.services.resolver.waiting().size === 0);
    for (const place of [one, other]) {
      expect(place.ids.map((id) => gistOf(runOf(engine, run.id), id))).toEqual(
        place.ids.map(() => 'applied'),
      );
      expect(place.ids.every((id) => has(place, id))).toBe(true);
      expect(writtenTwice(place.server)).toEqual([]);
    }
    expect(engine.services.runs.unfinished()).toEqual([]);
  });

  it('cancelled, writes nothing and ends', async () => {
    const { one, other, run, engine } = await cutOff();
    const before = writesTo(one.server).length + writesTo(other.server).length;
    engine.services.runs.cancel(run.id, null);
    await ended(engine, run.id);
    expect(writesTo(one.server).length + writesTo(other.server).length).toBe(before);
    expect(outcomes(runOf(engine, run.id), one.connection.id)).toContain('cancelled');
    expect(engine.services.runs.unfinished()).toEqual([]);
  });

  it.each(['resume', 'cancel'] as const)(
    '%s of one server does not set the other one going',
    async (what) => {
      const { one, other, run, engine } = await cutOff();
      const before = writesTo(other.server).length;
      engine.services.runs[what](run.id, one.connection.id);
      await until('its end', () => serverOf(runOf(engine, run.id), one.connection).state === 'done');
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(writesTo(other.server)).toHaveLength(before);
      expect(serverOf(runOf(engine, run.id), other.connection)).toMatchObject({
        state: 'paused',
        problem: { code: 'interrupted' },
      });
      engine.services.runs.resume(run.id, other.connection.id);
      await ended(engine, run.id);
      expect(outcomes(runOf(engine, run.id), other.connection.id)).not.toContain(null);
    },
  );

  it('waits for the server: decided when it is back', async () => {
    const { one, run, engine } = await cutOff(8, { down: true });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(gistOf(runOf(engine, run.id), one.ids[1] ?? '')).toBe('unknown interrupted');
    await one.server.restart();
    // Heard to be there: at once.
    await engine.services.directory.sync(recordsOf(one.connection));
    await until('it decided', () => gistOf(runOf(engine, run.id), one.ids[1] ?? '') === 'applied');
    expect(writtenTwice(one.server)).toEqual([]);
  });
});

describe('what is unknown', () => {
  it('is decided while its run stands paused, and the row shows it', async () => {
    const place = await bench('simotel', { rows: 8 });
    const { engine, server, connection, ids } = place;
    const [first = ''] = ids;
    const gone = server.failOn(
      (request) => request.path.endsWith('/search') && writesTo(server).length > 0,
      'resetBeforeBody',
    );
    const run = await begin(place);
    await until('the pause', () => serverOf(runOf(engine, run.id), connection).state === 'paused');
    expect(gistOf(runOf(engine, run.id), first)).toBe('unknown read-back-failed');
    gone.clear();
    await until('it decided', () => gistOf(runOf(engine, run.id), first) === 'applied');
    expect(serverOf(runOf(engine, run.id), connection).state).toBe('paused');
    expect(writesTo(server)).toHaveLength(1);
  });

  it('after a time-out stays so while the server may still be at it, and is decided rightly when it was late', async () => {
    const place = await bench('simotel', { rows: 1, draft: { timeoutMs: 1_000 } });
    const { engine, server, ids } = place;
    const [only = ''] = ids;
    // The time-out is a second.
    server.failNext({ kind: 'delay', beforeMs: 2_000 }, { path: '/update' });
    const run = await begin(place);
    const over = await ended(engine, run.id);
    expect(gistOf(over, only)).toBe('unknown timeout');
    expect(has(place, only)).toBe(false);
    await until('the late write', () => has(place, only));
    expect(rowOf(runOf(engine, run.id), only).result?.outcome).toBe('unknown');
    await until('it decided', () => gistOf(runOf(engine, run.id), only) === 'applied');
    expect(writesTo(server)).toHaveLength(1);
  });

  it('after a time-out is decided at once where a person asks', async () => {
    const place = await bench('simotel', { rows: 1, draft: { timeoutMs: 1_000 } });
    const { engine, server, ids } = place;
    server.failNext('hangBeforeApply', { path: '/update' });
    const run = await ended(engine, (await begin(place)).id);
    expect(gistOf(run, ids[0] ?? '')).toBe('unknown timeout');
    const [stored] = engine.services.journal.unknown();
    await engine.services.resolver.resolve(stored?.seq ?? 0);
    expect(rowOf(runOf(engine, run.id), ids[0] ?? '').result?.outcome).toBe('rejected');
  });

  it('that cannot be opened does not keep the others of its server from being decided', async () => {
    const { one, run, engine } = await cutOff(8, { decides: false });
    const stored = engine.services.journal
      .unknown()
      .find(({ connectionId }) => connectionId === one.connection.id);
    if (!stored) throw new Error('nothing is unknown');
    const { intent } = stored;
    const subject = { ...stored, connectionId: one.connection.id };
    const sealed = {
      ...intent,
      changeId: 'another',
      fields: [{ field: 'secret', before: null, after: { sealed: 'of another key' } }],
    };
    engine.services.journal.outcome(engine.services.journal.intent(subject, sealed), subject, 'unknown', {
      result: { problem: null, notStored: [], sideEffects: [], unverifiable: [] },
      after: null,
      by: 'start',
    });
    await engine.services.resolver.resolveAll(one.connection.id);
    expect(gistOf(runOf(engine, run.id), one.ids[1] ?? '')).toBe('applied');
    expect(
      engine.services.journal.unknown().filter(({ connectionId }) => connectionId === one.connection.id),
    ).toHaveLength(1);
  });

  it('asked about twice at a time gets one answer', async () => {
    const { one, engine } = await cutOff(8, { decides: false });
    const seq =
      engine.services.journal.unknown().find(({ connectionId }) => connectionId === one.connection.id)?.seq ??
      0;
    await Promise.all([
      engine.services.resolver.resolve(seq),
      engine.services.resolver.resolveAll(one.connection.id),
    ]);
    const said: unknown[] = engine.database
      .prepare('SELECT outcome FROM journal WHERE intent_seq = ? ORDER BY seq')
      .all(seq);
    expect(said).toEqual([{ outcome: 'unknown' }, { outcome: 'applied' }]);
  });
});
