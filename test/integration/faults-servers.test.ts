import { describe, expect, it } from 'vitest';
import type { Kind } from '../../shared/catalog';
import {
  edit,
  ended,
  gistOf,
  idsOf,
  inDirectory,
  onServer,
  planOf,
  rowOf,
  serverOf,
  until,
} from '../support/engine';
import {
  applied,
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

const kinds = ['simotel', 'edge'] as const satisfies readonly Kind[];

describe('a server that says one thing and does another', () => {
  it.each(kinds)('%s: success with a dropped field is a rejection that names it', async (kind) => {
    const place = await bench(kind, { rows: 2 });
    place.server.setMode({ dropFields: ['description'] });
    const run = await applied(place);
    for (const id of place.ids) {
      expect(gistOf(run, id)).toBe('rejected not-stored');
      expect(rowOf(run, id).result?.notStored.map(({ field }) => field)).toEqual(['description']);
      expect(has(place, id)).toBe(false);
    }
    expect(writtenTwice(place.server)).toEqual([]);
  });

  it('a field that nobody asked to change pauses the server after its first row and asks; going on asks no more', async () => {
    const place = await bench('simotel', { rows: 6 });
    const { engine, server, connection, ids } = place;
    for (const id of ids) server.patch(id, { call_record: 'yes' });
    server.setMode({ resetFields: ['call_record'] });
    const run = await begin(place);
    await until('the question', () => engine.services.runs.get(run.id)?.servers[0]?.state === 'asking');
    const asked = engine.services.runs.get(run.id);
    expect(asked && serverOf(asked, connection).problem).toMatchObject({
      code: 'side-effect',
      params: { fields: 'call_record' },
    });
    expect(writesTo(server)).toHaveLength(1);
    engine.services.runs.resume(run.id, connection.id);
    const over = await ended(engine, run.id);
    for (const id of ids) {
      expect(gistOf(over, id)).toBe('side-effect side-effect');
      expect(has(place, id)).toBe(true);
      expect(rowOf(over, id).result?.sideEffects.map(({ field }) => field)).toEqual(['call_record']);
    }
    expect(writtenTwice(server)).toEqual([]);
  });

  it('asks again about another field than the one that was gone on with', async () => {
    const place = await bench('simotel', { rows: 8 });
    const { engine, server, connection, ids } = place;
    for (const id of ids) server.patch(id, { call_record: 'yes', nat: 'yes' });
    server.setMode({ resetFields: ['call_record'] });
    const run = await begin(place);
    const asks = (): boolean => engine.services.runs.get(run.id)?.servers[0]?.state === 'asking';
    await until('the first question', asks);
    server.setMode({ resetFields: ['call_record', 'nat'] });
    engine.services.runs.resume(run.id, connection.id);
    await until('the second question', asks);
    expect(engine.services.runs.get(run.id)?.servers[0]?.problem?.params).toEqual({ fields: 'nat' });
    engine.services.runs.resume(run.id, null);
    await ended(engine, run.id);
    expect(writesTo(server)).toHaveLength(8);
  });

  it.each(kinds)(
    '%s: cancelling at the question ends the rows that were not begun, unwritten',
    async (kind) => {
      const place = await bench(kind, { rows: 5 });
      const { engine, server, ids } = place;
      const field = kind === 'simotel' ? 'call_record' : 'company';
      for (const id of ids) server.patch(id, { [field]: kind === 'simotel' ? 'yes' : 'Something' });
      server.setMode({ resetFields: [field] });
      const run = await begin(place);
      await until('the question', () => engine.services.runs.get(run.id)?.servers[0]?.state === 'asking');
      engine.services.runs.cancel(run.id, null);
      const over = await ended(engine, run.id);
      expect(ids.map((id) => gistOf(over, id))).toEqual([
        'side-effect side-effect',
        ...ids.slice(1).map(() => 'cancelled cancelled'),
      ]);
      expect(writesTo(server)).toHaveLength(1);
    },
  );

  it('success on an id that is not there any more is not called applied', async () => {
    const place = await bench('simotel', { simotel: { modes: { unknownIdUpdate: 'silent' } } });
    const { server, ids } = place;
    const [first = ''] = ids;
    server.failOn((request) => {
      if (request.path.endsWith('/update') && request.recordId === first) server.remove(first);
      return false;
    }, 'html');
    const run = await applied(place);
    expect(gistOf(run, first)).toBe('unknown read-back-failed');
    expect(rowOf(run, first).result?.problem?.params).toMatchObject({ reason: 'unknown-record' });
    expect(writtenTwice(server)).toEqual([]);
  });

  it.each(kinds)(
    '%s: a record deleted between reading and writing fails alone, and is written nowhere',
    async (kind) => {
      const place = await bench(kind);
      const { server, ids } = place;
      const [first = '', ...others] = ids;
      server.failOn((request) => {
        if (request.path.endsWith('/update') && request.recordId === first) server.remove(first);
        return false;
      }, 'html');
      const run = await applied(place);
      expect(gistOf(run, first)).toBe(kind === 'simotel' ? 'rejected rejected' : 'rejected unknown-record');
      expect(others.map((id) => gistOf(run, id))).toEqual(['applied', 'applied']);
      expect(server.record(first)).toBeUndefined();
    },
  );

  it.each(kinds)(
    '%s: a record deleted, or changed by somebody, after the plan is skipped without a write',
    async (kind) => {
      const place = await bench(kind, { rows: 4 });
      const { engine, server, ids } = place;
      const plan = await planOf(engine);
      const [gone = '', changed = '', same = '', other = ''] = ids;
      server.remove(gone);
      server.patch(changed, { description: 'by somebody else' });
      server.patch(same, { description: wanted(same) });
      const run = await ended(
        engine,
        engine.services.runs.start(
          plan.id,
          plan.rows.map(({ changeId }) => changeId),
        ).id,
      );
      expect(rowOf(run, gone).result?.problem).toMatchObject({
        code: 'changed-since-plan',
        params: { status: 'missing' },
      });
      expect(rowOf(run, changed).result?.problem?.params).toEqual({ status: 'conflict' });
      expect(rowOf(run, same).result?.problem?.params).toEqual({ status: 'no-op' });
      expect(gistOf(run, other)).toBe('applied');
      expect(onServer(kind, server.record(changed), 'description')).toBe('by somebody else');
      expect(writesTo(server).map(({ recordId }) => recordId)).toEqual([other]);
    },
  );

  it('a number that somebody took after the plan is refused, and told with the number', async () => {
    const place = await bench('simotel', { rows: 1 });
    const { engine, server, connection, ids } = place;
    const [first = ''] = ids;
    const other = idsOf(server, 5)[4] ?? '';
    edit(engine, connection, first, 'number', '7777');
    const plan = await planOf(engine);
    server.patch(other, { number: '7777' });
    const run = await ended(
      engine,
      engine.services.runs.start(
        plan.id,
        plan.rows.map(({ changeId }) => changeId),
      ).id,
    );
    expect(gistOf(run, first)).toBe('rejected duplicate-number');
    expect(rowOf(run, first).result?.problem?.params).toMatchObject({ number: '7777' });
    expect(has(place, first)).toBe(false);
  });

  it('a number that was changed is found again by its new one', async () => {
    const place = await bench('simotel', { rows: 1 });
    const { engine, server, connection, ids } = place;
    const [first = ''] = ids;
    edit(engine, connection, first, 'number', '7777');
    const run = await applied(place);
    expect(gistOf(run, first)).toBe('applied');
    expect(server.record(first)?.number).toBe('7777');
    expect(inDirectory(engine, connection, first, 'number')).toBe('7777');
  });

  it.each(kinds)(
    '%s: its clock, escapes, closed connections and strict types change no outcome',
    async (kind) => {
      const modes = {
        clock: '1999-12-31T23:59:59Z',
        unicodeEscapes: 'yes',
        keepAlive: 'no',
        strictTypes: 'refuse',
      } as const;
      const place = await bench(kind, { rows: 6 });
      const { engine, server, connection, ids } = place;
      const [first = ''] = ids;
      const text = 'گزارش‌های «مدیر» ۱۲۳ ي ك 🙂';
      edit(engine, connection, first, 'description', text);
      server.setMode(modes);
      const run = await applied(place);
      expect(ids.map((id) => gistOf(run, id))).toEqual(ids.map(() => 'applied'));
      expect(server.record(first)?.description).toBe(text);
      expect(ids.slice(1).every((id) => has(place, id))).toBe(true);
    },
  );

  it.each(kinds)(
    '%s: an answer with bytes that are no text is not compared with: the server pauses, nothing is written',
    async (kind) => {
      const place = await bench(kind);
      const { engine, server } = place;
      server.patch(place.ids[0] ?? '', kind === 'simotel' ? { name: 'ثریا' } : { company: 'ثریا' });
      const plan = await planOf(engine);
      // The name is another one now: a person has looked at that.
      engine.services.planner.confirm(
        plan.id,
        plan.rows.map(({ changeId }) => changeId),
      );
      const bad = server.failOn((request) => !request.path.endsWith('/update'), 'badEncoding');
      const run = engine.services.runs.start(
        plan.id,
        plan.rows.map(({ changeId }) => changeId),
      );
      await until('the pause', () => engine.services.runs.get(run.id)?.servers[0]?.state === 'paused');
      expect(engine.services.runs.get(run.id)?.servers[0]?.problem?.code).toBe('unexpected-answer');
      expect(writesTo(server)).toEqual([]);
      bad.clear();
      engine.services.runs.resume(run.id, null);
      const over = await ended(engine, run.id);
      expect(place.ids.map((id) => gistOf(over, id))).toEqual(place.ids.map(() => 'applied'));
    },
  );
});

describe('a server that lets nobody in any more', () => {
  it.each([
    ['credentials revoked', { credentials: 'revoked' }, 'unauthorized'],
    ['another way of logging in', { authMode: 'apikey' }, 'unauthorized-mode'],
    ['the address not permitted', { ipPermitted: 'no' }, 'ip-not-permitted'],
  ] as const)(
    'simotel: %s when the run begins skips all of its rows without a write',
    async (_what, modes, code) => {
      const place = await bench('simotel');
      const plan = await planOf(place.engine);
      place.server.setMode(modes);
      const run = await ended(
        place.engine,
        place.engine.services.runs.start(
          plan.id,
          plan.rows.map(({ changeId }) => changeId),
        ).id,
      );
      for (const id of place.ids) {
        expect(gistOf(run, id)).toBe('skipped stopped-by-server');
        expect(rowOf(run, id).result?.problem?.params).toMatchObject({ reason: code });
      }
      expect(serverOf(run, place.connection).state).toBe('stopped');
      expect(writesTo(place.server)).toEqual([]);
      // Asking once is enough: a refused login that is tried again and again locks the account.
      expect(readsOf(place.server).filter(({ status }) => status >= 400)).toHaveLength(1);
    },
  );

  it('simotel: an update path that is not ticked ends its rows after the first, though reading goes on', async () => {
    const place = await bench('simotel', { rows: 5 });
    place.server.setMode({ deniedPaths: ['/pbx/users/update'] });
    const run = await applied(place);
    const [first = '', ...others] = place.ids;
    expect(gistOf(run, first)).toBe('rejected path-not-ticked');
    expect(others.map((id) => gistOf(run, id))).toEqual(others.map(() => 'skipped stopped-by-server'));
    expect(writesTo(place.server)).toHaveLength(1);
  });

  it('simotel: a server of another API version is told once', async () => {
    const place = await bench('simotel', { rows: 5 });
    place.server.setMode({ missingPaths: ['/pbx/users/update'] });
    const run = await applied(place);
    expect(gistOf(run, place.ids[0] ?? '')).toBe('rejected version-mismatch');
    expect(writesTo(place.server)).toHaveLength(1);
  });

  it('a token that expires halfway skips the rest of that server; the other server goes on to its end', async () => {
    const place = await bench('edge', { rows: 10 });
    const { engine, server: panel, ids } = place;
    const pbx = await startServer('simotel', { size: 12 });
    const second = await joined(engine, 'simotel', pbx);
    const pbxIds = idsOf(pbx, 10);
    for (const id of pbxIds) edit(engine, second, id, 'description', wanted(id));
    const plan = await planOf(engine);
    panel.clearLog();
    const soFar = plan.rows.length;
    expect(soFar).toBe(20);
    // Counted from the start of the server: its log tells how many requests it has let in.
    let let_in = 0;
    panel.failOn(
      (request) => {
        let_in += 1;
        return let_in > 7 && request.path !== '';
      },
      {
        kind: 'status',
        status: 401,
        contentType: 'application/json',
        body: JSON.stringify({
          data: null,
          meta: { status: false, message: 'x', message_code: '400-1', errors: {} },
        }),
      },
    );
    const at = (id: string): number => [...ids, ...pbxIds].indexOf(id);
    const rows = [...plan.rows].sort((a, b) => at(a.remoteId) - at(b.remoteId));
    const run = await ended(
      engine,
      engine.services.runs.start(
        plan.id,
        rows.map(({ changeId }) => changeId),
      ).id,
    );
    expect(pbxIds.map((id) => gistOf(run, id))).toEqual(pbxIds.map(() => 'applied'));
    expect(serverOf(run, second).state).toBe('done');
    expect(serverOf(run, place.connection).state).toBe('stopped');
    const words = ids.map((id) => gistOf(run, id));
    expect(words).toContain('skipped stopped-by-server');
    // What was accepted and could not be read back is not called applied.
    for (const id of ids) {
      const word = gistOf(run, id);
      if (word === 'applied') expect(has(place, id)).toBe(true);
      if (word.startsWith('skipped') || word.startsWith('rejected')) expect(has(place, id)).toBe(false);
      if (word.startsWith('skipped')) expect(writesTo(panel, id)).toEqual([]);
    }
    expect(writtenTwice(panel)).toEqual([]);
  });

  it('the panel’s own expiry of a token does the same', async () => {
    const place = await bench('edge', { rows: 8 });
    const { engine, server } = place;
    const plan = await planOf(engine);
    // Two to six requests on: in the middle of the rows whatever was asked before.
    for (let spent = 1; spent <= 40; spent += 1) {
      server.setMode({ ...server.modes(), ...{ tokenExpiresAfter: spent } });
      const asked = await fetch(`${server.url}/v1/api/user/list?page=1&per_page=1`, {
        headers: { authorization: 'demo-edge-token-0001' },
      });
      if (asked.status === 200) {
        server.setMode({ ...server.modes(), ...{ tokenExpiresAfter: spent + 5 } });
        break;
      }
    }
    const run = await ended(
      engine,
      engine.services.runs.start(
        plan.id,
        plan.rows.map(({ changeId }) => changeId),
      ).id,
    );
    const words = place.ids.map((id) => gistOf(run, id));
    expect(words).toContain('skipped stopped-by-server');
    expect(words.filter((word) => word !== 'skipped stopped-by-server').length).toBeGreaterThan(0);
    expect(writtenTwice(server)).toEqual([]);
  });
});

describe('a server that asks for patience', () => {
  it.each([
    ['simotel', 'seconds'],
    ['simotel', 'date'],
    ['edge', 'seconds'],
    ['edge', 'date'],
  ] as const)(
    '%s: 429 with Retry-After as %s is waited for, and the rest goes on by itself',
    async (kind, form) => {
      const place = await bench(kind, { rows: 6 });
      const { engine, server, connection, ids } = place;
      const [first = '', ...others] = ids;
      // Dates have whole seconds: two of them are at least one.
      const seconds = form === 'date' ? 2 : 1;
      server.failOn(
        { path: '/update', recordId: first },
        { kind: 'tooManyRequests', retryAfterSeconds: seconds, form },
        1,
      );
      const run = await begin(place);
      await until('the wait', () => engine.services.runs.get(run.id)?.servers[0]?.state === 'waiting');
      const waiting = engine.services.runs.get(run.id);
      const resumes = waiting ? (serverOf(waiting, connection).resumesAt ?? 0) : 0;
      expect(resumes).toBeGreaterThan(Date.now());
      const sent = writesTo(server).length;
      expect(sent).toBe(1);
      const over = await ended(engine, run.id);
      expect(gistOf(over, first)).toBe('applied');
      expect(writesTo(server, first)).toHaveLength(2);
      expect(others.map((id) => gistOf(over, id))).toEqual(others.map(() => 'applied'));
      const second = writesTo(server)[1];
      expect(Date.parse(second?.at ?? '')).toBeGreaterThanOrEqual(resumes - 5);
      // Once asked for patience, one at a time.
      expect(
        Math.max(
          ...writesTo(server)
            .slice(1)
            .map(({ concurrent }) => concurrent),
        ),
      ).toBe(1);
      expect(has(place, first)).toBe(true);
    },
  );

  it('waits also where a 429 says nothing of how long', async () => {
    const place = await bench('simotel', { rows: 6 });
    const { engine, server, ids } = place;
    server.failNext({ kind: 'tooManyRequests', form: 'none' }, { path: '/update' });
    const run = await begin(place);
    await until('the wait', () => engine.services.runs.get(run.id)?.servers[0]?.state === 'waiting');
    const over = await ended(engine, run.id);
    expect(ids.map((id) => gistOf(over, id))).toEqual(ids.map(() => 'applied'));
  });

  it('a person’s pause outlasts the wait that a server asks for', async () => {
    const place = await bench('simotel', { rows: 6 });
    const { engine, server, ids } = place;
    const [first = ''] = ids;
    const slow = server.failOn(
      (request) => {
        if (request.path.endsWith('/update') && request.recordId === first) engine.services.runs.pauseAll();
        return request.path.endsWith('/update') && request.recordId === first;
      },
      { kind: 'tooManyRequests', retryAfterSeconds: 0 },
      1,
    );
    const run = await begin(place);
    await until(
      'the pause',
      () =>
        slow.hits() === 1 &&
        rowOf(engine.services.runs.get(run.id) ?? run, first).state === 'waiting' &&
        engine.services.runs.get(run.id)?.servers[0]?.state === 'paused',
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(engine.services.runs.get(run.id)?.servers[0]).toMatchObject({ state: 'paused', problem: null });
    expect(writesTo(server)).toHaveLength(1);
    engine.services.runs.resume(run.id, null);
    const over = await ended(engine, run.id);
    expect(ids.map((id) => gistOf(over, id))).toEqual(ids.map(() => 'applied'));
  });
});
