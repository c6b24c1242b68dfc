import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../shared/model/connection';
import {
  edit,
  ended,
  gistOf,
  idsOf,
  onServer,
  planOf,
  rowOf,
  runOf,
  serverOf,
  startRun,
  until,
} from '../support/engine';
import {
  applied,
  type Bench,
  begin,
  bench,
  has,
  joined,
  readsOf,
  startServer,
  wanted,
  writesTo,
  writtenTwice,
} from '../support/engine-cases';

const kinds = ['simotel', 'edge'] as const;

/** A second server beside the bench's, with as many edits. */
async function second(place: Bench, kind: 'simotel' | 'edge', rows: number): Promise<Bench> {
  const server = await startServer(kind, { size: Math.max(rows, 12) });
  const connection = await joined(place.engine, kind, server);
  const ids = idsOf(server, rows);
  for (const id of ids) edit(place.engine, connection, id, 'description', wanted(id));
  server.clearLog();
  return { engine: place.engine, server, connection, ids };
}

const both = (one: Bench, other: Bench) => ({ engine: one.engine, ids: [...one.ids, ...other.ids] });

const done = (place: Bench, runId: string): number =>
  runOf(place.engine, runId).rows.filter(
    ({ state, connectionId }) => state === 'done' && connectionId === place.connection.id,
  ).length;

describe('outcomes that are kept together', () => {
  it('are each kept where one record of them cannot be, and written once in the history', async () => {
    const place = await bench('simotel', { rows: 30, size: 40 });
    const bad = place.ids[17] ?? '';
    place.engine.database.exec(`CREATE TRIGGER no_copy BEFORE UPDATE ON record_bodies WHEN OLD.remote_id = '${bad}'
      BEGIN SELECT RAISE(ABORT, 'this copy cannot be kept'); END`);
    const run = await ended(place.engine, startRun(place.engine, await planOf(place.engine)).id);
    expect(run.rows.map(({ result }) => result?.outcome)).toEqual(place.ids.map(() => 'applied'));
    const kept = place.engine.database
      .prepare(
        "SELECT type, count(*) AS many, count(DISTINCT remote_id) AS records FROM journal WHERE type <> 'note' GROUP BY type",
      )
      .all();
    expect(kept).toMatchObject([
      { type: 'intent', many: 30, records: 30 },
      { type: 'outcome', many: 30, records: 30 },
    ]);
  });
});

describe('what a run costs', () => {
  it.each([1, 2, 5, 21, 85, 150])('simotel: %i rows cost that many writes and few readings', async (rows) => {
    const { server, engine } = await bench('simotel', { rows, size: rows + 5 });
    const plan = await planOf(engine);
    server.clearLog();
    const run = await ended(engine, startRun(engine, plan).id);
    expect(run.rows.every(({ result }) => result?.outcome === 'applied')).toBe(true);
    expect(writesTo(server)).toHaveLength(rows);
    expect(server.log.length).toBeLessThanOrEqual(rows + Math.log(rows) / Math.log(4) + 4);
  });

  it.each(kinds)('%s: 40 rows on a list of one page are read in few requests', async (kind) => {
    const place = await bench(kind, { rows: 40, size: 60 });
    await applied(place);
    // The panel reads up to eight records by their names, one request each.
    expect(readsOf(place.server).length).toBeLessThanOrEqual(kind === 'simotel' ? 7 : 14);
  });

  it.each([1, 3, 4, 16])(
    'never has more than %i requests under way at once, and so many',
    async (parallel) => {
      const place = await bench('simotel', { rows: 60, size: 60, draft: { parallel } });
      place.server.setMode({ delayMs: 15 });
      await applied(place);
      expect(Math.max(...place.server.log.map(({ concurrent }) => concurrent))).toBe(parallel);
    },
  );

  it('keeps its connections alive', async () => {
    const place = await bench('simotel', { rows: 40, size: 40 });
    const ports = new Set<string>();
    place.server.failOn((request) => {
      ports.add(String(request.headers.connection));
      return false;
    }, 'html');
    await applied(place);
    expect([...ports]).toEqual(['keep-alive']);
  });

  it('works on its servers side by side', async () => {
    const one = await bench('simotel', { rows: 12 });
    const other = await second(one, 'edge', 12);
    for (const { server } of [one, other]) server.setMode({ delayMs: 20 });
    await applied(both(one, other));
    const span = ({ server }: Bench) => {
      const times = writesTo(server).map(({ at }) => Date.parse(at));
      return [Math.min(...times), Math.max(...times)] as const;
    };
    const [a, b] = [span(one), span(other)];
    expect(a[0]).toBeLessThan(b[1]);
    expect(b[0]).toBeLessThan(a[1]);
  });
});

describe('pause, resume, cancel', () => {
  it.each(kinds)(
    '%s: paused, nothing new begins and what has begun ends; resumed, the rest follows',
    async (kind) => {
      const place = await bench(kind, { rows: 30, size: 30 });
      const { engine, server, ids } = place;
      server.setMode({ delayMs: 25 });
      const run = await begin(place);
      await until('some writes', () => writesTo(server).length >= 8);
      engine.services.runs.pause(run.id, null);
      const begun = writesTo(server).length;
      await until('rest', () =>
        runOf(engine, run.id).rows.every(({ state }) => state === 'waiting' || state === 'done'),
      );
      // Those that had left already when the pause came.
      expect(writesTo(server).length - begun).toBeLessThanOrEqual(4);
      const sent = writesTo(server).length;
      expect(done(place, run.id)).toBe(sent);
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(writesTo(server)).toHaveLength(sent);
      expect(serverOf(runOf(engine, run.id), place.connection)).toMatchObject({
        state: 'paused',
        problem: null,
      });

      engine.services.runs.resume(run.id, null);
      const over = await ended(engine, run.id);
      expect(ids.map((id) => gistOf(over, id))).toEqual(ids.map(() => 'applied'));
      expect(writtenTwice(server)).toEqual([]);
    },
  );

  it('pauses, resumes and cancels one server alone', async () => {
    const one = await bench('simotel', { rows: 20, size: 20 });
    const other = await second(one, 'edge', 20);
    const { engine } = one;
    for (const { server } of [one, other]) server.setMode({ delayMs: 10 });
    const run = await begin(both(one, other));
    engine.services.runs.pause(run.id, one.connection.id);
    await until(
      'the other server’s end',
      () => serverOf(runOf(engine, run.id), other.connection).state === 'done',
    );
    expect(writesTo(one.server)).toEqual([]);
    expect(other.ids.every((id) => has(other, id))).toBe(true);
    engine.services.runs.resume(run.id, one.connection.id);
    await until('some writes', () => writesTo(one.server).length > 3);
    engine.services.runs.cancel(run.id, one.connection.id);
    const over = await ended(engine, run.id);
    for (const id of one.ids) expect(gistOf(over, id)).toBe(has(one, id) ? 'applied' : 'cancelled cancelled');
    expect(over.rows.some(({ result }) => result?.outcome === 'cancelled')).toBe(true);
  });

  it.each(kinds)(
    '%s: cancelled, what has begun ends as it must and the rest is cancelled, unwritten',
    async (kind) => {
      const place = await bench(kind, { rows: 30, size: 30 });
      const { engine, server, ids } = place;
      server.setMode({ delayMs: 15 });
      const run = await begin(place);
      await until('some writes', () => writesTo(server).length >= 7);
      engine.services.runs.cancel(run.id, null);
      const over = await ended(engine, run.id);
      for (const id of ids) {
        const written = writesTo(server, id).length;
        expect(gistOf(over, id)).toBe(written === 1 ? 'applied' : 'cancelled cancelled');
        expect(has(place, id)).toBe(written === 1);
        expect(engine.services.changes.get(recordsOf(place.connection), id) === null).toBe(written === 1);
      }
      expect(over.rows.filter(({ result }) => result?.outcome === 'cancelled').length).toBeGreaterThan(10);
    },
  );

  it('a sleep pauses every run and says so; after it the person goes on', async () => {
    const place = await bench('simotel', { rows: 20, size: 20 });
    const { engine, server } = place;
    server.setMode({ delayMs: 10 });
    const run = await begin(place);
    await until('some writes', () => writesTo(server).length >= 5);
    engine.services.runs.pauseAll('slept');
    expect(serverOf(runOf(engine, run.id), place.connection)).toMatchObject({
      state: 'paused',
      problem: { code: 'slept' },
    });
    engine.services.runs.resume(run.id, null);
    const over = await ended(engine, run.id);
    expect(place.ids.every((id) => gistOf(over, id) === 'applied')).toBe(true);
  });

  it('waits for what has begun before the program ends, and leaves the rest to the next start', async () => {
    const place = await bench('simotel', { rows: 20, size: 20 });
    const { engine, server } = place;
    server.setMode({ delayMs: 20 });
    const run = await begin(place);
    await until('some writes', () => writesTo(server).length >= 6);
    await engine.services.runs.quiet();
    expect(engine.services.journal.open()).toEqual([]);
    expect(runOf(engine, run.id).rows.filter(({ state }) => state === 'waiting').length).toBeGreaterThan(0);
    expect(engine.services.runs.busy).toBe(true);
  });

  it('will not start a second run while one goes on', async () => {
    const place = await bench('simotel', { rows: 10 });
    place.server.setMode({ delayMs: 10 });
    const run = await begin(place);
    await expect(begin(place)).rejects.toMatchObject({ problem: { code: 'busy' } });
    await ended(place.engine, run.id);
    expect(writtenTwice(place.server)).toEqual([]);
  });

  it('a plan applied twice writes nothing twice', async () => {
    const place = await bench('simotel', { rows: 5 });
    const { engine, server } = place;
    const plan = await planOf(engine);
    const ids = plan.rows.map(({ changeId }) => changeId);
    await ended(engine, engine.services.runs.start(plan.id, [...ids, ...ids]).id);
    const again = await ended(engine, engine.services.runs.start(plan.id, ids).id);
    expect(again.rows.map(({ result }) => result?.outcome)).toEqual(ids.map(() => 'skipped'));
    expect(writtenTwice(server)).toEqual([]);
  });
});

describe('a server that is out of reach', () => {
  it.each(kinds)(
    '%s: down when its rows begin, it pauses; the other ends; back again and resumed, it goes on',
    async (kind) => {
      const one = await bench(kind, { rows: 6 });
      const other = await second(one, kind === 'simotel' ? 'edge' : 'simotel', 6);
      const { engine } = one;
      const plan = await planOf(engine);
      await one.server.stop();
      const run = engine.services.runs.start(
        plan.id,
        plan.rows.map(({ changeId }) => changeId),
      );
      await until('the pause', () => serverOf(runOf(engine, run.id), one.connection).state === 'paused');
      expect(serverOf(runOf(engine, run.id), one.connection).problem).toMatchObject({
        code: 'refused',
        params: { host: new URL(one.connection.baseUrl).host },
      });
      await until(
        'the other server’s end',
        () => serverOf(runOf(engine, run.id), other.connection).state === 'done',
      );
      expect(other.ids.every((id) => has(other, id))).toBe(true);
      expect(runOf(engine, run.id).endedAt).toBeNull();
      await one.server.restart();
      engine.services.runs.resume(run.id, one.connection.id);
      const over = await ended(engine, run.id);
      expect([...one.ids, ...other.ids].every((id) => gistOf(over, id) === 'applied')).toBe(true);
      expect(writtenTwice(one.server)).toEqual([]);
    },
  );

  it.each(kinds)(
    '%s: gone in the middle, what was under way is told as it is and the rest waits',
    async (kind) => {
      const place = await bench(kind, { rows: 24, size: 24 });
      const { engine, server, connection, ids } = place;
      server.setMode({ delayMs: 10 });
      const run = await begin(place);
      await until('some writes', () => writesTo(server).length >= 9);
      await server.stop();
      await until('the pause', () => serverOf(runOf(engine, run.id), connection).state === 'paused');
      await until('rest', () =>
        runOf(engine, run.id).rows.every(({ state }) => state === 'waiting' || state === 'done'),
      );
      const atPause = runOf(engine, run.id);
      for (const { result, remoteId } of atPause.rows) {
        if (result?.outcome === 'applied') expect(has(place, remoteId)).toBe(true);
        if (result?.outcome === 'skipped') expect(has(place, remoteId)).toBe(false);
      }
      expect(atPause.rows.some(({ state }) => state === 'waiting')).toBe(true);
      await server.restart();
      engine.services.runs.resume(run.id, null);
      await ended(engine, run.id);
      await until('all decided', () => engine.services.resolver.waiting().size === 0);
      const over = runOf(engine, run.id);
      for (const id of ids) {
        expect(['applied', 'rejected', 'skipped']).toContain(rowOf(over, id).result?.outcome);
        expect(has(place, id)).toBe(rowOf(over, id).result?.outcome === 'applied');
      }
      expect(writtenTwice(server)).toEqual([]);
    },
  );

  it('a server that takes requests and never answers is not sent one row after another', async () => {
    const place = await bench('simotel', { rows: 40, size: 40, draft: { parallel: 4, timeoutMs: 3_000 } });
    const { engine, server } = place;
    server.setMode({ delayMs: 2 });
    const run = await begin(place);
    await until('some writes', () => writesTo(server).length >= 10);
    server.failOn(() => true, 'hangBeforeApply');
    await until('the pause', () => serverOf(runOf(engine, run.id), place.connection).state === 'paused');
    const hung = writesTo(server).filter(({ fault }) => fault === 'hangBeforeApply').length;
    expect(hung).toBeLessThanOrEqual(4);
    await server.clearFaults();
    engine.services.runs.resume(run.id, null);
    await ended(engine, run.id);
    expect(writtenTwice(server)).toEqual([]);
  });

  it('credentials that are cleared in the middle pause the server and name the part; entered again, it goes on', async () => {
    const place = await bench('simotel', { rows: 20, size: 20 });
    const { engine, server, connection } = place;
    server.setMode({ delayMs: 10 });
    const run = await begin(place);
    await until('some writes', () => writesTo(server).length >= 3);
    await engine.services.credentials.clear(connection, 'password');
    await until('the pause', () => serverOf(runOf(engine, run.id), connection).state === 'paused');
    expect(serverOf(runOf(engine, run.id), connection).problem).toMatchObject({
      code: 'credential-missing',
      params: { part: 'password' },
    });
    await engine.services.credentials.set(connection, 'password', 'demo-pbx-password');
    engine.services.runs.resume(run.id, null);
    await ended(engine, run.id);
    await until('all decided', () => engine.services.resolver.waiting().size === 0);
    expect(place.ids.every((id) => has(place, id))).toBe(true);
    expect(runOf(engine, run.id).rows.every(({ result }) => result?.outcome === 'applied')).toBe(true);
    expect(writtenTwice(server)).toEqual([]);
  });
});

describe('findings of a plan', () => {
  it('two rows that want one number, a number that is taken, a swap, a number still taken: none is written', async () => {
    const place = await bench('simotel', { rows: 0, size: 12 });
    const { engine, server, connection } = place;
    const ids = idsOf(server, 10);
    const number = (index: number): string => String(server.record(ids[index] ?? '')?.number);
    const want = (index: number, next: string): void =>
      edit(engine, connection, ids[index] ?? '', 'number', next);
    want(0, '7001');
    want(1, '7001');
    want(2, number(9));
    want(4, number(6));
    want(6, number(4));
    want(7, number(8));
    want(8, '7008');
    const plan = await planOf(engine);
    const found = (index: number) => plan.rows.find(({ remoteId }) => remoteId === ids[index]);
    const codes = (index: number) => found(index)?.findings.map(({ code }) => code);
    expect([0, 1, 2, 4, 6, 7, 8].map(codes)).toEqual([
      ['duplicate-in-plan'],
      ['duplicate-in-plan'],
      ['duplicate-on-server'],
      ['number-swap'],
      ['number-swap'],
      ['number-still-taken'],
      [],
    ]);
    expect([0, 1, 2, 4, 6, 7].map((index) => found(index)?.status)).toEqual(Array(6).fill('invalid'));
    const run = await applied({ engine, ids });
    expect(run.rows.map(({ remoteId }) => remoteId)).toEqual([ids[8]]);
    expect(writesTo(server).map(({ recordId }) => recordId)).toEqual([ids[8]]);
    expect(() =>
      engine.services.runs.start(
        plan.id,
        [found(0)?.changeId ?? found(1)?.changeId].flatMap((id) => id ?? []),
      ),
    ).toThrow();
  });

  it('a forward target that is nowhere warns, and does not keep the row from being written', async () => {
    const place = await bench('simotel', { rows: 0 });
    const { engine, server, connection } = place;
    const [first = ''] = idsOf(server, 1);
    edit(engine, connection, first, 'forward_policy.No Answer', '599');
    const plan = await planOf(engine);
    expect(plan.rows[0]).toMatchObject({
      status: 'ready',
      findings: [{ code: 'target-missing', value: '599', blocking: false }],
    });
    const run = await applied({ engine, ids: [first] });
    expect(gistOf(run, first)).toBe('applied');
    expect(onServer('simotel', server.record(first), 'forward_policy.No Answer')).toBe('599');
  });
});
