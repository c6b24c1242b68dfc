import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../shared/model/connection';
import { everything } from '../../shared/model/journal';
import type { EdgeSimulator, SimotelSimulator } from '../simulators';
import {
  bytesOf,
  changesIn,
  connect,
  type House,
  makePlan,
  ok,
  openHouse,
  refused,
  type,
} from '../support/house';
import { MemoryKeychain } from '../support/keychain';
import { office } from '../support/office';
import { idOf, panel, pbx } from '../support/servers';

const canary = 'CANARY-7e21-secret';

const sync = (house: House, { id }: Connection) => ok(house.ask.directory.sync({ connectionId: id }));
const changeOf = (house: House, connection: Connection, remoteId: string) =>
  ok(house.ask.changes.get({ connectionId: connection.id, remoteId }));

describe('a change to an extension', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;
  let id: string;

  beforeEach(async () => {
    ({ house, server, connection } = await office());
    id = idOf(server, 0);
  });

  it('holds the value that was on the server and the one that was typed', async () => {
    const before = String(server.record(id)?.name);
    const change = await type(house, connection, id, 'name', 'Sara');
    expect(change).toMatchObject({
      remoteId: id,
      fields: [{ field: 'name', base: before, next: 'Sara', problem: null }],
    });
    expect(change?.title).toContain(before);
    expect(await changeOf(house, connection, id)).toEqual(change);
    expect(await ok(house.ask.workOrders.current())).toMatchObject({ number: 1, changes: 1 });
  });

  it('keeps the base of its first edit over a later sync', async () => {
    const before = String(server.record(id)?.name);
    await type(house, connection, id, 'name', 'Sara');
    server.patch(id, { name: 'Renamed meanwhile' });
    await sync(house, connection);
    const change = await type(house, connection, id, 'name', 'Sara N.');
    expect(change?.fields).toEqual([{ field: 'name', base: before, next: 'Sara N.', problem: null }]);
    // Typing what the server says now does not undo the edit: it was prepared against something else.
    expect((await type(house, connection, id, 'name', 'Renamed meanwhile'))?.fields).toHaveLength(1);
  });

  it('loses the edit of a value that is the base again, and goes with its last one', async () => {
    const record = server.record(id);
    await type(house, connection, id, 'name', 'Sara');
    await type(house, connection, id, 'email', 'sara@example.ir');
    const change = await type(house, connection, id, 'name', String(record?.name));
    expect(change?.fields.map(({ field }) => field)).toEqual(['email']);
    expect(await type(house, connection, id, 'email', String(record?.email))).toBeNull();
    expect(await changesIn(house)).toEqual([]);
    expect(Object(house.database.prepare('SELECT count(*) AS n FROM changes').get())).toEqual({ n: 0 });
  });

  it('is not made where the first thing typed is the base', async () => {
    expect(await type(house, connection, id, 'name', String(server.record(id)?.name))).toBeNull();
    expect(await changesIn(house)).toEqual([]);
  });

  it('tells leading zeros apart from none', async () => {
    const zero = idOf(server, 3);
    const number = String(server.record(zero)?.number);
    expect(number).toMatch(/^0/);
    const change = await type(house, connection, zero, 'number', number.replace(/^0/, ''));
    expect(change?.fields).toEqual([
      { field: 'number', base: number, next: number.replace(/^0/, ''), problem: null },
    ]);
    expect(
      (await type(house, connection, zero, 'forward_policy.Busy', '00989121234567'))?.fields,
    ).toContainEqual(expect.objectContaining({ field: 'forward_policy.Busy', next: '00989121234567' }));
    const plan = await makePlan(house);
    expect(plan.rows[0]?.request?.body).toContain('"00989121234567"');
  });

  it('keeps what was typed also where it is not valid, and says so', async () => {
    const change = await type(house, connection, id, 'number', '12a ');
    expect(change?.fields).toMatchObject([
      { field: 'number', next: '12a ', problem: { code: 'not-digits' } },
    ]);
    expect((await type(house, connection, id, 'number', ''))?.fields).toMatchObject([
      { next: '', problem: { code: 'required' } },
    ]);
  });

  it('keeps Persian text, marks and line ends byte for byte', async () => {
    const text = ' علي\u200cرضا كريمی ۱۲ ';
    expect((await type(house, connection, id, 'name', text))?.fields[0]?.next).toBe(text);
  });

  it('lists its fields in the order of the catalog', async () => {
    for (const field of ['description', 'call_limit', 'name']) await type(house, connection, id, field, '7');
    expect((await changeOf(house, connection, id))?.fields.map(({ field }) => field)).toEqual([
      'name',
      'call_limit',
      'description',
    ]);
  });

  it('has its secrets sealed in the file, the base and the new one, and shows neither', async () => {
    const base = String(server.record(id)?.secret);
    const change = await type(house, connection, id, 'secret', canary);
    await type(house, connection, id, 'more_options', `setvar=PIN=${canary}`);
    expect(change?.fields).toEqual([
      { field: 'secret', base: { secret: 'set' }, next: { secret: 'set' }, problem: null },
    ]);
    house.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    for (const secret of [canary, base]) {
      expect(bytesOf(house)).not.toContain(secret);
      expect(house.seen()).not.toContain(secret);
    }
    expect(house.services.changes.list(null).length).toBe(1);
  });

  it('takes no secret that comes in clear: it crosses in an envelope or not at all', async () => {
    for (const field of ['secret', 'more_options']) {
      const asked = { connectionId: connection.id, remoteId: id, field, next: canary };
      expect(await refused(house.ask.changes.setField(asked))).toMatchObject({
        code: 'invalid-input',
        params: { field },
      });
    }
    expect(await changesIn(house)).toEqual([]);
  });

  it('knows a secret that is the base again', async () => {
    const base = String(server.record(id)?.secret);
    await type(house, connection, id, 'secret', canary);
    expect(await type(house, connection, id, 'secret', base)).toBeNull();
  });

  it('shows that a secret shall be emptied', async () => {
    expect((await type(house, connection, id, 'secret', ''))?.fields).toMatchObject([
      { base: { secret: 'set' }, next: { secret: 'empty' } },
    ]);
  });

  it('marks a secret made of asterisks, which is what a server shows in the place of one', async () => {
    expect((await type(house, connection, id, 'secret', '*****'))?.fields).toMatchObject([
      { next: { secret: 'withheld' }, problem: { code: 'masked-secret' } },
    ]);
  });

  it('says of a secret that cannot be opened that it cannot, and keeps it', async () => {
    await type(house, connection, id, 'secret', canary);
    const stored = () => house.database.prepare('SELECT base, next FROM change_fields').all();
    const before = stored();
    house.close();
    // The same profile where the key in the keychain is another one.
    const next = await openHouse({ folder: house.folder });
    expect((await changeOf(next, connection, id))?.fields).toMatchObject([
      { base: { secret: 'unreadable' }, next: { secret: 'unreadable' } },
    ]);
    expect(next.database.prepare('SELECT base, next FROM change_fields').all()).toEqual(before);
  });

  it('is not made of a secret while the keychain gives no key, and says why', async () => {
    house.close();
    const closed = await openHouse({ folder: house.folder, unlocked: false });
    const asked = closed.ask.changes.setField({
      connectionId: connection.id,
      remoteId: id,
      field: 'secret',
      next: { envelope: await closed.envelope(canary) },
    });
    expect((await refused(asked)).code).toBe('keychain-locked');
    expect(await changesIn(closed)).toEqual([]);
    expect(bytesOf(closed)).not.toContain(canary);
    // What is no secret goes on.
    expect((await type(closed, connection, id, 'name', 'Sara'))?.fields).toHaveLength(1);
  });

  it('undoes one field, and the whole record', async () => {
    await type(house, connection, id, 'name', 'Sara');
    await type(house, connection, id, 'email', 'sara@example.ir');
    const ref = { connectionId: connection.id, remoteId: id };
    const left = await ok(house.ask.changes.undoField({ ...ref, field: 'name' }));
    expect(left?.fields.map(({ field }) => field)).toEqual(['email']);
    expect(await ok(house.ask.changes.undoField({ ...ref, field: 'email' }))).toBeNull();
    await type(house, connection, id, 'name', 'Sara');
    await type(house, connection, id, 'email', 'sara@example.ir');
    await ok(house.ask.changes.undoRecord(ref));
    expect(await changeOf(house, connection, id)).toBeNull();
    // Nothing to undo is no error.
    expect(await ok(house.ask.changes.undoField({ ...ref, field: 'name' }))).toBeNull();
  });

  it('of a record that has gone from the directory can go on, but takes no new field', async () => {
    await type(house, connection, id, 'name', 'Sara');
    server.remove(id);
    await sync(house, connection);
    expect((await type(house, connection, id, 'name', 'Sara N.'))?.fields).toMatchObject([
      { next: 'Sara N.' },
    ]);
    const more = { connectionId: connection.id, remoteId: id, field: 'email', next: 'a@b.ir' };
    expect(await refused(house.ask.changes.setField(more))).toMatchObject({
      code: 'not-found',
      params: { what: 'record' },
    });
    expect((await changeOf(house, connection, id))?.fields).toHaveLength(1);
    const other = { ...more, remoteId: 'no-such-record' };
    expect((await refused(house.ask.changes.setField(other))).code).toBe('not-found');
    expect(await changeOf(house, connection, 'no-such-record')).toBeNull();
  });

  it('takes no field that is unknown or read-only', async () => {
    for (const field of ['nonsense', 'date', 'queues', '_id']) {
      const asked = { connectionId: connection.id, remoteId: id, field, next: 'x' };
      expect(await refused(house.ask.changes.setField(asked)), field).toEqual({
        code: 'invalid-input',
        params: { field },
      });
    }
    expect(await changesIn(house)).toEqual([]);
  });

  it('goes with its connection, while the journal stays', async () => {
    await type(house, connection, id, 'name', 'Sara');
    house.services.journal.note(
      { connectionId: connection.id, remoteId: id, title: 'Sara', workOrderId: null },
      {
        note: 'reveal',
        field: 'secret',
        connectionName: connection.name,
        site: connection.site,
        kind: connection.kind,
        workOrder: 'WO-1',
        actor: 'tester',
      },
    );
    const ref = { connectionId: connection.id };
    expect(await ok(house.ask.connections.removal(ref))).toEqual({ changes: 1, records: 12, history: 1 });
    await ok(house.ask.connections.remove(ref));
    expect(await changesIn(house)).toEqual([]);
    expect(Object(house.database.prepare('SELECT count(*) AS n FROM change_fields').get())).toEqual({ n: 0 });
    expect(await ok(house.ask.directory.summaries())).toEqual([]);
    expect([...house.keychain.entries.keys()].filter((name) => name.includes(connection.id))).toEqual([]);
    const filter = { ...everything };
    const { items } = await ok(house.ask.journal.page({ ...filter, before: null, limit: 10 }));
    expect(items).toMatchObject([{ type: 'reveal', connectionName: 'PBX' }]);
  });

  it('survives the end of the program at any moment after it was typed', async () => {
    await type(house, connection, id, 'name', 'Sara');
    // No close: as when the program is killed.
    const next = await openHouse({ folder: house.folder, keychain: house.keychain });
    expect((await changeOf(next, connection, id))?.fields).toMatchObject([{ field: 'name', next: 'Sara' }]);
  });

  it('is told to the window when it changes', async () => {
    // What the start and the sync changed is told first.
    await house.when(({ name }) => name === 'changed');
    const told = house.when(({ name, payload }) => name === 'changed' && payload.topics.includes('changes'));
    await type(house, connection, id, 'name', 'Sara');
    expect(await told).toMatchObject({ payload: { connectionId: connection.id } });
  });

  it('settles a conflict either way', async () => {
    const other = idOf(server, 1);
    await type(house, connection, id, 'name', 'Mine');
    await type(house, connection, other, 'name', 'Mine too');
    await type(house, connection, other, 'email', 'mine@example.ir');
    server.patch(id, { name: 'Theirs' });
    server.patch(other, { name: 'Theirs too' });
    const plan = await makePlan(house);
    expect(plan.rows.map(({ status }) => status)).toEqual(['conflict', 'conflict']);
    const row = (remoteId: string) => plan.rows.find((one) => one.remoteId === remoteId)?.changeId ?? '';
    const settle = { planId: plan.id, field: 'name' };
    await ok(house.ask.changes.settle({ ...settle, changeId: row(id), keep: 'mine' }));
    const mine = await changeOf(house, connection, id);
    expect(mine?.fields).toMatchObject([{ field: 'name', base: 'Theirs', next: 'Mine' }]);
    await ok(house.ask.changes.settle({ ...settle, changeId: row(other), keep: 'theirs' }));
    const theirs = await changeOf(house, connection, other);
    expect(theirs?.fields.map(({ field }) => field)).toEqual(['email']);
    expect((await makePlan(house)).rows.map(({ status }) => status)).toEqual(['ready', 'ready']);
  });

  it('settles a conflict over a secret without showing it', async () => {
    await type(house, connection, id, 'secret', canary);
    server.patch(id, { secret: 'CANARY-theirs' });
    const plan = await makePlan(house);
    const changeId = plan.rows[0]?.changeId ?? '';
    await ok(house.ask.changes.settle({ planId: plan.id, changeId, field: 'secret', keep: 'mine' }));
    expect((await makePlan(house)).rows).toMatchObject([{ status: 'ready' }]);
    expect(bytesOf(house) + house.seen()).not.toContain('CANARY');
  });

  it('cannot be settled by a plan that has been forgotten, nor for a record that is in none', async () => {
    await type(house, connection, id, 'name', 'Mine');
    const plan = await makePlan(house);
    const changeId = plan.rows[0]?.changeId ?? '';
    const settle = { field: 'name', keep: 'mine' } as const;
    const other = '00000000-0000-4000-8000-000000000000';
    for (const ids of [
      { planId: other, changeId },
      { planId: plan.id, changeId: other },
    ])
      expect((await refused(house.ask.changes.settle({ ...settle, ...ids }))).code).toBe('not-found');
  });
});

describe('a change to a panel user', () => {
  let house: House;
  let server: EdgeSimulator;
  let connection: Connection;
  let id: string;

  beforeEach(async () => {
    house = await openHouse();
    server = await panel();
    connection = await connect(house, 'edge', server);
    id = String(server.records().find((record) => record.tell !== null)?.user_id);
  });

  it('takes a telephone number written otherwise as an edit, while the plan says that nothing would change', async () => {
    const tell = String(server.record(id)?.tell);
    const local = tell.replace('+98', '0');
    expect((await type(house, connection, id, 'tell', local))?.fields).toMatchObject([
      { base: tell, next: local },
    ]);
    expect((await makePlan(house)).rows).toMatchObject([{ status: 'no-op' }]);
    expect(await type(house, connection, id, 'tell', tell)).toBeNull();
  });

  it('reads a value under the name that the panel shows it by', async () => {
    const role = String(server.record(id)?.acl_role_id);
    const next = role === '1201' ? '1202' : '1201';
    expect((await type(house, connection, id, 'acl_id', next))?.fields).toMatchObject([{ base: role, next }]);
    expect(await type(house, connection, id, 'acl_id', role)).toBeNull();
  });

  it('holds a new password sealed, and loses it when it is emptied', async () => {
    const change = await type(house, connection, id, 'password', canary);
    expect(change?.fields).toEqual([
      { field: 'password', base: { secret: 'empty' }, next: { secret: 'set' }, problem: null },
    ]);
    expect(bytesOf(house) + house.seen()).not.toContain(canary);
    expect((await type(house, connection, id, 'password', 'weak'))?.fields).toMatchObject([
      { next: { secret: 'set' }, problem: { code: 'password-rule' } },
    ]);
    expect(await type(house, connection, id, 'password', '')).toBeNull();
  });
});

describe('a secret typed while credentials were kept for the session only', () => {
  it('is still there at the next start, once the keychain has opened', async () => {
    const keychain = new MemoryKeychain();
    keychain.fails = 'absent';
    const session = await openHouse({ keychain, unlocked: false });
    await ok(session.ask.keychain.useSession());
    const simulator = await pbx();
    const made = await connect(session, 'simotel', simulator);
    const remoteId = idOf(simulator, 0);
    await type(session, made, remoteId, 'secret', 'typed-in-a-session');
    keychain.fails = undefined;
    expect(await ok(session.ask.keychain.retry())).toBe('ready');
    session.close();

    const next = await openHouse({ folder: session.folder, keychain });
    const change = next.services.changes.find((await changesIn(next))[0]?.id ?? expect.fail('no change'));
    expect(change?.unreadable).toEqual([]);
    expect(change?.edits).toMatchObject([{ field: 'secret', next: 'typed-in-a-session' }]);
    const record = await ok(next.ask.directory.record({ connectionId: made.id, remoteId }));
    expect(record.fields.secret).toEqual({ secret: 'set' });
  });
});
