import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { RunStore } from '../../electron/apply/run-store';
import { Sealer } from '../../electron/storage/sealing';
import { recordsOf } from '../../shared/model/connection';
import type { Json } from '../../shared/model/json';
import type { EdgeSimulator, SimotelSimulator } from '../simulators';
import {
  apply,
  connect,
  type House,
  journalRows,
  makePlan,
  ok,
  openHouse,
  planAndApply,
  type,
} from '../support/house';
import { reopened } from '../support/office';
import { idOf, panel, pbx } from '../support/servers';

interface Place {
  readonly house: House;
  readonly server: SimotelSimulator | EdgeSimulator;
  readonly id: string;
  readonly connection: Awaited<ReturnType<typeof connect>>;
}

/** A server whose first record has these fields. */
async function placeWith(kind: 'simotel' | 'edge', fields: Record<string, Json>): Promise<Place> {
  const house = await openHouse();
  const clears = { modes: { expireClear: 'both' } } as const;
  const server = kind === 'simotel' ? await pbx({ size: 3 }) : await panel({ size: 3, ...clears });
  const id = idOf(server, 0);
  server.patch(id, fields);
  const connection = await connect(house, kind, server, { timeoutMs: 8_000 });
  return { house, server, id, connection };
}

const firstIntent = ({ house }: Place): number =>
  journalRows(house.database).find((row) => row.type === 'intent')?.seq ?? 0;

/** What a server has is overwritten, and the entry taken back. @returns the plan of going back, before it was applied */
async function thereAndBack(kind: 'simotel' | 'edge', field: string, had: Json, next: string) {
  const place = await placeWith(kind, { [field]: had });
  await type(place.house, place.connection, place.id, field, next);
  const run = await planAndApply(place.house);
  expect(run.rows[0]?.result?.outcome).toBe('applied');
  const report = await ok(place.house.ask.journal.revert({ seq: firstIntent(place), fields: null }));
  expect(report).toMatchObject({ fields: 1, left: [] });
  const plan = await makePlan(place.house);
  const back = await apply(place.house, plan);
  expect(back.rows[0]?.result?.outcome).toBe('applied');
  expect(place.server.record(place.id)?.[field]).toStrictEqual(had);
  return plan;
}

describe('what a server had goes back exactly as it was, with a warning, although nobody could type it today:', () => {
  it.each<[string, string, string, string]>([
    ['an e-mail field with n/a in it', 'email', 'n/a', 'new@example.ir'],
    ['a NAT mode of an older version', 'nat', 'never', 'yes'],
    ['a caller ID with letters', 'cid_number', 'Reception', '021'],
    ['a call limit in words', 'call_limit', 'unlimited', '2'],
    ['a choice left empty', 'nat', '', 'yes'],
    ['an address with spaces around it', 'email', ' a@example.ir ', 'new@example.ir'],
    ['a control character', 'cid_number', '021\u0007', '021'],
  ])('%s', async (_, field, had, next) => {
    const plan = await thereAndBack('simotel', field, had, next);
    expect(plan.rows[0]?.findings).toMatchObject([{ code: 'returned-unchecked', field, blocking: false }]);
    expect(plan.rows[0]?.fields[0]).toMatchObject({ verdict: 'ready', problem: null });
  });

  it('no expiry, where the panel takes that back', async () => {
    const plan = await thereAndBack('edge', 'expire_time', null, '2031-05-01');
    expect(plan.rows[0]?.findings).toMatchObject([{ code: 'returned-unchecked', field: 'expire_time' }]);
  });

  it('a value whose characters cannot be seen', async () => {
    await thereAndBack('simotel', 'name', '\u200eAli\u2060\u200b', 'Ali');
  });

  it.each<[string, Json]>([
    ['a number where a text belongs', 5],
    ['a list where a text belongs', ['a', 'b']],
    ['an object where a text belongs', { old: 'form' }],
    ['nothing at all', null],
  ])('%s, in the form that the server told it in', async (_, had) => {
    const place = await placeWith('simotel', { description: had });
    await type(place.house, place.connection, place.id, 'description', 'typed');
    await planAndApply(place.house);
    await ok(place.house.ask.journal.revert({ seq: firstIntent(place), fields: null }));
    const [row] = (await makePlan(place.house)).rows;
    expect(JSON.parse(row?.request?.body ?? '{}').description).toStrictEqual(had);
  });
});

it('whatever text a server had in a field that is checked, it goes back to the letter', async () => {
  const place = await placeWith('simotel', {});
  const { house, server, id, connection } = place;
  const any = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((text) => !/^\*+$/.test(text));
  const fields = fc.constantFrom(
    ['email', 'typed@example.ir'],
    ['nat', 'yes'],
    ['cid_number', '021'],
    ['call_limit', '2'],
    ['secret', 'Typed-Secret-9'],
  );
  await fc.assert(
    fc.asyncProperty(fields, any, async ([field = '', next = ''], had) => {
      fc.pre(had !== next);
      server.patch(id, { [field]: had });
      await ok(house.ask.directory.sync({ connectionId: connection.id }));
      await type(house, connection, id, field, next);
      await planAndApply(house);
      expect(server.record(id)?.[field]).toBe(next);
      const seq = journalRows(house.database).findLast((row) => row.type === 'intent')?.seq ?? 0;
      await ok(house.ask.journal.revert({ seq, fields: null }));
      await planAndApply(house);
      expect(server.record(id)?.[field]).toBe(had);
    }),
    { numRuns: 25 },
  );
});

describe('only what the history knows is let through:', () => {
  it('the same kind of value typed by a person is held back', async () => {
    const place = await placeWith('simotel', { email: 'n/a' });
    const { house, connection, id } = place;
    await type(house, connection, id, 'email', 'new@example.ir');
    await planAndApply(house);
    await type(house, connection, id, 'email', 'n/a');
    expect((await makePlan(house)).rows[0]).toMatchObject({ status: 'invalid' });
  });

  it('typing over what was taken back makes it typed again', async () => {
    const place = await placeWith('simotel', { email: 'n/a' });
    const { house, connection, id } = place;
    await type(house, connection, id, 'email', 'new@example.ir');
    await planAndApply(house);
    await ok(house.ask.journal.revert({ seq: firstIntent(place), fields: null }));
    const change = house.services.changes.get(recordsOf(connection), id);
    expect(change?.fields[0]).toMatchObject({ next: 'n/a', problem: null, returned: true });
    const typed = await type(house, connection, id, 'email', 'n/a!');
    expect(typed?.fields[0]).toMatchObject({ problem: { code: 'not-email' } });
    expect(typed?.fields[0]).not.toHaveProperty('returned');
    expect((await makePlan(house)).rows[0]).toMatchObject({ status: 'invalid', findings: [] });
  });

  it('an edit that says that it goes back, where the history says nothing of the kind, is checked', async () => {
    const place = await placeWith('simotel', { email: 'n/a' });
    const { house, connection, id } = place;
    await type(house, connection, id, 'email', 'new@example.ir');
    await planAndApply(house);
    await ok(house.ask.journal.revert({ seq: firstIntent(place), fields: null }));
    house.database.exec("UPDATE change_fields SET next = 'never there'");
    expect((await makePlan(house)).rows[0]).toMatchObject({ status: 'invalid' });
  });
});

it('a whole order and a whole moment go back in the same way', async () => {
  const place = await placeWith('simotel', { email: 'n/a', nat: 'never', cid_number: 'Reception' });
  const { house, server, id, connection } = place;
  const had = { ...server.record(id) };
  for (const [field, next] of [
    ['email', 'new@example.ir'],
    ['nat', 'yes'],
    ['cid_number', '021'],
  ] as const)
    await type(house, connection, id, field, next);
  const run = await planAndApply(house);
  const { workOrderId } = run;
  expect(await ok(house.ask.journal.revertWorkOrder({ workOrderId }))).toMatchObject({ fields: 3, left: [] });
  await planAndApply(house);
  expect(server.record(id)).toStrictEqual(had);

  await type(house, connection, id, 'email', 'again@example.ir');
  await planAndApply(house);
  expect(await ok(house.ask.journal.revertTo({ seq: firstIntent(place), side: 'before' }))).toMatchObject({
    fields: 1,
    left: [],
  });
  await planAndApply(house);
  expect(server.record(id)).toStrictEqual(had);
});

it('a run that was cut off knows what it puts back when it is taken up', async () => {
  const place = await placeWith('simotel', { email: 'n/a' });
  const { house, server, connection, id } = place;
  await type(house, connection, id, 'email', 'new@example.ir');
  await planAndApply(house);
  await ok(house.ask.journal.revert({ seq: firstIntent(place), fields: null }));
  const plan = await makePlan(house);
  // Killed before its first row began: what was confirmed is on the disk, and nothing else.
  const held = house.services.planner.get(plan.id);
  const sealer = new Sealer();
  sealer.useKey(Buffer.from(house.keychain.entries.get('sealing-key') ?? '', 'base64'));
  new RunStore(house.database, sealer).create(plan.workOrderId, [...held.rows.values()]);
  const next = await reopened(house);
  next.services.recover();
  const [run] = await ok(next.ask.apply.unfinished());
  await ok(next.ask.apply.resume({ runId: run?.id ?? '', connectionId: null }));
  await vi.waitUntil(() => server.record(id)?.email === 'n/a', { timeout: 60_000 });
});

describe('a whole order that is taken back', () => {
  it('is shown before it is prepared, and goes into an order of its own, which the report names', async () => {
    const place = await placeWith('simotel', { email: 'n/a' });
    const { house, connection, id } = place;
    await type(house, connection, id, 'email', 'new@example.ir');
    await type(house, connection, id, 'secret', 'Typed-Secret-9');
    const { workOrderId } = await planAndApply(house);
    const of = { what: 'order', workOrderId } as const;
    const preview = await ok(house.ask.journal.revertPreview({ of, offset: 0, limit: 1 }));
    expect(preview).toMatchObject({ records: 1, total: 2, left: [], current: { number: 2, isNew: true } });
    const rest = await ok(house.ask.journal.revertPreview({ of, offset: 1, limit: 50 }));
    expect([...preview.lines, ...rest.lines].map(({ field }) => field)).toHaveLength(2);
    expect(JSON.stringify(preview) + JSON.stringify(rest)).not.toContain('Typed-Secret-9');
    expect(await ok(house.ask.workOrders.list())).toHaveLength(1);

    const own = { own: 'Revert of WO-1' };
    const report = await ok(house.ask.journal.revertWorkOrder({ workOrderId, into: own }));
    expect(report).toMatchObject({
      changes: 1,
      fields: 2,
      into: { number: 2, name: 'Revert of WO-1', changes: 1 },
    });
    expect((await ok(house.ask.workOrders.current())).id).toBe(report.into?.id);
  });

  it('leaves what is prepared in the current order where it is; into that it goes only where a person says so', async () => {
    const place = await placeWith('simotel', {});
    const { house, connection, id, server } = place;
    await type(house, connection, id, 'email', 'new@example.ir');
    const { workOrderId } = await planAndApply(house);
    await type(house, connection, idOf(server, 1), 'email', 'other@example.ir');
    const before = await ok(house.ask.workOrders.current());
    const report = await ok(house.ask.journal.revertWorkOrder({ workOrderId }));
    expect(report.into?.id).not.toBe(before.id);
    expect(house.services.changes.list(null, before.id).map(({ remoteId }) => remoteId)).toEqual([
      idOf(server, 1),
    ]);

    await ok(house.ask.workOrders.makeCurrent({ workOrderId: before.id }));
    const into = 'current' as const;
    await ok(house.ask.journal.revertWorkOrder({ workOrderId, into }));
    expect(house.services.changes.list(null, before.id)).toHaveLength(2);
  });

  it('of which nothing can be taken back makes no order', async () => {
    const place = await placeWith('edge', {});
    const { house, connection, id } = place;
    await type(house, connection, id, 'password', 'Long-Enough-77');
    const { workOrderId } = await planAndApply(house);
    expect(await ok(house.ask.journal.revertWorkOrder({ workOrderId }))).toMatchObject({
      changes: 0,
      left: [{}],
    });
    expect(await ok(house.ask.workOrders.list())).toHaveLength(1);
  });
});
