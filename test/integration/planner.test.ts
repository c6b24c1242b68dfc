import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../shared/model/connection';
import type { PlanRow } from '../../shared/model/plan';
import type { EdgeSimulator, SimotelSimulator } from '../simulators';
import {
  connect,
  type House,
  journalRows,
  makePlan,
  ok,
  openHouse,
  refused,
  type as typeInto,
} from '../support/house';
import { office, pageOf } from '../support/office';
import { idOf, panel, pbx, reads, writes } from '../support/servers';

let house: House;
let server: SimotelSimulator;
let connection: Connection;

beforeEach(async () => {
  ({ house, server, connection } = await office());
  server.clearLog();
});

async function rowOf(remoteId: string): Promise<PlanRow> {
  const row = (await makePlan(house)).rows.find((one) => one.remoteId === remoteId);
  if (!row) throw new Error(`no row for ${remoteId}`);
  return row;
}

describe('a plan', () => {
  it('calls a row ready while the server says what the edit was prepared against', async () => {
    const id = idOf(server, 0);
    const name = String(server.record(id)?.name);
    await typeInto(house, connection, id, 'name', 'Sara');
    expect(await rowOf(id)).toMatchObject({
      status: 'ready',
      fields: [{ field: 'name', base: name, live: name, next: 'Sara', verdict: 'ready', problem: null }],
      request: { method: 'POST', url: `${server.url}/api/v4/pbx/users/update` },
    });
  });

  it('calls a row a no-op where the server says already what is wanted', async () => {
    const id = idOf(server, 0);
    await typeInto(house, connection, id, 'name', 'Sara');
    server.patch(id, { name: 'Sara' });
    expect(await rowOf(id)).toMatchObject({ status: 'no-op', fields: [{ verdict: 'no-op' }], request: null });
  });

  it('calls a row a conflict where somebody changed the same field, and shows all three values', async () => {
    const id = idOf(server, 0);
    const base = String(server.record(id)?.name);
    await typeInto(house, connection, id, 'name', 'Mine');
    await typeInto(house, connection, id, 'description', 'Hall');
    server.patch(id, { name: 'Theirs' });
    expect(await rowOf(id)).toMatchObject({
      status: 'conflict',
      fields: [{ base, live: 'Theirs', next: 'Mine', verdict: 'conflict' }, { verdict: 'ready' }],
      request: null,
    });
  });

  it('does not mind that somebody changed another field, and would not undo that', async () => {
    const id = idOf(server, 0);
    await typeInto(house, connection, id, 'name', 'Sara');
    server.patch(id, { description: 'Theirs' });
    const row = await rowOf(id);
    expect(row.status).toBe('ready');
    expect(JSON.parse(row.request?.body ?? '{}')).toMatchObject({ name: 'Sara', description: 'Theirs' });
  });

  it('calls a row missing whose record the server has no more', async () => {
    const id = idOf(server, 0);
    await typeInto(house, connection, id, 'name', 'Sara');
    server.remove(id);
    expect(await rowOf(id)).toMatchObject({ status: 'missing', request: null });
  });

  it('finds a record that got another number meanwhile, and shows the number that it has now', async () => {
    const id = idOf(server, 0);
    await typeInto(house, connection, id, 'name', 'Sara');
    server.patch(id, { number: '98765' });
    expect(await rowOf(id)).toMatchObject({ remoteId: id, title: expect.stringMatching(/^98765 /) });
  });

  it('calls a row invalid whose value cannot be sent, and plans the others', async () => {
    const bad = idOf(server, 0);
    const good = idOf(server, 1);
    await typeInto(house, connection, bad, 'number', '12a');
    await typeInto(house, connection, good, 'name', 'Sara');
    const { rows } = await makePlan(house);
    expect(rows.find((row) => row.remoteId === bad)).toMatchObject({
      status: 'invalid',
      fields: [{ next: '12a', verdict: 'invalid', problem: { code: 'not-digits' } }],
      request: null,
    });
    expect(rows.find((row) => row.remoteId === good)?.status).toBe('ready');
  });

  it('calls a row invalid whose request cannot be built, and plans the others', async () => {
    const bad = idOf(server, 0);
    const good = idOf(server, 1);
    // Asterisks are what a server shows for a secret, and are never written back.
    await typeInto(house, connection, bad, 'more_options', '******');
    await typeInto(house, connection, good, 'name', 'Sara');
    const { rows } = await makePlan(house);
    expect(rows.find((row) => row.remoteId === bad)).toMatchObject({
      status: 'invalid',
      fields: [{ field: 'more_options', verdict: 'invalid' }],
      request: null,
    });
    expect(rows.find((row) => row.remoteId === good)?.status).toBe('ready');
  });

  it('calls a row invalid where one of its secrets cannot be opened, and shows none', async () => {
    const id = idOf(server, 0);
    await typeInto(house, connection, id, 'secret', 'CANARY-typed');
    await typeInto(house, connection, id, 'name', 'Sara');
    const other = house.keychain.entries;
    house.close();
    const next = await openHouse({ folder: house.folder });
    // The same credentials, another sealing key.
    for (const [account, secret] of other)
      if (account.startsWith('connection/')) next.keychain.entries.set(account, secret);
    const plan = await makePlan(next);
    expect(plan.rows).toMatchObject([
      {
        status: 'invalid',
        fields: [{ field: 'name' }, { field: 'secret', next: { secret: 'unreadable' }, verdict: 'invalid' }],
        request: null,
      },
    ]);
    const changeId = plan.rows[0]?.changeId;
    if (!changeId) throw new Error('no row');
    const start = next.ask.apply.start({ planId: plan.id, changeIds: [changeId] });
    expect((await refused(start)).code).toBe('invalid-input');
  });

  it('shows the exact request with every secret in it masked', async () => {
    const id = idOf(server, 0);
    server.patch(id, {
      secret: 'CANARY-live',
      more_options: 'a=CANARY-options',
      sip_password: 'CANARY-unknown',
    });
    await typeInto(house, connection, id, 'name', 'Sara');
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    await typeInto(house, connection, id, 'secret', 'CANARY-typed');
    const row = await rowOf(id);
    const body = JSON.parse(row.request?.body ?? '{}');
    expect(body).toMatchObject({ _id: id, name: 'Sara' });
    expect(body.secret).toMatch(/^•+$/);
    expect(row.fields.find(({ field }) => field === 'secret')).toEqual({
      field: 'secret',
      base: { secret: 'set' },
      live: { secret: 'set' },
      next: { secret: 'set' },
      look: expect.objectContaining({ length: 12, sameAsBefore: false }),
      verdict: 'ready',
      problem: null,
    });
    expect(house.seen()).not.toContain('CANARY');
  });

  it('shows of a connection that sends changed fields only just those', async () => {
    const id = idOf(server, 0);
    const second = await connect(house, 'simotel', server, { writeMode: 'changed' });
    await typeInto(house, second, id, 'name', 'Sara');
    const plan = await makePlan(house, second);
    expect(JSON.parse(plan.rows[0]?.request?.body ?? '{}')).toEqual({ _id: id, name: 'Sara' });
  });

  it('reads a server once for all its rows', async () => {
    for (let index = 0; index < 10; index += 1)
      await typeInto(house, connection, idOf(server, index), 'name', `Name ${index}`);
    server.clearLog();
    expect((await makePlan(house)).rows).toHaveLength(10);
    expect(server.log).toHaveLength(1);
    expect(reads(server)).toHaveLength(1);
  });

  it('reads a panel once for all its rows', async () => {
    const users = await panel();
    const tenant = await connect(house, 'edge', users);
    for (let index = 0; index < 10; index += 1)
      await typeInto(house, tenant, idOf(users, index), 'company', `Company ${index}`);
    users.clearLog();
    expect((await makePlan(house, tenant)).rows.map((row) => row.status)).toEqual(Array(10).fill('ready'));
    expect(users.log).toHaveLength(1);
  });

  it('writes nothing, neither to the server nor into the journal', async () => {
    await typeInto(house, connection, idOf(server, 0), 'name', 'Sara');
    const before = server.records();
    await makePlan(house);
    expect(writes(server)).toEqual([]);
    expect(server.records()).toEqual(before);
    expect(journalRows(house.database)).toEqual([]);
  });

  it('is made of one change, of one connection, or of all', async () => {
    const second = await connect(house, 'simotel', await pbx({ seed: 2 }), { name: 'Second' });
    const change = await typeInto(house, connection, idOf(server, 0), 'name', 'A');
    await typeInto(house, connection, idOf(server, 1), 'name', 'B');
    const { rows } = await pageOf(house, second, { limit: 1 });
    await typeInto(house, second, rows[0]?.remoteId, 'name', 'C');
    const count = async (connectionId: Connection['id'] | null, changeId = change?.id ?? null) =>
      (await ok(house.ask.plan.make({ workOrderId: null, connectionId, changeId }))).rows.length;
    expect(await count(null)).toBe(1);
    expect(await count(connection.id, null)).toBe(2);
    expect(await count(second.id, null)).toBe(1);
    expect(await count(null, null)).toBe(3);
  });

  it('is forgotten after a few more, and says so', async () => {
    const change = await typeInto(house, connection, idOf(server, 0), 'name', 'A');
    const first = await makePlan(house);
    for (let n = 0; n < 12; n += 1) await makePlan(house);
    const start = house.ask.apply.start({ planId: first.id, changeIds: change ? [change.id] : [] });
    expect(await refused(start)).toEqual({ code: 'not-found', params: { what: 'plan' } });
  });

  it('has a server that is out of reach under unread, with the reason, and plans the others', async () => {
    const users: EdgeSimulator = await panel();
    const tenant = await connect(house, 'edge', users);
    await typeInto(house, tenant, idOf(users, 0), 'company', 'X');
    await typeInto(house, connection, idOf(server, 0), 'name', 'A');
    await typeInto(house, connection, idOf(server, 1), 'name', 'B');
    await server.stop();
    const plan = await makePlan(house);
    expect(plan.rows.map((row) => [row.connectionId, row.status])).toEqual([[tenant.id, 'ready']]);
    expect(plan.unread).toMatchObject([
      {
        connectionId: connection.id,
        changes: 2,
        problem: { code: expect.stringMatching(/^(refused|reset)$/) },
      },
    ]);
    expect(await ok(house.ask.connections.reach())).toContainEqual({
      connectionId: connection.id,
      reach: 'unreachable',
    });
    await server.restart();
    expect((await makePlan(house)).unread).toEqual([]);
  });

  it('says under unread which credential is missing, without asking the server', async () => {
    await typeInto(house, connection, idOf(server, 0), 'name', 'A');
    await ok(house.ask.connections.clearCredential({ connectionId: connection.id, part: 'password' }));
    server.clearLog();
    expect((await makePlan(house)).unread).toMatchObject([{ problem: { code: 'credential-missing' } }]);
    expect(server.log).toEqual([]);
  });
});
