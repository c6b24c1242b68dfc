import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../electron/journal/journal';
import { whoOf } from '../../electron/journal/who';
import type { Connection } from '../../shared/model/connection';
import { everything, type JournalFilter, type JournalItem } from '../../shared/model/journal';
import { startEdge, startSimotel } from '../simulators';
import { atEnd } from '../support/endings';
import {
  apply,
  connect,
  type House,
  makePlan,
  ok,
  openHouse,
  planAndApply,
  refused,
  type,
} from '../support/house';

let server: Awaited<ReturnType<typeof startSimotel>>;
let house: House;
let connection: Connection;
let id: string;
let other: string;

beforeEach(async () => {
  server = await startSimotel({ size: 6 });
  atEnd(() => server.stop());
  house = await openHouse();
  connection = await connect(house, 'simotel', server);
  [id = '', other = ''] = server.records().map((record) => String(record._id));
});

const pageOf = async (filter: Partial<JournalFilter> = {}) =>
  (await ok(house.ask.journal.page({ ...everything, ...filter, before: null, limit: 100 }))).items;
const newest = async (): Promise<JournalItem> => {
  const [item] = await pageOf();
  if (!item) throw new Error('the history is empty');
  return item;
};
const nameOf = (remoteId = id) => server.record(remoteId)?.name;

/** Writes one field of a record. @returns the entry */
async function write(field: string, next: string, remoteId = id): Promise<JournalItem> {
  await type(house, connection, remoteId, field, next);
  await planAndApply(house);
  return newest();
}

describe('taking back', () => {
  it('an entry prepares a change, and writes nothing until it is applied', async () => {
    const before = nameOf();
    const { seq } = await write('name', 'Sara');
    expect(await ok(house.ask.journal.revert({ seq, fields: null }))).toEqual({
      changes: 1,
      fields: 1,
      left: [],
    });
    expect(nameOf()).toBe('Sara');
    const plan = await makePlan(house);
    expect(plan.rows).toMatchObject([
      { status: 'ready', fields: [{ field: 'name', base: 'Sara', next: before }] },
    ]);
    await apply(house, plan);
    expect(nameOf()).toBe(before);
  });

  it('an entry over a later edit shows a conflict in the plan, whoever made it', async () => {
    const { seq } = await write('name', 'Sara');
    await write('name', 'Mina');
    await ok(house.ask.journal.revert({ seq, fields: null }));
    const plan = await makePlan(house);
    expect(plan.rows).toMatchObject([
      { status: 'conflict', fields: [{ base: 'Sara', live: 'Mina', verdict: 'conflict' }] },
    ]);
  });

  it('some fields of an entry leaves the others, and what else is prepared of the record stays', async () => {
    await type(house, connection, id, 'email', 'new@y.ir');
    const { seq } = await write('name', 'Sara');
    await type(house, connection, id, 'number', '7788');
    expect(await ok(house.ask.journal.revert({ seq, fields: ['name'] }))).toMatchObject({
      changes: 1,
      fields: 1,
    });
    const change = await ok(house.ask.changes.get({ connectionId: connection.id, remoteId: id }));
    expect(change?.fields.map(({ field }) => field).sort()).toEqual(['name', 'number']);
  });

  it('a secret brings the sealed former value back, and shows it to nobody', async () => {
    const { seq } = await write('secret', 'Canary-new-77');
    const former = 'Canary-former-33';
    await write('secret', former);
    await write('secret', 'Canary-new-78');
    const item = await newest();
    expect(item.seq).toBeGreaterThan(seq);
    expect(await ok(house.ask.journal.revert({ seq: item.seq, fields: null }))).toMatchObject({ fields: 1 });
    await planAndApply(house);
    expect(server.record(id)?.secret).toBe(former);
    expect(house.seen()).not.toContain('Canary');
  });

  it('a secret whose former value is forgotten says so', async () => {
    const { seq, title } = await write('secret', 'Another-77-x');
    expect(house.services.forgetSecrets(-1)).toBeGreaterThan(0);
    expect(await ok(house.ask.journal.revert({ seq, fields: null }))).toEqual({
      changes: 0,
      fields: 0,
      left: [{ what: 'field', title, field: 'secret', why: 'unreadable' }],
    });
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true });
  });

  it('what was never written, and what is gone, says so', async () => {
    const { seq } = await write('email', 'a@b.ir');
    const reveal = { connectionId: connection.id, remoteId: id, field: 'secret', source: 'record' } as const;
    await ok(house.ask.directory.copySecret(reveal));
    const copied = await newest();
    expect(await ok(house.ask.journal.revert({ seq: copied.seq, fields: null }))).toMatchObject({
      changes: 0,
      left: [{ field: 'secret', why: 'not-written' }],
    });
    await ok(house.ask.connections.remove({ connectionId: connection.id }));
    expect(await ok(house.ask.journal.revert({ seq, fields: ['email'] }))).toMatchObject({
      changes: 0,
      left: [{ what: 'record', why: 'connection-gone' }],
    });
    expect((await refused(house.ask.journal.revert({ seq: 9_999, fields: null }))).code).toBe('not-found');
  });

  it('a whole work order puts every record back to what it was before its first write', async () => {
    const was = [nameOf(id), nameOf(other)];
    await type(house, connection, other, 'name', 'Omid');
    const first = await write('name', 'Sara');
    const workOrderId = first.workOrderId;
    if (!workOrderId) throw new Error('no work order');
    await ok(house.ask.workOrders.makeCurrent({ workOrderId }));
    expect(await ok(house.ask.journal.revertWorkOrder({ workOrderId }))).toMatchObject({
      changes: 2,
      fields: 2,
      left: [],
    });
    await planAndApply(house);
    expect([nameOf(id), nameOf(other)]).toEqual(was);
  });

  it('a record goes back to what it was on that day, whatever was written since', async () => {
    const first = await write('name', 'Sara');
    await write('email', 'a@b.ir');
    await write('name', 'Mina');
    expect(await ok(house.ask.journal.revertTo({ seq: first.seq, side: 'after' }))).toMatchObject({
      changes: 1,
      fields: 2,
    });
    const plan = await makePlan(house);
    expect(plan.rows).toMatchObject([{ status: 'ready' }]);
    await apply(house, plan);
    expect(nameOf()).toBe('Sara');
  });

  it('a whole record that cannot go back says so of the record, with the reason', async () => {
    const { seq } = await write('name', 'Sara');
    const to = (side: 'before' | 'after') => ok(house.ask.journal.revertTo({ seq, side }));
    const asked = { connectionId: connection.id, remoteId: id, field: 'secret', source: 'record' } as const;
    await ok(house.ask.directory.copySecret(asked));
    const copied = await newest();
    const title = expect.any(String);
    const left = (why: string) => ({ changes: 0, fields: 0, left: [{ what: 'record', title, why }] });
    expect(await ok(house.ask.journal.revertTo({ seq: copied.seq, side: 'before' }))).toEqual(
      left('not-written'),
    );
    house.database.exec(`DELETE FROM record_places WHERE remote_id = '${id}'`);
    expect(await to('before')).toEqual(left('record-gone'));
    await ok(house.ask.connections.remove({ connectionId: connection.id }));
    expect(await to('after')).toEqual(left('connection-gone'));
  });

  it('a record that could not be read after an entry cannot be made as it was then', async () => {
    const { connectionId, remoteId, title, connectionName, site, workOrder } = await write('name', 'Sara');
    const subject = { connectionId, remoteId, title, workOrderId: null };
    const about = { connectionName, site, kind: 'simotel', workOrder, actor: 'a@b' } as const;
    const ids = { runId: randomUUID(), changeId: randomUUID() };
    const seq = house.services.journal.intent(subject, { ...about, ...ids, fields: [], before: {} });
    const result = { problem: null, notStored: [], sideEffects: [], unverifiable: [] };
    house.services.journal.outcome(seq, subject, 'applied', { result, after: null, by: 'run' });
    expect((await ok(house.ask.journal.revertTo({ seq, side: 'after' }))).left).toEqual([
      { what: 'record', title, why: 'not-read-back' },
    ]);
  });

  it("of a panel's password says that nobody can", async () => {
    const panel = await startEdge({ size: 3 });
    atEnd(() => panel.stop());
    connection = await connect(house, 'edge', panel);
    const remoteId = String(panel.records()[0]?.user_id);
    const { seq } = await write('password', 'Long-Enough-77', remoteId);
    expect(await ok(house.ask.journal.revert({ seq, fields: null }))).toMatchObject({
      changes: 0,
      left: [{ field: 'password', why: 'never-readable' }],
    });
    expect(await ok(house.ask.journal.revertTo({ seq, side: 'before' }))).toMatchObject({
      left: [{ field: 'password', why: 'never-readable' }],
    });
  });
});

describe('comparing', () => {
  it('two moments of a record shows what differs, a secret only as being one', async () => {
    const first = await write('name', 'Sara');
    await write('secret', 'Canary-77-x');
    const last = await write('name', 'Mina');
    const { differences } = await ok(house.ask.journal.compare({ from: first.seq, to: last.seq }));
    expect(differences).toEqual([
      { field: 'name', before: 'Sara', after: 'Mina', comparable: true },
      { field: 'secret', before: { secret: 'set' }, after: { secret: 'set' }, comparable: true },
    ]);
    expect(await ok(house.ask.journal.compare({ from: last.seq, to: null }))).toEqual({ differences: [] });
    expect(house.seen()).not.toContain('Canary');
  });

  it('says of a secret whose kept value is forgotten that it cannot be compared, and not that it is the same', async () => {
    const first = await write('name', 'Sara');
    expect(house.services.forgetSecrets(-1)).toBeGreaterThan(0);
    const { differences } = await ok(house.ask.journal.compare({ from: first.seq, to: null }));
    const closed = { before: { secret: 'unreadable' }, after: { secret: 'set' }, comparable: false };
    // The last two no catalog knows: they are sealed as secrets are, and forgotten with them.
    const fields = ['secret', 'more_options', 'recording_retention', 'web_phone'];
    expect(differences).toEqual(fields.map((field) => ({ field, ...closed })));
  });

  it('compares secrets that no catalog knows by what they are, and says where nobody can', async () => {
    server.patch(id, { api_token: 'Canary-token-1', voicemail: { pin_password: 'Canary-pin-1', box: '7' } });
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    const first = await write('name', 'Sara');
    const same = await write('name', 'Mina');
    server.patch(id, { api_token: 'Canary-token-2' });
    const other = await write('name', 'Omid');
    const compare = async (to: JournalItem) =>
      (await ok(house.ask.journal.compare({ from: first.seq, to: to.seq }))).differences.filter(
        ({ field }) => field !== 'name',
      );
    // Sealed anew each time, and the same all the same.
    expect(await compare(same)).toEqual([]);
    const set = { secret: 'set' };
    expect(await compare(other)).toEqual([{ field: 'api_token', before: set, after: set, comparable: true }]);
    house.services.forgetSecrets(-1);
    const later = await compare(other);
    expect(later.every(({ comparable }) => !comparable)).toBe(true);
    expect(later.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['secret', 'more_options', 'api_token', 'voicemail']),
    );
    expect(house.seen()).not.toContain('Canary');
  });

  it('two records is refused', async () => {
    const first = await write('name', 'Sara');
    const second = await write('name', 'Mina', other);
    const asked = house.ask.journal.compare({ from: first.seq, to: second.seq });
    expect((await refused(asked)).code).toBe('invalid-input');
  });
});

describe('searching', () => {
  it('combines every filter with every other', async () => {
    const first = await write('name', 'رضا کریمی');
    await write('email', 'reza@y.ir');
    const second = await write('name', 'Omid', other);
    const site = connection.site;
    const all: Partial<JournalFilter> = {
      site,
      connectionId: connection.id,
      remoteId: id,
      field: 'name',
      outcome: 'applied',
      workOrderId: first.workOrderId,
      from: first.at,
      to: first.at + 1,
      text: 'كريمي',
    };
    expect((await pageOf(all)).map(({ seq }) => seq)).toEqual([first.seq]);
    expect(await ok(house.ask.journal.count({ ...everything, ...all }))).toBe(1);
    const wrong: Partial<JournalFilter>[] = [
      { site: 'Elsewhere' },
      { connectionId: null, remoteId: other },
      { field: 'email' },
      { outcome: 'rejected' },
      { workOrderId: second.workOrderId === first.workOrderId ? null : second.workOrderId, remoteId: other },
      { from: first.at + 1, to: null },
      { from: null, to: first.at },
      { text: 'nobody' },
    ];
    for (const part of wrong) expect(await pageOf({ ...all, ...part })).toEqual([]);
    expect((await pageOf({ field: 'name' })).map(({ seq }) => seq)).toEqual([second.seq, first.seq]);
    expect(await ok(house.ask.journal.sites())).toEqual([site]);
  });

  it('finds Persian however it was typed, numbers in either digits, values and what the server said', async () => {
    const { seq } = await write('name', 'علي يزداني‌نژاد ۴۵۶۷');
    await write('name', 'Omid', other);
    for (const when of ['read through', 'indexed']) {
      for (const text of ['علی یزدانی', 'نژاد', '4567', '۴۵۶']) {
        expect([when, text, (await pageOf({ text })).map((item) => item.seq).includes(seq)]).toEqual([
          when,
          text,
          true,
        ]);
        expect(await ok(house.ask.journal.count({ ...everything, text }))).toBe(
          (await pageOf({ text })).length,
        );
      }
      expect(await pageOf({ text: 'nothing like it' })).toEqual([]);
      while (house.services.journal.catchUp());
    }
  });

  it('has no secret in what it searches, neither in the file nor in the index', async () => {
    await write('secret', 'CANARYhidden99');
    while (house.services.journal.catchUp());
    house.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    for (const file of readdirSync(house.folder)) {
      const bytes = readFileSync(join(house.folder, file)).toString('latin1').toLowerCase();
      expect(bytes).not.toContain('canaryhidden99');
    }
    const rows: unknown[] = house.database.prepare('SELECT text FROM history_text').all();
    expect(JSON.stringify(rows).toLowerCase()).not.toMatch(/canary|sealed\d|digest:/);
    expect(await pageOf({ text: 'canaryhidden' })).toEqual([]);
    // Three letters at a time would give a secret away as well as the whole.
    expect(await pageOf({ text: 'n99' })).toEqual([]);
    expect((await pageOf({ field: 'secret' })).length).toBe(1);
  });
});

describe('who', () => {
  it('stands on every entry: account and machine', async () => {
    expect((await write('name', 'Sara')).actor).toBe('tester@bench');
    const bodies = house.database.prepare("SELECT body FROM journal WHERE type = 'intent'").all();
    expect(JSON.stringify(bodies)).toContain('machine');
  });

  it('is the display name where one is set, at the machine, and it is found by it', async () => {
    await write('name', 'Sara');
    let name = '';
    const journal = new Journal(house.database, { who: whoOf('ali@laptop', () => name) });
    const { connectionId, remoteId, title, connectionName, site, workOrder } = await newest();
    const note = {
      note: 'copy',
      field: 'secret',
      connectionName,
      site,
      kind: 'simotel',
      workOrder,
      actor: 'ali@laptop',
    } as const;
    journal.note({ connectionId, remoteId, title, workOrderId: null }, note);
    expect((await newest()).actor).toBe('ali@laptop');
    name = 'علی رضایی';
    const seq = journal.note({ connectionId, remoteId, title, workOrderId: null }, note);
    expect((await newest()).actor).toBe('علی رضایی @ laptop');
    expect((await pageOf({ text: 'رضایی' })).map((item) => item.seq)).toEqual([seq]);
    // This journal has no key; all else of the chain holds.
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({ brokenBy: 'key' });
  });
});
