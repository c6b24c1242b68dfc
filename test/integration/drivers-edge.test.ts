import { describe, expect, it } from 'vitest';
import { catalogOf, editableFields } from '../../shared/catalog';
import { fieldValue } from '../../shared/catalog/read';
import { compareReadBack } from '../../shared/diff';
import type { JsonObject } from '../../shared/model/json';
import { demoEdgeAccount, type EdgeOptions, type EdgeSimulator, startEdge } from '../simulators';
import { atEnd, type BenchOptions, bench, gist, listen, problemOf } from './drivers-support';

async function start(options: EdgeOptions = {}, more: BenchOptions = {}) {
  const server = await startEdge(options);
  atEnd(() => server.stop());
  return { server, ...bench('edge', server.url, more) };
}

const idAt = (server: EdgeSimulator, index: number) => String(server.records()[index]?.user_id);
const nothing = () => undefined;
const edit = (field: string, value: string) => new Map([[field, value]]);

function answered(data: unknown, meta: object = {}): string {
  return JSON.stringify({
    data,
    meta: { status: true, message: 'انجام شد', message_code: '200-1', ...meta },
  });
}

describe('testing a connection to a panel', () => {
  it('tells the account and that it is a reseller’s', async () => {
    const { driver, context } = await start();
    await expect(driver.test(context)).resolves.toEqual({
      account: 'patchbay_reseller',
      reseller: true,
      tested: ['reach', 'login'],
    });
  });

  it.each(['ordinary', 'forbidden'] as const)('says that an %s account is no reseller’s', async (account) => {
    const { driver, context } = await start({ modes: { account } });
    expect((await problemOf(driver.test(context))).code).toBe('not-reseller');
  });

  it('recognises a prefix that was pasted with the token', async () => {
    const { driver, context } = await start(
      {},
      { credentials: { token: `Bearer ${demoEdgeAccount.token}` } },
    );
    expect(await problemOf(driver.test(context))).toMatchObject({
      code: 'unauthorized-prefix',
      params: { prefix: 'Bearer' },
    });
  });

  it('says that a token is wrong or expired, with the panel’s own words', async () => {
    const { driver, context } = await start({}, { credentials: { token: 'not-the-token' } });
    expect(await problemOf(driver.test(context))).toMatchObject({
      code: 'unauthorized',
      serverMessage: 'اطلاعات وارد شده صحیح نمی باشد',
    });
  });

  it('sends the token raw, without the line end that was pasted with it', async () => {
    const { driver, context, server } = await start(
      {},
      { credentials: { token: `${demoEdgeAccount.token}\n` } },
    );
    await driver.test(context);
    expect(server.log[0]?.headers.authorization).toBe(demoEdgeAccount.token);
  });

  it('takes a wrong path for a wrong address', async () => {
    const { driver, context } = await start({ modes: { basePath: '/v9/api' } });
    expect((await problemOf(driver.test(context))).code).toBe('wrong-address');
  });
});

describe('reading a panel', () => {
  it.each([
    { maxPerPage: 1000, overMaxPerPage: 'cap', metaNumbers: 'number' },
    { maxPerPage: 50, overMaxPerPage: 'cap', metaNumbers: 'string' },
    { maxPerPage: 100, overMaxPerPage: 'refuse', metaNumbers: 'number' },
  ] as const)('reads every page, whatever size is granted: %o', async (modes) => {
    const { driver, context, server } = await start({ size: 230, modes });
    const seen: (number | null)[][] = [];
    const records = await driver.readAll(context, (...progress) => seen.push(progress));
    expect(records.map(({ remoteId }) => remoteId)).toEqual(
      server.records().map((record) => String(record.user_id)),
    );
    expect(seen.at(-1)).toEqual([230, 230]);
    expect(records[0]?.raw).toHaveProperty('panel_settings');
  });

  it('stops between pages when it is cancelled', async () => {
    const { driver, context, server, stop } = await start({ size: 200, modes: { maxPerPage: 10 } });
    const work = driver.readAll(context, (done) => done >= 30 && stop.abort());
    expect((await problemOf(work)).code).toBe('cancelled');
    expect(server.log).toHaveLength(3);
  });

  it('stops during a page when it is cancelled', async () => {
    const { driver, context, server, stop } = await start();
    server.failNext('hangBeforeApply');
    setTimeout(() => stop.abort(), 50);
    expect((await problemOf(driver.readAll(context, nothing))).code).toBe('cancelled');
  });

  it('keeps a record once that moved to the next page meanwhile, and reads again for one that slipped through', async () => {
    let page = 0;
    const pages = [['1', '2'], ['2', '3'], ['4', '5'], ['1', '2'], ['3', '4'], ['5']];
    const url = await listen((_request, response) => {
      const rows = (pages[page] ?? []).map((user_id) => ({ user_id }));
      page += 1;
      response.end(answered(rows, { last_page: 3, total: page <= 3 ? 6 : 5 }));
    });
    const { driver, context } = bench('edge', url);
    const records = await driver.readAll(context, nothing);
    expect(records.map(({ remoteId }) => remoteId)).toEqual(['1', '2', '3', '4', '5']);
    expect(page).toBe(6);
  });

  it('does not read forever where the panel gives the same page again', async () => {
    let asked = 0;
    const url = await listen((_request, response) => {
      asked += 1;
      response.end(answered([{ user_id: 1 }], { last_page: 900_000, total: 900_000 }));
    });
    const { driver, context } = bench('edge', url);
    expect(await problemOf(driver.readAll(context, nothing))).toMatchObject({
      code: 'unexpected-answer',
      params: { reason: 'paging' },
    });
    expect(asked).toBe(2);
  });

  it('never takes an answer that it does not understand for an empty panel', async () => {
    const url = await listen((_request, response) => response.end(answered('busy')));
    const { driver, context } = bench('edge', url);
    expect(await problemOf(driver.readAll(context, nothing))).toMatchObject({
      code: 'unexpected-answer',
      params: { host: new URL(url).host },
    });
  });

  it('reads a record alike, be it alone or in the list, so that no difference is made up', async () => {
    const { driver, context, server } = await start({ size: 30 });
    const all = await driver.readAll(context, nothing);
    const id = idAt(server, 12);
    const listed = all.find(({ remoteId }) => remoteId === id)?.raw ?? {};
    const alone = (await driver.readMany(context, [id], new Map([[id, listed]]))).get(id);
    const many = (
      await driver.readMany(
        context,
        all.map(({ remoteId }) => remoteId),
        new Map(),
      )
    ).get(id);
    expect(alone).toEqual(listed);
    expect(many).toEqual(listed);
  });

  it('reads a few by their names four at a time, and leaves out one that is gone', async () => {
    const { driver, context, server } = await start({ size: 20, modes: { delayMs: 20 } });
    const hints = new Map(
      (await driver.readAll(context, nothing)).map(({ remoteId, raw }) => [remoteId, raw]),
    );
    server.clearLog();
    const ids = Array.from({ length: 7 }, (_, index) => idAt(server, index));
    server.remove(ids[3] ?? '');
    const found = await driver.readMany(context, ids, hints);
    expect([...found.keys()].sort()).toEqual(ids.filter((_, index) => index !== 3).sort());
    expect(Math.max(...server.log.map(({ concurrent }) => concurrent))).toBeLessThanOrEqual(4);
    expect(server.log.every(({ query }) => !/=(&|$)/.test(query))).toBe(true);
  });

  it('waits where the panel asks it to, and then reads on', async () => {
    const { driver, context, server } = await start();
    server.failNext({ kind: 'tooManyRequests', retryAfterSeconds: 1, form: 'date' });
    const before = Date.now();
    await expect(driver.readAll(context, nothing)).resolves.toHaveLength(40);
    // What was asked for, and no minutes: the date was read as the one that it is.
    expect(Date.now() - before).toBeLessThan(30_000);
    expect(server.log).toHaveLength(2);
  });

  it('offers the panel’s roles for acl_id', async () => {
    const { driver, context } = await start({ modes: { maxPerPage: 2 } });
    expect(driver.lookups).toEqual(['acl_id']);
    const roles = await driver.readLookup(context, 'acl_id');
    expect(roles).toHaveLength(5);
    expect(roles).toContainEqual({ value: '1234', label: 'Legacy 2019' });
  });
});

describe('writing to a panel', () => {
  async function live(
    { driver, context }: Awaited<ReturnType<typeof start>>,
    id: string,
  ): Promise<JsonObject> {
    return (await driver.readMany(context, [id], new Map())).get(id) ?? {};
  }

  it('stores every field of the catalog as it was asked, and nothing else', async () => {
    const all = await start({ modes: { strictTypes: 'refuse' } });
    const { driver, context, connection, server } = all;
    const values: Record<string, string> = {
      acl_id: '1202',
      special_disc: '120',
      expire_time: '2030-02-28',
      tell: '02188888888',
      email: 'a@b.ir',
      password: 'q8?696Q]%U|q',
      description: 'خط ۱\nline 2',
    };
    const id = idAt(server, 0);
    for (const spec of editableFields(catalogOf('edge'))) {
      const before = await live(all, id);
      const now = fieldValue(spec, before);
      const value =
        spec.values?.find((allowed) => allowed.value !== now)?.value ?? values[spec.name] ?? 'نام ۱';
      const request = driver.buildWrite(connection, id, before, edit(spec.name, value));
      expect(Object.keys(JSON.parse(request.body))).toEqual(['user_id', spec.name]);
      expect([spec.name, gist(await driver.send(context, request))]).toEqual([spec.name, 'accepted']);
      const back = compareReadBack(catalogOf('edge'), request.asked, before, await live(all, id));
      expect([spec.name, back.notStored, back.sideEffects]).toEqual([spec.name, [], []]);
      expect(spec.writeOnly ? back.unverifiable : back.stored).toEqual([spec.name]);
    }
  });

  it('sends integers as integers and shows no password', async () => {
    const { driver, connection } = await start();
    const edits = new Map([
      ['acl_id', '1234'],
      ['is_bought_panel', '1'],
      ['special_disc', '120'],
      ['password', 'q8?696Q]%U|q'],
    ]);
    const request = driver.buildWrite(connection, '123', {}, edits);
    expect(JSON.parse(request.body)).toEqual({
      user_id: 123,
      acl_id: 1234,
      is_bought_panel: 1,
      special_disc: 120,
      password: 'q8?696Q]%U|q',
    });
    expect(request.masked).not.toContain('q8?');
  });

  it.each([
    ['a field that the panel refuses', {}, 0, 'acl_id', '77', 'rejected field-errors'],
    ['errors at the root', { errorsPlace: 'root' }, 0, 'acl_id', '77', 'rejected field-errors'],
    ['a 200 that failed', { ok200fail: 'yes' }, 0, 'acl_id', '77', 'rejected field-errors'],
    ['a name from the civil registry', {}, 4, 'name', 'نو', 'rejected name-locked'],
    ['a revoked token', { credentials: 'revoked' }, 0, 'company', 'x', 'stop unauthorized'],
    [
      'a revoked token in a 200',
      { credentials: 'revoked', ok200fail: 'yes' },
      0,
      'company',
      'x',
      'stop unauthorized',
    ],
    ['an account without the right', { account: 'forbidden' }, 0, 'company', 'x', 'stop forbidden'],
    ['a panel that wants PUT', { updateMethod: 'PUT' }, 0, 'company', 'x', 'stop version-mismatch'],
  ] as const)('%s', async (_name, modes, index, field, value, expected) => {
    const { driver, context, connection, server } = await start();
    server.setMode(modes);
    const request = driver.buildWrite(connection, idAt(server, index), {}, edit(field, value));
    expect(gist(await driver.send(context, request))).toBe(expected);
  });

  it('names the fields that were refused, with the panel’s own words', async () => {
    const { driver, context, connection, server } = await start();
    const edits = new Map([
      ['acl_id', '77'],
      ['email', 'no'],
    ]);
    const answer = await driver.send(context, driver.buildWrite(connection, idAt(server, 0), {}, edits));
    expect(answer).toMatchObject({ problem: { code: 'field-errors', params: { fields: 'email, acl_id' } } });
    expect(JSON.stringify(answer)).toContain('مقدار acl_id معتبر نیست');
  });

  it.each(['404', '422'] as const)('recognises an unknown user by %s', async (unknownUser) => {
    const { driver, context, connection } = await start({ modes: { unknownUser } });
    expect(
      gist(await driver.send(context, driver.buildWrite(connection, '1', {}, edit('company', 'x')))),
    ).toBe('rejected unknown-record');
  });

  it('says that API keys are refused', async () => {
    const { driver, context, connection, server } = await start(
      { modes: { apiKeyAccepted: 'reads' } },
      { credentials: { token: demoEdgeAccount.apiKey } },
    );
    const request = driver.buildWrite(connection, idAt(server, 0), {}, edit('company', 'x'));
    expect(gist(await driver.send(context, request))).toBe('stop key-refused');
  });

  it.each(['seconds', 'date'] as const)(
    'hands on how long to wait, told in %s, though the clocks differ',
    async (form) => {
      const { driver, context, connection, server } = await start();
      server.failNext({ kind: 'tooManyRequests', retryAfterSeconds: 7, form });
      const answer = await driver.send(
        context,
        driver.buildWrite(connection, idAt(server, 0), {}, edit('company', 'x')),
      );
      expect(gist(answer)).toBe('rejected rate-limited');
      expect(answer).toHaveProperty('retryAfterMs');
      if (answer.kind !== 'accepted')
        expect(Math.abs((answer.retryAfterMs ?? 0) - 7_000)).toBeLessThanOrEqual(5_000);
      expect(server.log).toHaveLength(1);
    },
  );
});
