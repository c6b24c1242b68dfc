import { describe, expect, it } from 'vitest';
import { catalogOf, editableFields } from '../../shared/catalog';
import { fieldValue } from '../../shared/catalog/read';
import { compareReadBack } from '../../shared/diff';
import type { JsonObject } from '../../shared/model/json';
import { type SimotelOptions, type SimotelSimulator, startSimotel } from '../simulators';
import { atEnd, type BenchOptions, bench, gist, problemOf } from './drivers-support';

async function start(options: SimotelOptions = {}, more: BenchOptions = {}) {
  const server = await startSimotel(options);
  atEnd(() => server.stop());
  return { server, ...bench('simotel', server.url, more) };
}

function someone(server: SimotelSimulator, index = 0): { id: string; record: JsonObject } {
  const record = server.records()[index] ?? {};
  return { id: String(record._id), record };
}

const nothing = () => undefined;
const edit = (field: string, value: string) => new Map([[field, value]]);

describe('testing a connection to a PBX', () => {
  it.each(['basic', 'apikey', 'both'] as const)(
    'succeeds where the account wants %s and gets it',
    async (mode) => {
      const { driver, context } = await start({ auth: { mode } }, { draft: { authMode: mode } });
      await expect(driver.test(context)).resolves.toEqual({ tested: ['reach', 'login', 'read'] });
    },
  );

  it.each([
    ['basic', 'apikey', 'apikey-or-both'],
    ['apikey', 'basic', 'basic-or-both'],
    ['basic', 'both', 'apikey-or-both'],
  ])('sent %s where %s is wanted: says that the mode is wrong', async (authMode, mode, wants) => {
    const { driver, context } = await start(
      { modes: { authMode: mode as 'basic' } },
      { draft: { authMode } },
    );
    const problem = await problemOf(driver.test(context));
    expect(problem).toMatchObject({ code: 'unauthorized-mode', params: { sent: authMode, wants } });
  });

  it('says that the credentials are wrong where the server looked at them', async () => {
    const { driver, context } = await start({ modes: { credentials: 'revoked' } });
    expect((await problemOf(driver.test(context))).code).toBe('unauthorized');
  });

  it('asks for a missing credential before it asks the server', async () => {
    const { driver, context, server } = await start({}, { credentials: { user: 'patchbay' } });
    expect(await problemOf(driver.test(context))).toMatchObject({
      code: 'credential-missing',
      params: { part: 'password' },
    });
    expect(server.log).toHaveLength(0);
  });

  it('names the path without a tick', async () => {
    const { driver, context } = await start({ modes: { deniedPaths: ['/pbx/users/search'] } });
    expect(await problemOf(driver.test(context))).toMatchObject({
      code: 'path-not-ticked',
      params: { path: '/pbx/users/search' },
    });
  });

  it('tells a machine that is not on the allow-list from a missing tick', async () => {
    const { driver, context } = await start({ modes: { ipPermitted: 'no' } });
    expect((await problemOf(driver.test(context))).code).toBe('ip-not-permitted');
  });

  it('takes Apache’s page for a wrong address', async () => {
    const { driver, context } = await start({ modes: { apiVersion: 'v5' } });
    expect((await problemOf(driver.test(context))).code).toBe('wrong-address');
  });

  it('takes 501 for another version', async () => {
    const { driver, context } = await start({ modes: { missingPaths: ['/pbx/users/search'] } });
    expect((await problemOf(driver.test(context))).code).toBe('version-mismatch');
  });
});

describe('reading a PBX', () => {
  it('reads everyone in one search, with what the catalog does not know', async () => {
    const { driver, context, server } = await start({ size: 60 });
    const seen: (number | null)[][] = [];
    const records = await driver.readAll(context, (...progress) => seen.push(progress));
    expect(server.log).toHaveLength(1);
    expect(records.map(({ raw }) => raw)).toEqual(server.records());
    expect(seen.at(-1)).toEqual([60, 60]);
  });

  it.each(['array', 'null', 'string', 'object'] as const)(
    'takes an empty result as %s for nobody',
    async (emptySearch) => {
      const { driver, context } = await start({ size: 0, modes: { emptySearch } });
      await expect(driver.readAll(context, nothing)).resolves.toEqual([]);
    },
  );

  it.each(['number', 'string', 'boolean'] as const)('understands success as %s', async (successForm) => {
    const { driver, context, server } = await start({ size: 3, modes: { successForm } });
    await expect(driver.readAll(context, nothing)).resolves.toHaveLength(3);
    const { id, record } = someone(server);
    const request = driver.buildWrite(context.connection, id, record, edit('name', 'X'));
    expect(gist(await driver.send(context, request))).toBe('accepted');
    server.patch(someone(server, 1).id, { number: '77' });
    expect(
      gist(
        await driver.send(context, driver.buildWrite(context.connection, id, record, edit('number', '77'))),
      ),
    ).toBe('rejected duplicate-number');
  });

  it.each(['exact', 'ignored'] as const)(
    'reads a few records by their exact numbers (alike:false is %s)',
    async (alikeFalse) => {
      const { driver, context, server } = await start({ size: 40, modes: { alikeFalse } });
      const { id, record } = someone(server, 10);
      const found = await driver.readMany(context, [id], new Map([[id, { number: record.number ?? '' }]]));
      expect([...found]).toEqual([[id, record]]);
      expect(server.log.map(({ parsed }) => parsed)).toEqual([
        { alike: false, status: 'all', conditions: { number: record.number } },
      ]);
    },
  );

  it('searches the whole list for a record whose number was changed, and for one that is gone', async () => {
    const { driver, context, server } = await start({ size: 20 });
    const [moved, gone] = [someone(server, 1), someone(server, 2)];
    server.patch(moved.id, { number: '99881' });
    server.remove(gone.id);
    const hints = new Map([moved, gone].map(({ id, record }) => [id, record]));
    const found = await driver.readMany(context, [moved.id, gone.id], hints);
    expect([...found.keys()]).toEqual([moved.id]);
  });

  it('reads many records with one request', async () => {
    const { driver, context, server } = await start({ size: 30 });
    const ids = server.records().map(({ _id }) => String(_id));
    const hints = new Map(server.records().map((record) => [String(record._id), record]));
    expect((await driver.readMany(context, ids, hints)).size).toBe(30);
    expect(server.log).toHaveLength(1);
  });
});

describe('writing to a PBX', () => {
  it('stores every field of the catalog as it was asked, and nothing else', async () => {
    for (const writeMode of ['full', 'changed'] as const) {
      const { driver, context, connection, server } = await start({}, { draft: { writeMode } });
      const values: Record<string, string> = {
        ipMask: '10.0.0.0/255.0.0.0',
        port: '5088',
        email: 'a@b.ir',
        digits: '0042',
        dial: '00989120000000',
        host: '10.1.1.9',
        multiline: 'b=2\r\na = 1\n',
        secret: 'a"b\\ü',
        text: 'نام ۱ "x"',
      };
      for (const spec of editableFields(catalogOf('simotel'))) {
        const { id, record } = someone(server, 8);
        const now = fieldValue(spec, record);
        const value = spec.values?.find((allowed) => allowed.value !== now)?.value ?? values[spec.type] ?? '';
        const request = driver.buildWrite(connection, id, record, edit(spec.name, value));
        expect(gist(await driver.send(context, request))).toBe('accepted');
        const after = server.record(id) ?? {};
        const back = compareReadBack(catalogOf('simotel'), request.asked, record, after);
        expect([spec.name, back.stored, back.notStored, back.sideEffects]).toEqual([
          spec.name,
          [spec.name],
          [],
          [],
        ]);
      }
    }
  });

  it('sends the record as read with the edits in it, without date, queues and a masked secret', async () => {
    const { driver, connection, server } = await start();
    const { id, record } = someone(server, 0);
    const live = {
      ...record,
      secret: '******',
      api_token: '****',
      more_options: 'a=1\r\n b = 2 ',
      number: '0042',
    };
    const request = driver.buildWrite(connection, id, live, edit('name', 'نو'));
    const unsent = ['date', 'queues', 'secret', 'api_token'];
    const kept = Object.fromEntries(Object.entries(live).filter(([name]) => !unsent.includes(name)));
    expect(JSON.parse(request.body)).toEqual({ ...kept, name: 'نو' });
    expect(request.body.startsWith(`{"_id":"${id}"`)).toBe(true);
    expect(Object.keys(live)).toEqual(expect.arrayContaining(unsent));
  });

  it('refuses to write a secret made of asterisks', async () => {
    const { driver, connection, server } = await start();
    const { id, record } = someone(server);
    expect(() => driver.buildWrite(connection, id, record, edit('secret', '****'))).toThrow('invalid-input');
    expect(() => driver.buildWrite(connection, id, record, edit('date', 'x'))).toThrow('invalid-input');
  });

  it.each(['replace', 'merge'] as const)(
    'keeps the other forwards where the server’s policy write is %s',
    async (forwardPolicyWrite) => {
      const { driver, context, connection, server } = await start(
        { modes: { forwardPolicyWrite } },
        { draft: { writeMode: 'changed' } },
      );
      const { id, record } = someone(server);
      const policy = { Busy: '0571', 'No Answer': '0912', UnAvailable: '', All: '' };
      server.patch(id, { forward_policy: policy });
      const request = driver.buildWrite(
        connection,
        id,
        { ...record, forward_policy: policy },
        edit('forward_policy.UnAvailable', '007'),
      );
      expect(JSON.parse(request.body)).toEqual({
        _id: id,
        forward_policy: { ...policy, UnAvailable: '007' },
      });
      await driver.send(context, request);
      expect(server.record(id)?.forward_policy).toEqual({ ...policy, UnAvailable: '007' });
    },
  );

  it('leaves nothing behind where the server resets what is left out and the whole record is sent', async () => {
    const { driver, context, connection, server } = await start({ modes: { updateOmitted: 'reset' } });
    const { id, record } = someone(server, 20);
    const request = driver.buildWrite(connection, id, record, edit('name', 'Full'));
    await driver.send(context, request);
    expect(server.record(id)).toEqual({ ...record, name: 'Full' });
  });

  it('masks every secret in the request that people see', async () => {
    const { driver, connection, server } = await start();
    const { id, record } = someone(server);
    const live = { ...record, more_options: 'setvar=PIN=1234', trunk_password: 'hunter2' };
    const { masked } = driver.buildWrite(connection, id, live, edit('secret', 'new-sip-secret'));
    for (const secret of ['new-sip-secret', 'setvar=PIN=1234', 'hunter2', String(record.secret)]) {
      expect(masked).not.toContain(secret);
    }
    expect(JSON.parse(masked)).toMatchObject({ _id: id, name: record.name, secret: '••••••' });
  });

  it('says which number is taken, which field is missing, and that an unknown record was refused', async () => {
    const { driver, context, connection, server } = await start();
    const [first, second] = [someone(server, 0), someone(server, 1)];
    const number = String(second.record.number);
    const send = (id: string, record: JsonObject, field: string, value: string) =>
      driver.send(context, driver.buildWrite(connection, id, record, edit(field, value)));
    expect(await send(first.id, first.record, 'number', number)).toMatchObject({
      kind: 'rejected',
      problem: { code: 'duplicate-number', params: { number }, serverMessage: 'This number already exists' },
    });
    expect(await send(first.id, first.record, 'number', '')).toMatchObject({
      kind: 'rejected',
      problem: { code: 'field-missing', params: { field: 'number' } },
    });
    expect(gist(await send('603b41443e14270c550bf15a', first.record, 'name', 'x'))).toBe('rejected rejected');
  });

  it('drops the record that an older server leaks', async () => {
    const { driver, context, connection, server } = await start({ modes: { updateAnswerOld: 'old' } });
    const { id, record } = someone(server);
    const answer = await driver.send(context, driver.buildWrite(connection, id, record, edit('name', 'x')));
    expect(answer).toEqual({ kind: 'accepted', serverMessage: 'Requested operation is done successfully' });
  });

  it('stops at a tick that is missing for update, and at a revoked account', async () => {
    const { driver, context, connection, server } = await start({
      modes: { deniedPaths: ['/pbx/users/update'] },
    });
    const { id, record } = someone(server);
    const request = driver.buildWrite(connection, id, record, edit('name', 'x'));
    expect(await driver.send(context, request)).toMatchObject({
      kind: 'stop',
      problem: { code: 'path-not-ticked', params: { path: '/pbx/users/update' } },
    });
    server.setMode({ deniedPaths: [], credentials: 'revoked' });
    expect(gist(await driver.send(context, request))).toBe('stop unauthorized');
  });
});
