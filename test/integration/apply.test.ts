import { DatabaseSync } from '@photostructure/sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../shared/model/connection';
import { everything } from '../../shared/model/journal';
import type { FaultInput, SimotelSimulator } from '../simulators';
import { atEnd } from '../support/endings';
import {
  apply,
  applyUntilHalt,
  changesIn,
  connect,
  gist,
  type House,
  journalRows,
  makePlan,
  ok,
  planAndApply,
  refused,
  resultOf,
  type as typeInto,
} from '../support/house';
import { office, reopened } from '../support/office';
import { arrives, idOf, panel, reads, writes } from '../support/servers';

let house: House;
let server: SimotelSimulator;
let connection: Connection;
let id: string;

beforeEach(async () => {
  ({ house, server, connection } = await office({}, { timeoutMs: 10_000 }));
  id = idOf(server, 0);
});

/** Every intent has exactly one outcome of its run. */
function expectOneOutcomeEach(): void {
  const rows = journalRows(house.database);
  const intents = rows.filter((row) => row.type === 'intent');
  for (const intent of intents) expect(rows.filter((row) => row.intent_seq === intent.seq)).toHaveLength(1);
}

const left = async (remoteId = id) =>
  ((await ok(house.ask.changes.get({ connectionId: connection.id, remoteId })))?.fields ?? []).map(
    ({ field }) => field,
  );
const historyOf = async (remoteId = id) =>
  (
    await ok(
      house.ask.journal.page({
        ...everything,
        remoteId,
        before: null,
        limit: 50,
      }),
    )
  ).items;

describe('a row that the server stores', () => {
  it('is applied: on the server, in the journal, in the directory, and no prepared edit any more', async () => {
    const before = server.record(id);
    await typeInto(house, connection, id, 'name', 'سارا');
    await typeInto(house, connection, id, 'forward_policy.No Answer', '00989');
    const run = await planAndApply(house);
    expect(run.rows).toMatchObject([{ state: 'done' }]);
    expect(resultOf(run, id)).toEqual({
      outcome: 'applied',
      problem: null,
      notStored: [],
      sideEffects: [],
      unverifiable: [],
    });
    expect(server.record(id)).toEqual({
      ...before,
      name: 'سارا',
      forward_policy: { ...Object(before?.forward_policy), 'No Answer': '00989' },
    });
    expect(await left()).toEqual([]);
    const record = await ok(house.ask.directory.record({ connectionId: connection.id, remoteId: id }));
    expect(record.fields.name).toBe('سارا');
    expect(await historyOf()).toMatchObject([
      {
        type: 'write',
        outcome: 'applied',
        connectionName: 'PBX',
        site: 'Site',
        workOrder: 'WO-1',
        actor: 'tester@bench',
        fields: [
          { field: 'name', before: before?.name, after: 'سارا' },
          { field: 'forward_policy.No Answer', after: '00989' },
        ],
      },
    ]);
    expectOneOutcomeEach();
  });

  it('is sent once, between a reading before and one after', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    const plan = await makePlan(house);
    server.clearLog();
    await apply(house, plan);
    expect(server.log.map((entry) => entry.path.split('/').at(-1))).toEqual(['search', 'update', 'search']);
  });

  it('keeps every field that the catalog does not know, and sends no date, queues or masked secret', async () => {
    server.setMode({ secretOnRead: 'masked', acceptsDateQueues: 'fail' });
    server.patch(id, { custom: { deep: ['x', { y: 1 }] }, queues: ['sales'], secret: 'real-secret' });
    const before = server.record(id);
    await typeInto(house, connection, id, 'name', 'Sara');
    expect(gist(resultOf(await planAndApply(house), id))).toBe('applied');
    const sent = JSON.parse(writes(server)[0]?.body ?? '{}');
    expect(Object.keys(sent)).toContain('custom');
    for (const never of ['date', 'queues', 'secret']) expect(Object.keys(sent)).not.toContain(never);
    expect(server.record(id)).toEqual({ ...before, name: 'Sara' });
  });

  it('finds itself again under its new number', async () => {
    await typeInto(house, connection, id, 'number', '0777');
    expect(gist(resultOf(await planAndApply(house), id))).toBe('applied');
    expect(server.record(id)?.number).toBe('0777');
  });

  it('has its secret on the server and in no answer, event or entry', async () => {
    await typeInto(house, connection, id, 'secret', 'CANARY-typed');
    expect(gist(resultOf(await planAndApply(house), id))).toBe('applied');
    expect(server.record(id)?.secret).toBe('CANARY-typed');
    expect(await historyOf()).toMatchObject([
      { fields: [{ field: 'secret', before: { secret: 'set' }, after: { secret: 'set' } }] },
    ]);
    expect(house.seen() + JSON.stringify(journalRows(house.database))).not.toContain('CANARY');
  });

  it('is not called unstored where the server shows a secret as asterisks only: it cannot be compared', async () => {
    server.setMode({ secretOnRead: 'masked' });
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    await typeInto(house, connection, id, 'secret', 'new-secret-1');
    const result = resultOf(await planAndApply(house), id);
    expect(result).toMatchObject({ outcome: 'applied', unverifiable: ['secret'], notStored: [] });
    expect(server.record(id)?.secret).toBe('new-secret-1');
    expect(await left()).toEqual([]);
  });

  it('takes the edits that were on the server already along', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    await typeInto(house, connection, id, 'description', 'Hall');
    server.patch(id, { description: 'Hall' });
    const run = await planAndApply(house);
    expect(gist(resultOf(run, id))).toBe('applied');
    expect(await left()).toEqual([]);
    // Only what differed was asked for.
    expect((await historyOf())[0]?.fields.map(({ field }) => field)).toEqual(['name']);
  });
});

/** Lets only one write be under way at a time, so that "the next" means something. */
async function oneByOne(of: Connection): Promise<void> {
  const { id: connectionId, createdAt: _created, updatedAt: _updated, ...draft } = of;
  await ok(house.ask.connections.update({ connectionId, draft: { ...draft, parallel: 1 } }));
}

describe('a row that the server refuses', () => {
  it('is rejected with the reason, stays prepared, and does not stop the next', async () => {
    const other = idOf(server, 1);
    await typeInto(house, connection, id, 'number', '7777');
    await typeInto(house, connection, other, 'name', 'Sara');
    const before = server.record(id);
    const plan = await makePlan(house);
    // The plan finds a number that is taken; somebody takes this one afterwards.
    server.patch(idOf(server, 2), { number: '7777' });
    const run = await apply(house, plan);
    expect(gist(resultOf(run, id))).toBe('rejected duplicate-number');
    expect(resultOf(run, id).problem?.serverMessage).toBe('This number already exists');
    expect(gist(resultOf(run, other))).toBe('applied');
    expect(server.record(id)).toEqual(before);
    expect(await left()).toEqual(['number']);
    expectOneOutcomeEach();
  });

  it('is rejected where it says success and drops a field, which is named with what is there', async () => {
    server.setMode({ dropFields: ['email'] });
    const email = String(server.record(id)?.email);
    await typeInto(house, connection, id, 'email', 'sara@example.ir');
    await typeInto(house, connection, id, 'name', 'Sara');
    const result = resultOf(await planAndApply(house), id);
    expect(result).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'not-stored', params: { fields: 'email' } },
      notStored: [{ field: 'email', before: 'sara@example.ir', after: email }],
    });
    // What was stored is done; what was not stays prepared.
    expect(server.record(id)?.name).toBe('Sara');
    expect(await left()).toEqual(['email']);
  });

  it('is rejected where it says failure with HTTP 200', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    server.failNext('okWithFailure', { path: '/update' });
    expect(gist(resultOf(await planAndApply(house), id))).toBe('rejected rejected');
    expect(await left()).toEqual(['name']);
  });

  it('is applied where it says failure and the record says otherwise', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    server.failNext({ kind: 'okWithFailure', apply: true }, { path: '/update' });
    expect(gist(resultOf(await planAndApply(house), id))).toBe('applied rejected');
    expect(await left()).toEqual([]);
  });
});

describe('a side effect', () => {
  it('of a field that falls to its default is said and named, with both values', async () => {
    server.patch(id, { context: 'sales_routing' });
    server.setMode({ resetFields: ['context'] });
    await typeInto(house, connection, id, 'name', 'Sara');
    const result = resultOf(await planAndApply(house), id);
    expect(result).toMatchObject({
      outcome: 'side-effect',
      problem: { code: 'side-effect', params: { fields: 'context' } },
      sideEffects: [{ field: 'context', before: 'sales_routing', after: 'main_routing' }],
    });
    expect(await left()).toEqual([]);
    expect(await historyOf()).toMatchObject([
      { outcome: 'side-effect', result: { sideEffects: [{ field: 'context' }] } },
    ]);
  });

  it('of fields left out, where only changed ones were sent, names each; the full record has none', async () => {
    server.setMode({ updateOmitted: 'reset' });
    server.patch(id, { description: 'Hall', email: 'a@b.ir', secret: 'CANARY-live', custom: 'kept' });
    const changed = await connect(house, 'simotel', server, { writeMode: 'changed', name: 'Changed only' });
    await typeInto(house, changed, id, 'name', 'Sara');
    const result = resultOf(await planAndApply(house, changed), id);
    expect(result.outcome).toBe('side-effect');
    expect(result.sideEffects.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['description', 'email', 'secret', 'custom']),
    );
    expect(result.sideEffects).toContainEqual({
      field: 'secret',
      before: { secret: 'set' },
      after: { secret: 'empty' },
    });
    expect(house.seen()).not.toContain('CANARY');

    const other = idOf(server, 1);
    const before = server.record(other);
    await typeInto(house, connection, other, 'name', 'Mina');
    expect(gist(resultOf(await planAndApply(house, connection), other))).toBe('applied');
    expect(server.record(other)).toEqual({ ...before, name: 'Mina' });
  });

  it('inside a field that no catalog knows shows and keeps no secret that is in it', async () => {
    server.patch(id, { web_phone: { layout: 'x', sip_password: 'CANARY-before' } });
    server.setMode({ resetFields: ['web_phone'] });
    await typeInto(house, connection, id, 'name', 'Sara');
    const result = resultOf(await planAndApply(house), id);
    expect(result).toMatchObject({ outcome: 'side-effect', sideEffects: [{ field: 'web_phone' }] });
    expect(
      house.seen() + JSON.stringify(await historyOf()) + JSON.stringify(journalRows(house.database)),
    ).not.toContain('CANARY');
  });

  it('of a panel write that was refused leaves the new password prepared', async () => {
    const users = await panel();
    const tenant = await connect(house, 'edge', users);
    const user = idOf(users, 0);
    await typeInto(house, tenant, user, 'password', 'Str0ng!pass');
    const plan = await makePlan(house, tenant);
    // Another administrator at the same moment.
    void arrives(users, ({ path }) => path.endsWith('/update')).then(() =>
      users.patch(user, { company: 'Other' }),
    );
    users.failNext({ kind: 'status', status: 422, body: '{"meta":{"status":false}}' }, { path: '/update' });
    expect(resultOf(await apply(house, plan), user).outcome).toBe('side-effect');
    const change = await ok(house.ask.changes.get({ connectionId: tenant.id, remoteId: user }));
    expect(change?.fields.map(({ field }) => field)).toEqual(['password']);
  });
});

describe('an answer that does not come', () => {
  const applied: FaultInput[] = [
    'resetAfterApply',
    'hangAfterApply',
    'resetMidBody',
    'truncatedJson',
    'emptyBody',
  ];
  for (const fault of applied)
    it(`is decided by reading: applied (${JSON.stringify(fault)})`, async () => {
      await typeInto(house, connection, id, 'name', 'Sara');
      const plan = await makePlan(house);
      server.clearLog();
      server.failNext(fault, { path: '/update' });
      const result = resultOf(await apply(house, plan), id);
      expect(result.outcome).toBe('applied');
      // Why it had to be read is said.
      expect(result.problem?.code).toMatch(/^(reset|timeout|bad-json)$/);
      expect(server.record(id)?.name).toBe('Sara');
      expect(writes(server)).toHaveLength(1);
      expect(await left()).toEqual([]);
    });

  it('stays unknown where the server may still be at it, and a later reading decides by itself', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    const plan = await makePlan(house);
    server.clearLog();
    server.failNext('hangBeforeApply', { path: '/update' });
    const run = await apply(house, plan);
    expect(gist(resultOf(run, id))).toBe('unknown timeout');
    await house.when(
      ({ name, payload }) =>
        name === 'applyProgress' && payload.rows.some(({ result }) => result?.outcome === 'rejected'),
    );
    expect(await historyOf()).toMatchObject([{ outcome: 'rejected' }]);
    expect(writes(server)).toHaveLength(1);
    expect(await left()).toEqual(['name']);
  });

  const notApplied: FaultInput[] = ['resetBeforeBody', 'html', { kind: 'status', status: 500 }];
  for (const fault of notApplied)
    it(`is decided by reading: not applied, and nothing is sent again (${JSON.stringify(fault)})`, async () => {
      const before = server.record(id);
      await typeInto(house, connection, id, 'name', 'Sara');
      const plan = await makePlan(house);
      server.clearLog();
      server.failNext(fault, { path: '/update' });
      const result = resultOf(await apply(house, plan), id);
      expect(result.outcome).toBe('rejected');
      expect(result.problem?.code).toMatch(/^(reset|html-answer|server-error)$/);
      expect(result.notStored).toMatchObject([{ field: 'name', before: 'Sara', after: before?.name }]);
      expect(writes(server)).toHaveLength(1);
      expect(server.record(id)).toEqual(before);
      expect(await left()).toEqual(['name']);
    });

  it('is unknown where the record cannot be read either, whatever the answer was', async () => {
    for (const [index, fault] of ([undefined, 'resetAfterApply', 'resetBeforeBody'] as const).entries()) {
      const remoteId = idOf(server, index);
      await typeInto(house, connection, remoteId, 'name', `Sara ${index}`);
      const plan = await makePlan(house);
      const updated = arrives(server, ({ path }) => path.endsWith('/update'));
      if (fault) server.failNext(fault, { path: '/update' });
      void updated.then(() => server.failNext('resetBeforeBody', { path: '/search' }, 1_000));
      const result = resultOf(await apply(house, plan), remoteId);
      expect(gist(result)).toBe(`unknown ${fault ? 'answer-lost' : 'read-back-failed'}`);
      expect(result.problem?.params.reason).toBe('reset');
      expect(await left(remoteId)).toEqual(['name']);
      await server.clearFaults();
    }
    expectOneOutcomeEach();
  });

  it('is not called applied where the server takes a write to a record that it has no more', async () => {
    server.setMode({ unknownIdUpdate: 'silent' });
    await typeInto(house, connection, id, 'name', 'Sara');
    const plan = await makePlan(house);
    void arrives(server, ({ path }) => path.endsWith('/update')).then(() => server.remove(id));
    server.failNext({ kind: 'delay', beforeMs: 50 }, { path: '/update' });
    const result = resultOf(await apply(house, plan), id);
    expect(gist(result)).toBe('unknown read-back-failed');
    expect(result.problem?.params.reason).toBe('unknown-record');
    expect(await left()).toEqual(['name']);
  });
});

describe('a server that refuses the account', () => {
  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'forbidden'],
  ] as const)
    it(`with ${status} in the middle stops its remaining rows, and not those of another server`, async () => {
      const users = await panel();
      const tenant = await connect(house, 'edge', users);
      await oneByOne(connection);
      for (let index = 0; index < 4; index += 1) {
        await typeInto(house, connection, idOf(server, index), 'name', `Name ${index}`);
        await typeInto(house, tenant, idOf(users, index), 'company', `Company ${index}`);
      }
      const plan = await makePlan(house);
      server.failNext({ kind: 'status', status, body: '{}' }, { path: '/update', nth: 2 });
      server.clearLog();
      const run = await apply(house, plan);
      const gists = (of: Connection) =>
        run.rows.filter((row) => row.connectionId === of.id).map((row) => row.result && gist(row.result));
      expect(gists(connection)).toEqual([
        'applied',
        `rejected ${code}`,
        'skipped stopped-by-server',
        'skipped stopped-by-server',
      ]);
      expect(gists(tenant)).toEqual(['applied', 'applied', 'applied', 'applied']);
      expect(writes(server)).toHaveLength(2);
      expect(await ok(house.ask.connections.reach())).toContainEqual({
        connectionId: connection.id,
        reach: 'locked-out',
      });
      // What was not tried stands in the history, and is still prepared.
      expect(await historyOf(idOf(server, 3))).toMatchObject([
        { type: 'write', outcome: 'skipped', fields: [{ field: 'name', after: 'Name 3' }] },
      ]);
      expect(await left(idOf(server, 3))).toEqual(['name']);
      expectOneOutcomeEach();
    });

  it('or is gone pauses its rows, says why, sends nothing, and goes on when it is back', async () => {
    for (let index = 0; index < 4; index += 1)
      await typeInto(house, connection, idOf(server, index), 'name', `Name ${index}`);
    const plan = await makePlan(house);
    await server.stop();
    const run = await applyUntilHalt(house, plan);
    expect(run.rows.map((row) => row.state)).toEqual(Array(4).fill('waiting'));
    expect(run.servers).toMatchObject([
      { state: 'paused', problem: { code: expect.stringMatching(/^(refused|reset)$/) } },
    ]);
    expect(journalRows(house.database).filter((row) => row.type === 'intent')).toEqual([]);
    expect(await ok(house.ask.connections.reach())).toMatchObject([{ reach: 'unreachable' }]);
    await server.restart();
    const ended = house.when(
      ({ name, payload }) => name === 'applyProgress' && payload.head.endedAt !== null,
    );
    await ok(house.ask.apply.resume({ runId: run.id, connectionId: null }));
    await ended;
    const after = await ok(house.ask.apply.run({ runId: run.id }));
    expect(after?.rows.map((row) => row.result?.outcome)).toEqual(Array(4).fill('applied'));
  });

  it('is read again where one answer makes no sense, and the rows go on', async () => {
    const other = idOf(server, 1);
    await typeInto(house, connection, id, 'name', 'A');
    await typeInto(house, connection, other, 'name', 'B');
    const plan = await makePlan(house);
    server.failNext({ kind: 'badEncoding', encoding: 'windows-1256' }, { path: '/search', nth: 1 });
    const run = await apply(house, plan);
    expect(gist(resultOf(run, id))).toBe('applied');
    expect(gist(resultOf(run, other))).toBe('applied');
  });
});

describe('what changed since the plan', () => {
  it('on the server keeps a row from being sent', async () => {
    await typeInto(house, connection, id, 'name', 'Mine');
    const plan = await makePlan(house);
    server.patch(id, { name: 'Theirs' });
    server.clearLog();
    const run = await apply(house, plan);
    expect(gist(resultOf(run, id))).toBe('skipped changed-since-plan');
    expect(writes(server)).toEqual([]);
    expect(server.record(id)?.name).toBe('Theirs');
    expect(await left()).toEqual(['name']);
    expect(await historyOf()).toMatchObject([
      { outcome: 'skipped', result: { problem: { code: 'changed-since-plan' } } },
    ]);
  });

  it('on the server in a field that is not edited is taken along, not undone', async () => {
    await typeInto(house, connection, id, 'name', 'Mine');
    const plan = await makePlan(house);
    server.patch(id, { description: 'Theirs' });
    expect(gist(resultOf(await apply(house, plan), id))).toBe('applied');
    expect(server.record(id)).toMatchObject({ name: 'Mine', description: 'Theirs' });
  });

  it('by removing the record keeps a row from being sent', async () => {
    await typeInto(house, connection, id, 'name', 'Mine');
    const plan = await makePlan(house);
    server.remove(id);
    server.clearLog();
    expect(gist(resultOf(await apply(house, plan), id))).toBe('skipped changed-since-plan');
    expect(writes(server)).toEqual([]);
  });

  it('in the edit itself keeps a row from being sent: what was shown is not what is wanted now', async () => {
    const undone = idOf(server, 1);
    await typeInto(house, connection, id, 'name', 'First');
    await typeInto(house, connection, undone, 'name', 'Undone');
    const plan = await makePlan(house);
    await typeInto(house, connection, id, 'name', 'Second');
    await ok(house.ask.changes.undoRecord({ connectionId: connection.id, remoteId: undone }));
    server.clearLog();
    const run = await apply(house, plan);
    expect(run.rows.map((row) => row.result && gist(row.result))).toEqual(
      Array(2).fill('skipped changed-since-plan'),
    );
    expect(writes(server)).toEqual([]);
    const change = await ok(house.ask.changes.get({ connectionId: connection.id, remoteId: id }));
    expect(change?.fields).toMatchObject([{ next: 'Second' }]);
  });

  it('typed while the row is being written stays, against what is on the server then', async () => {
    await typeInto(house, connection, id, 'name', 'First');
    await typeInto(house, connection, id, 'description', 'Hall');
    const plan = await makePlan(house);
    await oneByOne(connection);
    const writing = arrives(server, ({ path }) => path.endsWith('/update'));
    server.failNext({ kind: 'delay', beforeMs: 150 }, { path: '/update' });
    const running = apply(house, plan);
    await writing;
    await typeInto(house, connection, id, 'name', 'Second');
    expect(gist(resultOf(await running, id))).toBe('applied');
    expect(server.record(id)?.name).toBe('First');
    const change = await ok(house.ask.changes.get({ connectionId: connection.id, remoteId: id }));
    expect(change?.fields).toMatchObject([{ field: 'name', base: 'First', next: 'Second' }]);
    expect((await makePlan(house)).rows).toMatchObject([{ status: 'ready' }]);
  });
});

describe('a run', () => {
  it('takes each row once, however often it is named', async () => {
    const users = await panel();
    const tenant = await connect(house, 'edge', users);
    const user = idOf(users, 0);
    const change = await typeInto(house, tenant, user, 'password', 'Str0ng!pass');
    const plan = await makePlan(house, tenant);
    if (!change) throw new Error('no change');
    const run = await apply(house, plan, [change.id, change.id, change.id]);
    expect(run.rows).toHaveLength(1);
    expect(writes(users)).toHaveLength(1);
    // The same plan a second time finds nothing prepared.
    expect(gist(resultOf(await apply(house, plan), user))).toBe('skipped changed-since-plan');
    expect(writes(users)).toHaveLength(1);
  });

  it('can be cancelled between rows: the one under way is finished, the rest are not begun', async () => {
    for (let index = 0; index < 4; index += 1)
      await typeInto(house, connection, idOf(server, index), 'name', `Name ${index}`);
    const plan = await makePlan(house);
    const writing = arrives(server, ({ path }) => path.endsWith('/update'));
    server.failNext({ kind: 'delay', beforeMs: 150 }, { path: '/update' });
    server.clearLog();
    const running = apply(house, plan);
    await writing;
    const runId = (await ok(house.ask.apply.unfinished()))[0]?.id;
    await ok(house.ask.apply.cancel({ runId: String(runId), connectionId: null }));
    const run = await running;
    expect(run.rows.map((row) => row.result && gist(row.result))).toEqual([
      'applied',
      ...Array(3).fill('cancelled cancelled'),
    ]);
    expect(writes(server)).toHaveLength(1);
    expect(await historyOf(idOf(server, 2))).toMatchObject([{ outcome: 'cancelled' }]);
    expect(await left(idOf(server, 2))).toEqual(['name']);
    expectOneOutcomeEach();
  });

  it('tells each step of each row as it goes, and the window that the history has grown', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    await planAndApply(house);
    const states = house.emitted.flatMap((event) =>
      event.name === 'applyProgress' ? [event.payload.rows[0]?.state] : [],
    );
    // Steps are gathered, so a quick one may be passed over; their order is never another.
    const order = ['waiting', 'checking', 'writing', 'reading-back', 'done'];
    const seen = states.flatMap((state) => (state ? [order.indexOf(state)] : []));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(states.at(-1)).toBe('done');
    await house.when(({ name, payload }) => name === 'changed' && payload.topics.includes('journal'));
  });

  it('tells the window that the history has grown also where nothing was written', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    const plan = await makePlan(house);
    server.patch(id, { name: 'Theirs' });
    const told = house.when(({ name, payload }) => name === 'changed' && payload.topics.includes('journal'));
    await apply(house, plan);
    await told;
  });

  it('is refused while another goes on, for rows that are not ready, and for rows of no plan', async () => {
    const conflict = idOf(server, 1);
    const ready = await typeInto(house, connection, id, 'name', 'Sara');
    const other = await typeInto(house, connection, conflict, 'name', 'Mine');
    server.patch(conflict, { name: 'Theirs' });
    if (!ready || !other) throw new Error('no change');
    const plan = await makePlan(house);
    const start = (changeIds: (typeof ready.id)[]) => house.ask.apply.start({ planId: plan.id, changeIds });
    expect(await refused(start([other.id]))).toMatchObject({ code: 'invalid-input' });
    const writing = arrives(server, ({ path }) => path.endsWith('/update'));
    server.failNext({ kind: 'delay', beforeMs: 150 }, { path: '/update' });
    const running = apply(house, plan, [ready.id]);
    await writing;
    expect((await refused(start([ready.id]))).code).toBe('busy');
    await running;
  });
});

describe('a row on the panel', () => {
  it('has its password set and says that it cannot be read back', async () => {
    const users = await panel();
    const tenant = await connect(house, 'edge', users);
    const user = idOf(users, 0);
    await typeInto(house, tenant, user, 'password', 'Str0ng!pass');
    await typeInto(house, tenant, user, 'tell', '02133334444');
    const before = users.record(user);
    const result = resultOf(await planAndApply(house, tenant), user);
    expect(result).toMatchObject({ outcome: 'applied', problem: null, unverifiable: ['password'] });
    expect(users.record(user)).toEqual({ ...before, password: 'Str0ng!pass', tell: '+982133334444' });
    expect(JSON.parse(writes(users)[0]?.body ?? '{}')).toEqual({
      user_id: Number(user),
      password: 'Str0ng!pass',
      tell: '02133334444',
    });
    expect(await changesIn(house, tenant.id)).toEqual([]);
    expect(house.seen()).not.toContain('Str0ng!pass');
  });

  it('keeps a password prepared whose fate nobody can tell, and says unknown', async () => {
    const users = await panel();
    const tenant = await connect(house, 'edge', users);
    const user = idOf(users, 0);
    await typeInto(house, tenant, user, 'password', 'Str0ng!pass');
    await typeInto(house, tenant, user, 'company', 'New');
    const plan = await makePlan(house, tenant);
    users.failNext('resetAfterApply', { path: '/update' });
    const result = resultOf(await apply(house, plan), user);
    expect(result).toMatchObject({ outcome: 'unknown', unverifiable: ['password'] });
    const change = await ok(house.ask.changes.get({ connectionId: tenant.id, remoteId: user }));
    expect(change?.fields.map(({ field }) => field)).toEqual(['password']);
  });

  it('is rejected where the panel says failure with HTTP 200, and where it names a field', async () => {
    const users = await panel({ modes: { ok200fail: 'yes', passwordRule: 'enforced' } });
    const tenant = await connect(house, 'edge', users);
    const locked = String(users.records().find((record) => record.name_locked === true)?.user_id);
    await typeInto(house, tenant, locked, 'name', 'Other Name');
    const result = resultOf(await planAndApply(house, tenant), locked);
    expect(gist(result)).toBe('rejected name-locked');
    expect(result.problem?.serverMessage).toContain('ثبت احوال');
    users.setMode({ nameLocked: 'ignore', ok200fail: 'no' });
    expect(gist(resultOf(await planAndApply(house, tenant), locked))).toBe('rejected not-stored');
  });
});

describe('the journal', () => {
  it('holds the intent, durable, before the write arrives at the server', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    const plan = await makePlan(house);
    // Another connection sees only what is committed.
    const other = new DatabaseSync(house.file, { readOnly: true });
    atEnd(() => other.close());
    const seen: unknown[] = [];
    server.failOn((request) => {
      if (request.path.endsWith('/update')) seen.push(...journalRows(other));
      return false;
    }, 'html');
    await apply(house, plan);
    expect(seen).toMatchObject([{ type: 'intent', remote_id: id }]);
    expectOneOutcomeEach();
  });

  it('that takes no intent keeps every write from being sent, and the rows wait', async () => {
    for (let index = 0; index < 3; index += 1)
      await typeInto(house, connection, idOf(server, index), 'name', `Name ${index}`);
    const plan = await makePlan(house);
    house.database.exec(
      "CREATE TEMP TRIGGER full BEFORE INSERT ON main.journal BEGIN SELECT RAISE (ABORT, 'database or disk is full'); END",
    );
    server.clearLog();
    const run = await applyUntilHalt(house, plan);
    expect(run.rows.map((row) => row.state)).toEqual(Array(3).fill('waiting'));
    expect(run.servers).toMatchObject([{ state: 'paused', problem: { code: 'disk-full' } }]);
    expect(writes(server)).toEqual([]);
    expect(await left()).toEqual(['name']);
    // With room again the same run goes on.
    house.database.exec('DROP TRIGGER full');
    const ended = house.when(
      ({ name, payload }) => name === 'applyProgress' && payload.head.endedAt !== null,
    );
    await ok(house.ask.apply.resume({ runId: run.id, connectionId: null }));
    await ended;
    const after = await ok(house.ask.apply.run({ runId: run.id }));
    expect(after?.rows.map((row) => row.result?.outcome)).toEqual(Array(3).fill('applied'));
  });

  it('of a database that was closed keeps every write from being sent', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    const plan = await makePlan(house);
    const reading = arrives(server, ({ path }) => path.endsWith('/search'));
    server.clearLog();
    const running = applyUntilHalt(house, plan);
    await reading;
    house.close();
    await running.catch(() => undefined);
    expect(writes(server)).toEqual([]);
  });

  it('that takes no outcome leaves the row unknown, stops the server, and the next start says unknown too', async () => {
    const other = idOf(server, 1);
    await typeInto(house, connection, id, 'name', 'Sara');
    await typeInto(house, connection, other, 'name', 'Mina');
    const plan = await makePlan(house);
    house.database.exec(
      `CREATE TEMP TRIGGER full BEFORE INSERT ON main.journal WHEN NEW.type <> 'intent'
        BEGIN SELECT RAISE (ABORT, 'database or disk is full'); END`,
    );
    const run = await applyUntilHalt(house, plan);
    expect(gist(resultOf(run, id))).toBe('unknown disk-full');
    expect(run.rows.find((row) => row.remoteId === other)?.state).toBe('waiting');
    expect(server.record(id)?.name).toBe('Sara');
    expect(writes(server)).toHaveLength(1);
    expect(await historyOf()).toMatchObject([{ outcome: null, result: null }]);
    house = await reopened(house);
    expect(house.services.resolver.closeInterrupted()).toBe(1);
    expect(await historyOf()).toMatchObject([
      { outcome: 'unknown', result: { problem: { code: 'interrupted' } } },
    ]);
    expect(house.services.resolver.closeInterrupted()).toBe(0);
    expectOneOutcomeEach();
  });

  it('that took the outcome is not contradicted where the copies kept here cannot be brought up to date', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    const plan = await makePlan(house);
    house.database.exec(
      "CREATE TEMP TRIGGER full BEFORE DELETE ON main.change_fields BEGIN SELECT RAISE (ABORT, 'database or disk is full'); END",
    );
    const run = await apply(house, plan);
    expect(resultOf(run, id).outcome).toBe('applied');
    expect(await historyOf()).toMatchObject([{ outcome: 'applied' }]);
  });

  it('counts what a removal leaves as a person counts it: an intent with its outcome is one', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    await planAndApply(house);
    expect((await ok(house.ask.connections.removal({ connectionId: connection.id }))).history).toBe(1);
  });
});

describe('an unknown row', () => {
  /** Leaves the row unknown: the answer is lost and the record cannot be read. */
  async function leaveUnknown(fault: FaultInput): Promise<number> {
    await typeInto(house, connection, id, 'name', 'Sara');
    const plan = await makePlan(house);
    void arrives(server, ({ path }) => path.endsWith('/update')).then(() =>
      server.failNext('resetBeforeBody', { path: '/search' }, 1_000),
    );
    server.failNext(fault, { path: '/update' });
    expect(resultOf(await apply(house, plan), id).outcome).toBe('unknown');
    await server.clearFaults();
    server.clearLog();
    return (await historyOf())[0]?.seq ?? 0;
  }

  it('is decided by reading when the server is back: applied, and no longer prepared', async () => {
    const seq = await leaveUnknown('resetAfterApply');
    const item = await ok(house.ask.apply.resolve({ seq }));
    expect(item).toMatchObject({ seq, outcome: 'applied' });
    expect(await left()).toEqual([]);
    expect(writes(server)).toEqual([]);
    expect(reads(server).length).toBeGreaterThan(0);
    expect(server.log).toHaveLength(reads(server).length);
  });

  it('is decided by reading when the server is back: not applied, still prepared, nothing sent', async () => {
    const before = server.record(id);
    const seq = await leaveUnknown('resetBeforeBody');
    const item = await ok(house.ask.apply.resolve({ seq }));
    expect(item).toMatchObject({
      outcome: 'rejected',
      result: { notStored: [{ field: 'name', before: 'Sara' }] },
    });
    expect(await left()).toEqual(['name']);
    expect(writes(server)).toEqual([]);
    expect(server.record(id)).toEqual(before);
  });

  it('is not blamed for what somebody else changed meanwhile, where it was not applied itself', async () => {
    const seq = await leaveUnknown('resetBeforeBody');
    server.patch(id, { description: 'Somebody else, later' });
    expect(await ok(house.ask.apply.resolve({ seq }))).toMatchObject({
      outcome: 'rejected',
      result: { sideEffects: [] },
    });
  });

  it('stays unknown while the server is out of reach, and says why', async () => {
    const seq = await leaveUnknown('resetAfterApply');
    await server.stop();
    expect((await refused(house.ask.apply.resolve({ seq }))).code).toMatch(/^(refused|reset)$/);
    expect(await historyOf()).toMatchObject([{ outcome: 'unknown' }]);
    await server.restart();
    expect(await ok(house.ask.apply.resolve({ seq }))).toMatchObject({ outcome: 'applied' });
  });

  it('is decided once, also where it is asked for twice at a time', async () => {
    const seq = await leaveUnknown('resetAfterApply');
    const both = await Promise.all([
      ok(house.ask.apply.resolve({ seq })),
      ok(house.ask.apply.resolve({ seq })),
    ]);
    expect(both.map((item) => item.outcome)).toEqual(['applied', 'applied']);
    const outcomes = journalRows(house.database).filter((row) => row.intent_seq === seq);
    expect(outcomes.map((row) => row.outcome)).toEqual(['unknown', 'applied']);
    server.clearLog();
    await ok(house.ask.apply.resolve({ seq }));
    expect(server.log).toEqual([]);
  });

  it('that turns out applied leaves an edit that was typed since', async () => {
    const seq = await leaveUnknown('resetAfterApply');
    await typeInto(house, connection, id, 'name', 'Sara again');
    expect(await ok(house.ask.apply.resolve({ seq }))).toMatchObject({ outcome: 'applied' });
    const change = await ok(house.ask.changes.get({ connectionId: connection.id, remoteId: id }));
    expect(change?.fields).toMatchObject([{ base: 'Sara', next: 'Sara again' }]);
  });

  it('of a program that was killed is decided at the next start', async () => {
    await typeInto(house, connection, id, 'name', 'Sara');
    const plan = await makePlan(house);
    const writing = arrives(server, ({ path }) => path.endsWith('/update'));
    server.failNext({ kind: 'delay', afterMs: 400 }, { path: '/update' });
    const running = apply(house, plan);
    await writing;
    // As if it died now: the file as it is, and nothing of the run comes to it any more.
    const dead = house;
    house = await reopened(dead);
    expect(house.services.resolver.closeInterrupted()).toBe(1);
    await running;
    const seq = (await historyOf())[0]?.seq ?? 0;
    expect(await ok(house.ask.apply.resolve({ seq }))).toMatchObject({ outcome: 'applied' });
    expect(await left()).toEqual([]);
  });
});
