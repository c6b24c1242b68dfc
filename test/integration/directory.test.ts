import { beforeEach, describe, expect, it } from 'vitest';
import { makeEnvelopeKeys, open } from '../../shared/lib/envelope';
import { type Connection, recordsOf } from '../../shared/model/connection';
import { everything } from '../../shared/model/journal';
import type { EdgeSimulator, SimotelSimulator } from '../simulators';
import { atEnd } from '../support/endings';
import {
  bytesOf,
  cancelSync,
  connect,
  crypto,
  type House,
  journalRows,
  ok,
  openHouse,
  refused,
  thrown,
  type as typeInto,
} from '../support/house';
import { office, pageOf, reopened } from '../support/office';
import { arrives, idOf, panel, pbx, reads } from '../support/servers';

type Query = Parameters<typeof pageOf>[2];

const idsOf = async (house: House, connection: Connection, query: Query = {}) =>
  (await pageOf(house, connection, query)).rows.map((row) => row.remoteId);
const sync = (house: House, { id }: Connection) => house.ask.directory.sync({ connectionId: id });
const recordOf = (house: House, connection: Connection, remoteId: string) =>
  ok(house.ask.directory.record({ connectionId: connection.id, remoteId }));
const phases = (house: House) =>
  house.emitted.flatMap((event) => (event.name === 'jobProgress' ? [event.payload.phase] : []));

describe('the sync of a PBX', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;

  beforeEach(async () => {
    ({ house, server, connection } = await office({}, { sync: false }));
  });

  it('keeps every record in the order of the server, with the time, for when the server is gone', async () => {
    const before = Date.now();
    const summary = await ok(sync(house, connection));
    expect(summary.count).toBe(12);
    expect(summary.syncedAt).toBeGreaterThanOrEqual(before);
    await server.stop();
    expect(await idsOf(house, connection)).toEqual(server.records().map((record) => record._id));
    expect(await ok(house.ask.directory.summaries())).toEqual([summary]);
    const next = await reopened(house);
    expect(await idsOf(next, connection)).toHaveLength(12);
  });

  it('takes away what the server has no more and adds what is new', async () => {
    await ok(sync(house, connection));
    expect(await idsOf(house, connection)).toHaveLength(12);
    const gone = idOf(server, 2);
    server.remove(gone);
    server.patch(idOf(server, 0), { name: 'Changed there' });
    await ok(sync(house, connection));
    expect(await idsOf(house, connection)).not.toContain(gone);
    expect((await recordOf(house, connection, idOf(server, 0))).fields.name).toBe('Changed there');
  });

  it('that fails keeps what was there, says why and tells that it failed', async () => {
    const first = await ok(sync(house, connection));
    server.patch(idOf(server, 0), { name: 'New name' });
    for (const [fault, code] of [
      ['truncatedJson', 'bad-json'],
      ['html', 'html-answer'],
      ['hangAfterApply', 'timeout'],
      ['resetMidBody', 'reset'],
    ] as const) {
      server.failNext(fault, { path: '/search' });
      expect((await refused(sync(house, connection))).code, fault).toBe(code);
    }
    await server.stop();
    // A connection that was kept alive may be found reset where a new one would be refused.
    expect(['refused', 'reset']).toContain((await refused(sync(house, connection))).code);
    expect(await ok(house.ask.directory.summaries())).toEqual([first]);
    expect(await pageOf(house, connection, { text: 'New name' })).toMatchObject({ total: 0 });
    expect(phases(house).filter((phase) => phase !== 'reading' && phase !== 'storing')).toEqual([
      'done',
      ...Array(5).fill('failed'),
    ]);
    expect(await ok(house.ask.connections.reach())).toEqual([
      { connectionId: connection.id, reach: 'unreachable' },
    ]);
  });

  it('that cannot be stored whole stores nothing of it', async () => {
    const first = await ok(sync(house, connection));
    const names = (await pageOf(house, connection)).rows;
    for (const record of server.records()) server.patch(String(record._id), { name: 'New' });
    const last = idOf(server, 11);
    house.database.exec(
      `CREATE TEMP TRIGGER full BEFORE INSERT ON main.record_places WHEN NEW.remote_id = '${last}'
        BEGIN SELECT RAISE (ABORT, 'database or disk is full'); END`,
    );
    expect((await refused(sync(house, connection))).code).toBe('disk-full');
    expect(await ok(house.ask.directory.summaries())).toEqual([first]);
    expect((await pageOf(house, connection)).rows).toEqual(names);
  });

  it('stores nothing in clear while the keychain gives no key, and says so', async () => {
    house.close();
    for (const [state, code] of [
      ['locked', 'keychain-locked'],
      ['absent', 'keychain-absent'],
      ['denied', 'keychain-denied'],
      ['timed-out', 'keychain-timed-out'],
    ] as const) {
      const closed = await openHouse({ folder: house.folder, keychain: house.keychain, unlocked: false });
      // The credentials are still to be had; the key is not.
      const { records } = { records: server.records() };
      closed.keychain.fails = state;
      await closed.vault.open();
      const work = () =>
        closed.services.directory.refresh(recordsOf(connection), 'x', { secret: String(records[0]?.secret) });
      expect(thrown(work).code).toBe(code);
      expect((await refused(sync(closed, connection))).code).toBe(code);
      closed.keychain.fails = undefined;
      closed.close();
    }
    expect(bytesOf(house)).not.toContain(String(server.records()[0]?.secret));
  });

  it('of a connection that syncs already is refused, of another one not', async () => {
    const second = await connect(house, 'simotel', server, { sync: false, name: 'Second' });
    server.setMode({ delayMs: 150 });
    const running = sync(house, connection);
    expect(await refused(sync(house, connection))).toEqual({ code: 'busy', params: { name: 'PBX' } });
    await ok(sync(house, second));
    await ok(running);
    await ok(sync(house, connection));
  });

  it('can be cancelled, which keeps what was there and frees it for the next', async () => {
    const first = await ok(sync(house, connection));
    const reading = arrives(server, ({ path }) => path.endsWith('/search'));
    server.failNext('hangBeforeApply', { path: '/search' });
    const running = refused(sync(house, connection));
    await reading;
    await cancelSync(house, connection);
    expect((await running).code).toBe('cancelled');
    expect(phases(house).at(-1)).toBe('cancelled');
    expect(await ok(house.ask.directory.summaries())).toEqual([first]);
    await ok(sync(house, connection));
  });

  it('of a connection that is removed meanwhile leaves nothing behind', async () => {
    server.failNext('hangBeforeApply', { path: '/search' });
    const running = refused(sync(house, connection));
    await ok(house.ask.connections.remove({ connectionId: connection.id }));
    expect((await running).code).toBe('cancelled');
    expect(house.database.prepare('SELECT * FROM records').all()).toEqual([]);
  });

  it('says at once what is missing where there are no credentials', async () => {
    await ok(house.ask.connections.clearCredential({ connectionId: connection.id, part: 'password' }));
    expect(await refused(sync(house, connection))).toEqual({
      code: 'credential-missing',
      params: { part: 'password' },
    });
    expect(reads(server)).toEqual([]);
  });

  it('is not disturbed by a test of the same connection', async () => {
    const reading = arrives(server, ({ path }) => path.endsWith('/search'));
    server.failNext({ kind: 'delay', beforeMs: 700 }, { path: '/search' });
    const running = sync(house, connection);
    await reading;
    const { id, createdAt: _made, updatedAt: _changed, ...draft } = connection;
    const report = await ok(house.ask.connections.test({ draft, connectionId: id, credentials: {} }));
    expect(report.ok).toBe(true);
    expect((await ok(running)).count).toBe(12);
  });
});

describe('the sync of a panel', () => {
  let house: House;
  let server: EdgeSimulator;
  let connection: Connection;

  beforeEach(async () => {
    house = await openHouse();
    server = await panel({ size: 35, modes: { maxPerPage: 10 } });
    connection = await connect(house, 'edge', server, { sync: false });
  });

  it('reads page by page and tells how far it is', async () => {
    expect((await ok(sync(house, connection))).count).toBe(35);
    const told = house.emitted.flatMap((event) =>
      event.name === 'jobProgress'
        ? [`${event.payload.phase} ${event.payload.done}/${event.payload.total}`]
        : [],
    );
    expect(told).toEqual(
      expect.arrayContaining(['reading 10/35', 'reading 20/35', 'reading 35/35', 'done 35/35']),
    );
    // How far it had come each time is a matter of how fast the machine is.
    expect(told.filter((one) => /^storing \d+\/35$/.test(one)).length).toBeGreaterThan(0);
    expect(told[0]).toBe('reading 0/null');
    expect(told.at(-1)).toBe('done 35/35');
  });

  it('can be cancelled between pages', async () => {
    server.failNext('hangBeforeApply', (request) => request.query.get('page') === '3');
    const third = house.when((event) => event.name === 'jobProgress' && event.payload.done === 20);
    const running = refused(sync(house, connection));
    await third;
    await cancelSync(house, connection);
    expect((await running).code).toBe('cancelled');
    expect(await ok(house.ask.directory.summaries())).toMatchObject([{ count: 0, syncedAt: null }]);
  });

  it('keeps the list of roles for when the panel is gone', async () => {
    await ok(sync(house, connection));
    await server.stop();
    const asked = { connectionId: connection.id, field: 'acl_id' };
    const roles = await ok(house.ask.directory.lookup(asked));
    expect(roles).toContainEqual({ value: '1203', label: 'Developer API' });
    expect(roles).toHaveLength(5);
    expect(await ok(house.ask.directory.lookup({ ...asked, field: 'name' }))).toEqual([]);
  });

  it('is not spoiled by a refused list of roles, and the list of before stays', async () => {
    await ok(sync(house, connection));
    server.failNext({ kind: 'status', status: 403, body: '{}' }, { path: '/package/list' });
    expect((await ok(sync(house, connection))).count).toBe(35);
    const asked = { connectionId: connection.id, field: 'acl_id' };
    expect(await ok(house.ask.directory.lookup(asked))).toHaveLength(5);
  });

  it('stores records and roles together or not at all', async () => {
    await ok(sync(house, connection));
    for (const record of server.records()) server.patch(String(record.user_id), { company: 'New company' });
    house.database.exec(
      "CREATE TEMP TRIGGER full BEFORE UPDATE ON main.lookups BEGIN SELECT RAISE (ABORT, 'database or disk is full'); END",
    );
    expect((await refused(sync(house, connection))).code).toBe('disk-full');
    expect(await pageOf(house, connection, { text: 'New company' })).toMatchObject({ total: 0 });
    const next = await reopened(house);
    expect(await pageOf(next, connection, { text: 'New company' })).toMatchObject({ total: 0 });
  });
});

describe('the grid', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;

  beforeEach(async () => {
    ({ house, server, connection } = await office({}, { sync: false }));
  });

  /** Gives the first records these names and numbers, and reads the directory. */
  async function fill(rows: readonly Record<string, string>[]): Promise<string[]> {
    const ids = server.records().map((record) => String(record._id));
    for (const id of ids.slice(rows.length)) server.remove(id);
    for (const [index, fields] of rows.entries()) server.patch(ids[index] ?? '', fields);
    await ok(sync(house, connection));
    return ids.slice(0, rows.length);
  }

  it('finds a text in every column, each word for itself', async () => {
    const [a, b, c] = await fill([
      { name: 'Reza Karimi', number: '101', email: 'x@one.ir', description: 'Hall', context: 'sales' },
      { name: 'Sara', number: '102', email: 'karimi@two.ir', description: '', context: 'sales' },
      { name: 'Mina', number: '103', email: '', description: 'room KARIMI', context: 'other' },
    ]);
    expect(await idsOf(house, connection, { text: 'karimi' })).toEqual([a, b, c]);
    expect(await idsOf(house, connection, { text: 'karimi sales' })).toEqual([a, b]);
    expect(await idsOf(house, connection, { text: '103' })).toEqual([c]);
    expect(await idsOf(house, connection, { text: 'nothing of it' })).toEqual([]);
    expect(await idsOf(house, connection, { text: String(b) })).toEqual([b]);
    // Two columns are not one text.
    expect(await idsOf(house, connection, { text: 'karimi101' })).toEqual([]);
  });

  it('puts the record that is called exactly so before the others that the text is found in', async () => {
    const [mentions, longer, exact] = await fill([
      { number: '101', description: 'calls 7077' },
      { number: '70771', description: '' },
      { number: '7077', description: '' },
    ]);
    expect(await idsOf(house, connection, { text: '۷۰۷۷' })).toEqual([exact, mentions, longer]);
    expect(await idsOf(house, connection, { text: '7077', limit: 1 })).toEqual([exact]);
  });

  it('finds a name typed on either keyboard, and digits in either form', async () => {
    const [arabic, persian, digits] = await fill([
      { name: 'علي كريمي', number: '101' },
      { name: 'علی کریمی', number: '102' },
      { name: 'اتاق ۹۸۷۶۵', number: '103', cid_number: '09121112233' },
    ]);
    expect(await idsOf(house, connection, { text: 'علی کریمی' })).toEqual([arabic, persian]);
    expect(await idsOf(house, connection, { text: 'علي كريمي' })).toEqual([arabic, persian]);
    expect(await idsOf(house, connection, { text: '98765' })).toEqual([digits]);
    expect(await idsOf(house, connection, { text: '۰۹۱۲۱۱۱' })).toEqual([digits]);
  });

  it('never finds a record by its secret', async () => {
    const [a] = await fill([
      { name: 'A', number: '101', secret: 'findme-secret', more_options: 'findme=options' },
    ]);
    server.patch(String(a), { sip_password: 'findme-unknown' });
    await ok(sync(house, connection));
    expect(await idsOf(house, connection, { text: 'findme' })).toEqual([]);
  });

  it('sorts numbers as numbers, either way, with the empty ones last both times', async () => {
    const [n10, n9, empty, n101] = await fill([
      { number: '10', call_limit: '10' },
      { number: '9', call_limit: '9' },
      { number: '8', call_limit: '' },
      { number: '101', call_limit: '101' },
    ]);
    const by = (descending: boolean) =>
      idsOf(house, connection, { sort: { field: 'call_limit', descending } });
    expect(await by(false)).toEqual([n9, n10, n101, empty]);
    expect(await by(true)).toEqual([n101, n10, n9, empty]);
  });

  it('keeps the order of the server where it is not sorted, or is to be by a secret or unknown field', async () => {
    const ids = await fill([
      { number: '103', secret: 'c' },
      { number: '101', secret: 'a' },
      { number: '102', secret: 'b' },
    ]);
    for (const sort of [
      null,
      { field: 'secret', descending: false },
      { field: 'nonsense', descending: true },
    ])
      expect(await idsOf(house, connection, { sort })).toEqual(ids);
  });

  it('shows only records with prepared edits where that is asked, and how many fields each has', async () => {
    const [a, b] = await fill([{ number: '101' }, { number: '102' }, { number: '103' }]);
    await typeInto(house, connection, b, 'name', 'X');
    await typeInto(house, connection, b, 'description', 'Y');
    const { total, rows } = await pageOf(house, connection, { onlyChanged: true });
    expect([total, rows.map((row) => [row.remoteId, row.changed])]).toEqual([1, [[b, 2]]]);
    await typeInto(house, connection, a, 'name', 'X');
    expect(await idsOf(house, connection, { onlyChanged: true })).toEqual([a, b]);
    expect((await pageOf(house, connection)).rows.map((row) => row.changed)).toEqual([1, 2, 0]);
  });

  it('gives a window of what it found, and only the columns asked for', async () => {
    const ids = await fill([{ number: '101' }, { number: '102' }, { number: '103' }, { number: '104' }]);
    const { total, rows } = await pageOf(house, connection, {
      columns: ['number', 'secret', 'nonsense'],
      offset: 1,
      limit: 2,
    });
    expect(total).toBe(4);
    expect(rows.map((row) => row.remoteId)).toEqual(ids.slice(1, 3));
    expect(rows[0]?.fields).toEqual({ number: '102', secret: { secret: 'set' } });
    expect((await pageOf(house, connection, { offset: 4 })).rows).toEqual([]);
  });

  it('shows of a secret only whether there is one', async () => {
    const [set, empty] = await fill([
      { number: '101', secret: 'CANARY-1', more_options: 'a=CANARY-2' },
      { number: '102', secret: '', more_options: '' },
    ]);
    const rows = (await pageOf(house, connection, { columns: ['secret', 'more_options'] })).rows;
    expect(rows.map((row) => row.fields)).toEqual([
      { secret: { secret: 'set' }, more_options: { secret: 'set' } },
      { secret: { secret: 'empty' }, more_options: { secret: 'empty' } },
    ]);
    expect((await recordOf(house, connection, String(set))).fields.secret).toEqual({ secret: 'set' });
    expect((await recordOf(house, connection, String(empty))).fields.secret).toEqual({ secret: 'empty' });
    expect(house.seen() + bytesOf(house)).not.toContain('CANARY');
  });

  it('says of a secret of which the server shows only asterisks that it is withheld', async () => {
    server.setMode({ secretOnRead: 'masked' });
    const [id] = await fill([{ number: '101' }]);
    expect((await recordOf(house, connection, String(id))).fields.secret).toEqual({ secret: 'withheld' });
  });

  it('lists the distinct values of a field, the most frequent first, and never those of a secret', async () => {
    await fill([
      { number: '101', context: 'sales', secret: 'one' },
      { number: '102', context: 'main', secret: 'one' },
      { number: '103', context: 'sales', secret: 'two' },
      { number: '104', context: '', secret: 'two' },
    ]);
    const distinct = (field: string) =>
      ok(house.ask.directory.distinct({ connectionId: connection.id, field }));
    expect(await distinct('context')).toEqual([
      { value: 'sales', count: 2 },
      { value: 'main', count: 1 },
    ]);
    for (const field of ['secret', 'more_options', 'nonsense']) expect(await distinct(field)).toEqual([]);
  });

  it('holds 10,000 records', async () => {
    const big = await pbx({ size: 10_000 });
    const large = await connect(house, 'simotel', big, { timeoutMs: 60_000 });
    const found = await pageOf(house, large, { sort: { field: 'name', descending: false }, limit: 100 });
    expect(found.total).toBe(10_000);
    for (let offset = 0; offset < 10_000; offset += 500)
      expect((await pageOf(house, large, { offset, limit: 500 })).rows).toHaveLength(500);
    const last = await pageOf(house, large, { offset: 9_990, limit: 100 });
    expect(last.rows).toHaveLength(10);
    expect((await pageOf(house, large, { text: '5999' })).total).toBeGreaterThan(0);
  });
});

describe('a record', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;
  let id: string;

  beforeEach(async () => {
    house = await openHouse();
    server = await pbx();
    id = idOf(server, 0);
    server.patch(id, {
      secret: 'CANARY-sip',
      web_phone: { enabled: 'yes', auth_token: 'CANARY-inner', limits: [1, 2] },
      sip_password: 'CANARY-unknown',
      forward_policy: { Busy: '02188', 'No Answer': '', UnAvailable: '', All: '', Night: '09' },
      quota: 5,
    });
    connection = await connect(house, 'simotel', server, { timeoutMs: 5_000 });
  });

  it('names the fields that the catalog does not know, and shows of each only that it is there', async () => {
    const { unknown, fields } = await recordOf(house, connection, id);
    const shown = Object.fromEntries(unknown.map(({ name, value }) => [name, value]));
    expect(Object.keys(shown)).toEqual(
      expect.arrayContaining(['sip_password', 'forward_policy.Night', 'quota', 'web_phone']),
    );
    expect(new Set(Object.values(shown).map((value) => JSON.stringify(value)))).toEqual(
      new Set([JSON.stringify({ secret: 'set' })]),
    );
    expect(fields['forward_policy.Busy']).toBe('02188');
    expect(house.seen() + bytesOf(house)).not.toContain('CANARY');
  });

  it('that is not in the directory is not found', async () => {
    const asked = house.ask.directory.record({ connectionId: connection.id, remoteId: 'nobody' });
    expect(await refused(asked)).toMatchObject({ code: 'not-found', params: { what: 'record' } });
  });

  it('shows its secret on asking, sealed to the window that asked, after the asking is in the journal', async () => {
    const window = await makeEnvelopeKeys(crypto);
    const asked = { connectionId: connection.id, remoteId: id, field: 'secret', to: window.publicKey };
    const { secret } = await ok(house.ask.directory.reveal({ ...asked, source: 'record' }));
    expect(await open(crypto, window, secret)).toBe('CANARY-sip');
    await typeInto(house, connection, id, 'secret', 'CANARY-typed');
    const prepared = await ok(house.ask.directory.reveal({ ...asked, source: 'change' }));
    expect(await open(crypto, window, prepared.secret)).toBe('CANARY-typed');
    const ref = { connectionId: connection.id, remoteId: id, field: 'secret' };
    expect(await ok(house.ask.directory.copySecret({ ...ref, source: 'record' }))).toEqual({
      clearedAfterSeconds: 30,
    });
    expect(house.copied).toEqual(['CANARY-sip']);
    const { items } = await ok(
      house.ask.journal.page({
        ...everything,
        before: null,
        limit: 10,
      }),
    );
    expect(items.map(({ type }) => type)).toEqual(['copy', 'reveal', 'reveal']);
    expect(items[0]).toMatchObject({ remoteId: id, actor: 'tester@bench', fields: [{ field: 'secret' }] });
    expect(house.seen() + bytesOf(house)).not.toContain('CANARY');
  });

  it('hands no secret out where the asking cannot be written into the journal', async () => {
    house.database.exec(
      "CREATE TEMP TRIGGER full BEFORE INSERT ON main.journal BEGIN SELECT RAISE (ABORT, 'database or disk is full'); END",
    );
    const window = await makeEnvelopeKeys(crypto);
    const ref = { connectionId: connection.id, remoteId: id, field: 'secret', source: 'record' } as const;
    expect((await refused(house.ask.directory.reveal({ ...ref, to: window.publicKey }))).code).toBe(
      'disk-full',
    );
    expect((await refused(house.ask.directory.copySecret(ref))).code).toBe('disk-full');
    expect(house.copied).toEqual([]);
    expect(journalRows(house.database)).toEqual([]);
  });

  it('hands out no asterisks for a secret, no field that is none, and nothing that is not there', async () => {
    server.setMode({ secretOnRead: 'masked' });
    await ok(sync(house, connection));
    const ref = { connectionId: connection.id, remoteId: id, source: 'record' } as const;
    const asked: [object, string][] = [
      [{ field: 'secret' }, 'secret-not-shown'],
      [{ field: 'name' }, 'invalid-input'],
      [{ field: 'no_such_field' }, 'invalid-input'],
      [{ field: 'secret', source: 'change' }, 'not-found'],
      [{ field: 'secret', remoteId: 'nobody' }, 'not-found'],
    ];
    for (const [more, code] of asked) {
      const request = { ...ref, field: 'secret', ...more };
      expect((await refused(house.ask.directory.copySecret(request))).code, JSON.stringify(more)).toBe(code);
    }
    expect(house.copied).toEqual([]);
    expect(journalRows(house.database)).toEqual([]);
  });

  it('says what the keychain says where its secret is asked for without a key', async () => {
    const closed = await reopened(house, { unlocked: false });
    const ref = { connectionId: connection.id, remoteId: id, field: 'secret', source: 'record' } as const;
    expect((await refused(closed.ask.directory.copySecret(ref))).code).toBe('keychain-locked');
    expect((await recordOf(closed, connection, id)).fields.secret).toEqual({ secret: 'unreadable' });
    atEnd(closed.close);
  });
});
