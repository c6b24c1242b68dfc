import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { recordsOf } from '../../shared/model/connection';
import type { FaultInput } from '../simulators';
import { tempFolder } from '../support/endings';
import { edit, ended, gistOf, openEngine, rowOf, serverOf, until } from '../support/engine';
import { applied, type Bench, begin, bench, has, wanted, writesTo } from '../support/engine-cases';

/*
 * A server that says "not now". Such a write goes again by itself, under an intent of its own, only after reading has
 * shown that it was not carried out; never more often than set; and nothing else ever does.
 */
const tooMany = (seconds: number): FaultInput => ({ kind: 'tooManyRequests', retryAfterSeconds: seconds });
const unavailable = (headers: Record<string, string> = {}, apply = false): FaultInput => ({
  kind: 'status',
  status: 503,
  headers,
  apply,
});

const entry = z.object({
  seq: z.number(),
  type: z.string(),
  intent_seq: z.number().nullable(),
  outcome: z.string().nullable(),
});

/** What the history says of a record, oldest first: its intents, each with its outcomes. */
function historyOf({ engine }: Bench, id: string): string[][] {
  const sql = 'SELECT seq, type, intent_seq, outcome FROM journal WHERE remote_id = ? ORDER BY seq';
  const rows = z.array(entry).parse(engine.database.prepare(sql).all(id));
  return rows
    .filter(({ type }) => type === 'intent')
    .map(({ seq }) => rows.filter((row) => row.intent_seq === seq).map(({ outcome }) => outcome ?? ''));
}

const run0 = (place: Bench, id: string) => place.engine.services.runs.get(id);

/** Begins, and comes back when the server is waited for. */
async function waiting(place: Bench) {
  const run = await begin(place);
  await until('the wait', () => {
    const now = run0(place, run.id);
    const first = now && rowOf(now, place.ids[0] ?? '');
    return (
      now?.servers[0]?.state === 'waiting' &&
      first?.state === 'waiting' &&
      historyOf(place, place.ids[0] ?? '').length > 0
    );
  });
  return run;
}

describe.each(['simotel', 'edge'] as const)('%s: a write that the server refuses for the moment', (kind) => {
  it.each([
    ['429', tooMany(0)],
    ['503 with Retry-After in seconds', unavailable({ 'retry-after': '0' })],
    ['503 with Retry-After as a date', unavailable({ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' })],
  ])('with %s is sent again under an intent of its own', async (_, fault) => {
    const place = await bench(kind);
    const [first = ''] = place.ids;
    place.server.failOn({ path: '/update', recordId: first }, fault, 1);
    const run = await applied(place);
    expect(place.ids.map((id) => gistOf(run, id))).toEqual(place.ids.map(() => 'applied'));
    expect(historyOf(place, first)).toEqual([['rejected'], ['applied']]);
    expect(writesTo(place.server, first)).toHaveLength(2);
    expect(place.engine.services.changes.get(recordsOf(place.connection), first)).toBeNull();
  });

  it('is sent three times more at most, and then it is rejected', async () => {
    const place = await bench(kind, { rows: 1 });
    const [first = ''] = place.ids;
    place.server.failOn({ path: '/update' }, tooMany(0), 50);
    const run = await applied(place);
    expect(gistOf(run, first)).toBe('rejected rate-limited');
    expect(writesTo(place.server)).toHaveLength(4);
    expect(historyOf(place, first)).toEqual([['rejected'], ['rejected'], ['rejected'], ['rejected']]);
    expect(place.engine.services.changes.get(recordsOf(place.connection), first)).not.toBeNull();
  });
});

it.each([0, 1, 5])('is sent again as often as was set: %s', async (resends) => {
  const place = await bench('simotel', { rows: 1 });
  place.engine.services.applySettings.save({ resends });
  place.server.failOn({ path: '/update' }, tooMany(0), 50);
  await applied(place);
  expect(writesTo(place.server)).toHaveLength(1 + resends);
});

it('a 503 that was carried out all the same is applied, and not written twice', async () => {
  const place = await bench('simotel');
  const [first = ''] = place.ids;
  place.server.failOn({ path: '/update', recordId: first }, unavailable({ 'retry-after': '0' }, true), 1);
  const run = await applied(place);
  expect(gistOf(run, first)).toBe('applied server-error');
  expect(writesTo(place.server, first)).toHaveLength(1);
});

it('a 503 that is carried out late, while the server is waited for, is applied, and not written twice', async () => {
  const place = await bench('simotel');
  const { server, ids } = place;
  const [first = ''] = ids;
  server.failOn({ path: '/update', recordId: first }, unavailable({ 'retry-after': '1' }), 1);
  const run = await waiting(place);
  server.patch(first, { description: wanted(first) });
  const over = await ended(place.engine, run.id);
  expect(ids.map((id) => gistOf(over, id))).toEqual(ids.map(() => 'applied'));
  expect(writesTo(server, first)).toHaveLength(1);
  expect(historyOf(place, first)).toEqual([['rejected', 'applied']]);
  expect(place.engine.services.changes.get(recordsOf(place.connection), first)).toBeNull();
});

it('what somebody else changes meanwhile is not written over', async () => {
  const place = await bench('simotel');
  const { server, ids } = place;
  const [first = '', ...others] = ids;
  server.failOn({ path: '/update', recordId: first }, tooMany(1), 1);
  const run = await waiting(place);
  server.patch(first, { description: 'theirs' });
  const over = await ended(place.engine, run.id);
  expect(gistOf(over, first)).toBe('rejected changed-while-waiting');
  expect(others.map((id) => gistOf(over, id))).toEqual(others.map(() => 'applied'));
  expect(server.record(first)?.description).toBe('theirs');
  expect(writesTo(server, first)).toHaveLength(1);
});

it('what the person types meanwhile is not sent by itself', async () => {
  const place = await bench('simotel');
  const { server, ids, engine, connection } = place;
  const [first = ''] = ids;
  server.failOn({ path: '/update', recordId: first }, tooMany(1), 1);
  const run = await waiting(place);
  edit(engine, connection, first, 'description', 'typed on');
  const over = await ended(engine, run.id);
  expect(rowOf(over, first).result).toMatchObject({
    outcome: 'rejected',
    problem: { code: 'changed-since-plan' },
  });
  expect(writesTo(server, first)).toHaveLength(1);
});

it('cancelled while it waits it stays what it came to: rejected, in the server’s words', async () => {
  const place = await bench('simotel');
  const { server, ids, engine } = place;
  const [first = '', ...others] = ids;
  server.failOn({ path: '/update', recordId: first }, tooMany(60), 1);
  const run = await waiting(place);
  engine.services.runs.cancel(run.id, null);
  const over = await ended(engine, run.id);
  expect(gistOf(over, first)).toBe('rejected rate-limited');
  expect(others.map((id) => gistOf(over, id))).toEqual(others.map(() => 'cancelled cancelled'));
  expect(writesTo(server)).toHaveLength(1);
  expect(historyOf(place, first)).toEqual([['rejected']]);
});

it('paused while it waits it waits on for what is left of the wait when it is let go on', async () => {
  const place = await bench('simotel');
  const { server, ids, engine, connection } = place;
  const [first = ''] = ids;
  server.failOn({ path: '/update', recordId: first }, tooMany(2), 1);
  const run = await waiting(place);
  const until2 = serverOf(run0(place, run.id) ?? run, connection).resumesAt ?? 0;
  engine.services.runs.pause(run.id, null);
  engine.services.runs.resume(run.id, null);
  expect(serverOf(run0(place, run.id) ?? run, connection)).toMatchObject({
    state: 'waiting',
    resumesAt: until2,
  });
  const over = await ended(engine, run.id);
  expect(ids.map((id) => gistOf(over, id))).toEqual(ids.map(() => 'applied'));
  expect(Date.parse(writesTo(server)[1]?.at ?? '')).toBeGreaterThanOrEqual(until2 - 5);
});

it('killed while it waits nothing is sent at the next start; let go on it is, and its times are counted on', async () => {
  const folder = tempFolder();
  const place = await bench('simotel', { rows: 1, folder });
  const { server, ids, engine } = place;
  const [first = ''] = ids;
  server.failOn({ path: '/update' }, tooMany(60), 50);
  await waiting(place);
  engine.close();
  server.clearFaults();
  server.failOn({ path: '/update' }, tooMany(0), 50);
  const next = await openEngine(folder, { keychain: engine.keychain });
  const [run] = next.services.runs.unfinished();
  expect(run && rowOf(run, first)).toMatchObject({ state: 'waiting', result: null });
  expect(writesTo(server)).toHaveLength(1);
  next.services.runs.resume(run?.id ?? '', null);
  const over = await ended(next, run?.id ?? '');
  expect(gistOf(over, first)).toBe('rejected rate-limited');
  expect(writesTo(server)).toHaveLength(4);
  expect(has(place, first)).toBe(false);
  next.close();
});

it.each([
  ['500', { kind: 'status', status: 500 }],
  ['502', { kind: 'status', status: 502, headers: { 'retry-after': '0' } }],
  ['504', { kind: 'status', status: 504 }],
  ['a reset', 'resetBeforeBody'],
  ['a refusal', 'okWithFailure'],
] as const)('%s is never sent again by itself', async (_, fault) => {
  const place = await bench('simotel', { rows: 1 });
  place.server.failOn({ path: '/update' }, fault, 1);
  await applied(place);
  expect(writesTo(place.server)).toHaveLength(1);
});

it('with a password in it, which nobody can read back, it is never sent again', async () => {
  const place = await bench('edge', { rows: 1 });
  const [first = ''] = place.ids;
  edit(place.engine, place.connection, first, 'password', 'Long-Enough-77');
  place.server.failOn({ path: '/update' }, tooMany(0), 1);
  const run = await applied(place);
  expect(gistOf(run, first)).toBe('rejected rate-limited');
  expect(writesTo(place.server)).toHaveLength(1);
});
