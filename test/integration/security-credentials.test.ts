import { beforeEach, describe, expect, it } from 'vitest';
import { readBound } from '../../electron/connections/bound';
import { placeOf } from '../../shared/lib/place';
import type { Connection } from '../../shared/model/connection';
import { demoSimotelAccount, type SimotelSimulator } from '../simulators';
import { draftFor, type House, ok, openHouse, refused } from '../support/house';
import { office, pageOf } from '../support/office';

let house: House;
let server: SimotelSimulator;
let connection: Connection;

beforeEach(async () => {
  ({ house, server, connection } = await office({}, { sync: false }));
});

const statusOf = ({ id }: Connection) => ok(house.ask.connections.credentials({ connectionId: id }));
const setTo = async ({ id }: Connection, part: string, secret: string) =>
  house.ask.connections.setCredential({ connectionId: id, part, secret: await house.envelope(secret) });

describe('a credential', () => {
  it('is in the keychain and nowhere else, and only whether it is there is told', async () => {
    const entry = house.keychain.entries.get(`connection/${connection.id}/password`) ?? '';
    expect(readBound(entry)).toEqual({ secret: demoSimotelAccount.password, place: placeOf(connection) });
    // Each part that the kind can have, so that one of another way to log in is seen too.
    expect(await statusOf(connection)).toEqual([
      { part: 'user', where: 'keychain' },
      { part: 'password', where: 'keychain' },
      { part: 'apiKey', where: 'nowhere' },
    ]);
    expect(house.seen()).not.toContain(demoSimotelAccount.password);
  });

  it('is replaced and cleared', async () => {
    await ok(setTo(connection, 'password', 'other'));
    expect((await refused(house.ask.directory.sync({ connectionId: connection.id }))).code).toBe(
      'unauthorized',
    );
    await ok(house.ask.connections.clearCredential({ connectionId: connection.id, part: 'password' }));
    expect(await statusOf(connection)).toContainEqual({ part: 'password', where: 'nowhere' });
    expect([...house.keychain.entries.values()].join()).not.toContain('"other"');
  });

  it('of a part that the kind does not know is refused', async () => {
    expect(await refused(setTo(connection, 'token', 'x'))).toEqual({
      code: 'invalid-input',
      params: { field: 'token' },
    });
  });

  it('is not said to be kept where the keychain did not take it, each reason by its own name', async () => {
    const before = new Map(house.keychain.entries);
    for (const [reason, code] of [
      ['locked', 'keychain-locked'],
      ['absent', 'keychain-absent'],
      ['denied', 'keychain-denied'],
      ['timed-out', 'keychain-timed-out'],
      ['mismatch', 'keychain-mismatch'],
      ['failed', 'keychain-failed'],
    ] as const) {
      house.keychain.fails = reason;
      expect((await refused(setTo(connection, 'password', 'CANARY'))).code).toBe(code);
      expect((await refused(house.ask.directory.sync({ connectionId: connection.id }))).code).toBe(code);
      expect(await statusOf(connection)).toContainEqual({ part: 'password', where: 'unknown' });
    }
    expect(house.keychain.entries).toEqual(before);
    expect(server.log).toEqual([]);
  });

  it('can be kept for this session only, after a person chose so, and then nothing goes to the keychain', async () => {
    const other = await openHouse({ unlocked: false });
    other.keychain.fails = 'absent';
    await other.vault.open();
    expect(await ok(other.ask.keychain.useSession())).toBe('session-only');
    const panel = await ok(other.ask.connections.create(draftFor('simotel', server.url)));
    for (const [part, secret] of Object.entries(demoSimotelAccount)) {
      if (part === 'apiKey') continue;
      const envelope = await other.envelope(secret);
      const kept = other.ask.connections.setCredential({ connectionId: panel.id, part, secret: envelope });
      expect(await ok(kept)).toEqual({ part, where: 'session' });
    }
    expect((await ok(other.ask.directory.sync({ connectionId: panel.id }))).count).toBe(12);
    expect(other.keychain.entries.size).toBeLessThanOrEqual(1);
    other.close();
    // At the next start it is gone, and what it sealed says so instead of vanishing.
    const next = await openHouse({ folder: other.folder });
    const page = await pageOf(next, panel, { columns: ['number', 'secret'], limit: 1 });
    expect(page.rows[0]?.fields).toEqual({ number: '100', secret: { secret: 'unreadable' } });
  });

  it('goes with its connection, every part that its kind can have', async () => {
    await ok(setTo(connection, 'apiKey', 'key'));
    const mine = () => [...house.keychain.entries.keys()].filter((name) => name.includes(connection.id));
    expect(mine()).toHaveLength(3);
    await ok(house.ask.connections.remove({ connectionId: connection.id }));
    await expect.poll(mine).toEqual([]);
  });

  it('is not carried over to a copy of the connection', async () => {
    const copy = await ok(house.ask.connections.duplicate({ connectionId: connection.id, name: 'Copy' }));
    expect((await statusOf(copy)).map(({ where }) => where)).toEqual(['nowhere', 'nowhere', 'nowhere']);
  });

  it('typed into the form is used for the test and not kept', async () => {
    const { id: connectionId, createdAt: _made, updatedAt: _changed, ...draft } = connection;
    const test = async (password: string) =>
      ok(
        house.ask.connections.test({
          draft,
          connectionId,
          credentials: { password: await house.envelope(password) },
        }),
      );
    expect(await test('wrong')).toMatchObject({ ok: false, problem: { code: 'unauthorized' } });
    expect(await test(demoSimotelAccount.password)).toMatchObject({ ok: true, problem: null });
    expect([...house.keychain.entries.values()].join()).not.toContain('wrong');
  });
});

describe('a connection', () => {
  it('is kept with its pasted address in the one form, and in the order of adding', async () => {
    const made = await ok(
      house.ask.connections.create(
        draftFor('edge', ' https://panel.example/v1/api/user/list ', { name: 'Panel' }),
      ),
    );
    expect(made.baseUrl).toBe('https://panel.example/v1');
    expect((await ok(house.ask.connections.list())).map(({ name }) => name)).toEqual(['PBX', 'Panel']);
  });

  it('is not kept with a secret in its address, an address that is none, or a way to log in of another kind', async () => {
    for (const draft of [
      draftFor('simotel', 'http://user:CANARY@10.0.0.1'),
      draftFor('simotel', 'ftp://10.0.0.1'),
      draftFor('simotel', 'http://'),
      draftFor('simotel', 'http://10.0.0.1', { authMode: 'token' }),
    ])
      expect((await refused(house.ask.connections.create(draft))).code).toBe('invalid-input');
    expect(await ok(house.ask.connections.list())).toHaveLength(1);
    expect(house.seen()).not.toContain('CANARY');
  });

  it('keeps its kind when it is changed', async () => {
    const asked = { connectionId: connection.id, draft: draftFor('edge', 'https://panel.example') };
    expect(await refused(house.ask.connections.update(asked))).toEqual({
      code: 'invalid-input',
      params: { field: 'kind' },
    });
    const draft = draftFor('simotel', server.url, { name: 'Renamed', colour: 'red' });
    expect(await ok(house.ask.connections.update({ connectionId: connection.id, draft }))).toMatchObject({
      id: connection.id,
      name: 'Renamed',
      createdAt: connection.createdAt,
    });
  });

  it('whose row in the file is damaged is not listed, does not stop the others, and is left where it is', async () => {
    await ok(house.ask.connections.duplicate({ connectionId: connection.id, name: 'Copy' }));
    house.database.prepare('UPDATE connections SET body = ? WHERE id = ?').run('{broken', connection.id);
    expect((await ok(house.ask.connections.list())).map(({ name }) => name)).toEqual(['Copy']);
    expect((await refused(house.ask.directory.sync({ connectionId: connection.id }))).code).toBe('not-found');
    expect(house.database.prepare('SELECT body FROM connections WHERE id = ?').get(connection.id)).toEqual({
      body: '{broken',
    });
  });
});
