import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EdgeSimulator, type Fields, startEdge } from '../simulators/index.ts';

let panel: EdgeSimulator;

beforeEach(async () => {
  panel = await startEdge({ seed: 7, size: 40 });
});
afterEach(() => panel.stop());

async function call(method: string, path: string, body?: unknown, authorization = 'demo-edge-token-0001') {
  const response = await fetch(`${panel.url}${panel.modes().basePath}${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: JSON.parse(await response.text()) };
}

const update = (fields: Fields) => call('POST', '/user/update', fields);

function at(index: number): Fields & { user_id: number } {
  const record = panel.records()[index];
  if (!record) throw new Error(`no record ${index}`);
  return { ...record, user_id: Number(record.user_id) };
}

describe('Edge reads', () => {
  it('pages by ten with its meta, caps or refuses a large page, and can say numbers as text', async () => {
    const { json } = await call('GET', '/user/list');
    expect(json.data).toHaveLength(10);
    expect(json.meta).toMatchObject({ status: true, current_page: 1, last_page: 4, per_page: 10, total: 40 });
    expect((await call('GET', '/user/list?page=4&per_page=13')).json.data).toHaveLength(1);
    panel.setMode({ maxPerPage: 20, metaNumbers: 'string' });
    expect((await call('GET', '/user/list?per_page=100')).json.meta).toMatchObject({
      per_page: '20',
      total: '40',
    });
    panel.setMode({ overMaxPerPage: 'refuse' });
    expect((await call('GET', '/user/list?per_page=100')).status).toBe(422);
  });

  it('filters, and refuses, mis-takes or ignores an empty filter', async () => {
    const { uname } = at(3);
    expect((await call('GET', `/user/list?username=${uname}`)).json.data[0].uname).toBe(uname);
    expect((await call('GET', '/user/list?name=')).json.meta.errors).toHaveProperty('name');
    panel.setMode({ emptyFilter: 'matchNone' });
    expect((await call('GET', '/user/list?name=')).json.meta.total).toBe(0);
    panel.setMode({ emptyFilter: 'ignore' });
    expect((await call('GET', '/user/list?name=')).json.meta.total).toBe(40);
  });

  it('gives other types in list than in show, and never a password', async () => {
    const { user_id } = at(0);
    const [listed] = (await call('GET', '/user/list?per_page=1')).json.data;
    const shown = (await call('GET', `/user/show?user_id=${user_id}`)).json.data;
    expect([typeof listed.parent, typeof shown.parent]).toEqual(['number', 'object']);
    expect([listed.mobile.slice(0, 4), shown.mobile.slice(0, 1)]).toEqual(['+989', '9']);
    expect([typeof listed.credit.credit, typeof shown.credit.credit]).toEqual(['string', 'number']);
    expect(JSON.stringify([listed, shown])).not.toMatch(/password|name_locked|Pw!/);
    panel.setMode({ readTypes: 'same' });
    expect((await call('GET', `/user/show?user_id=${user_id}`)).json.data.mobile).toBe(listed.mobile);
  });

  it.each([
    ['text', '2026-08-09'],
    ['datetime', '2026-08-09 23:59:59'],
    ['epoch', 1786233600],
    ['null', null],
  ] as const)('reads expire_time as %s', async (mode, value) => {
    const { user_id } = at(0);
    panel.patch(user_id, { expire_time: '2026-08-09' });
    panel.setMode({ expireForm: mode });
    expect((await call('GET', `/user/show?user_id=${user_id}`)).json.data.expire_time).toBe(value);
  });

  it('reads is_bought_panel as text or number', async () => {
    const { user_id, is_bought_panel } = at(0);
    expect((await call('GET', `/user/show?user_id=${user_id}`)).json.data.is_bought_panel).toBe(
      is_bought_panel,
    );
    panel.setMode({ isBoughtPanelForm: 'number' });
    expect((await call('GET', `/user/show?user_id=${user_id}`)).json.data.is_bought_panel).toBe(
      Number(is_bought_panel),
    );
  });

  it('lists role packages, and check_token tells whether it is a reseller', async () => {
    expect((await call('GET', '/acl/package/list?per_page=1000')).json.data[0]).toHaveProperty('acl_role_id');
    expect((await call('POST', '/acl/auth/check_token')).json.data).toMatchObject({
      is_reseller: true,
      send_block: false,
    });
    panel.setMode({ account: 'ordinary' });
    expect((await call('POST', '/acl/auth/check_token')).json.data.is_reseller).toBe(false);
    expect((await call('GET', '/user/list')).json.meta.total).toBe(0);
    panel.setMode({ account: 'forbidden' });
    expect((await call('GET', '/user/list')).status).toBe(403);
  });

  it('answers an unknown user with 404-1 or with a field error', async () => {
    expect(await call('GET', '/user/show?user_id=1')).toMatchObject({
      status: 404,
      json: { meta: { message_code: '404-1' } },
    });
    panel.setMode({ unknownUser: '422' });
    expect(await update({ user_id: 1 })).toMatchObject({
      status: 422,
      json: { meta: { errors: { user_id: expect.any(Array) } } },
    });
  });
});

describe('Edge login', () => {
  it('takes the raw token or key, and answers a prefix word for word as the seed', async () => {
    expect((await call('GET', '/user/list', undefined, 'demo-edge-api-key-0001')).status).toBe(200);
    expect(await call('GET', '/user/list', undefined, 'Bearer demo-edge-token-0001')).toEqual({
      status: 401,
      json: {
        data: null,
        meta: {
          status: false,
          message: 'اطلاعات وارد شده صحیح نمی باشد',
          message_parameters: [],
          message_code: '400-1',
          errors: {},
        },
      },
    });
  });

  it('refuses API keys for updates or for all, and revoked credentials', async () => {
    const key = 'demo-edge-api-key-0001';
    panel.setMode({ apiKeyAccepted: 'reads' });
    expect((await call('GET', '/user/list', undefined, key)).status).toBe(200);
    expect((await call('POST', '/user/update', { user_id: 1 }, key)).status).toBe(403);
    panel.setMode({ apiKeyAccepted: 'none' });
    expect((await call('GET', '/user/list', undefined, key)).status).toBe(403);
    panel.setMode({ credentials: 'revoked' });
    expect((await call('GET', '/user/list')).status).toBe(401);
  });

  it('lets the token expire after some requests or at an instant', async () => {
    panel.setMode({ tokenExpiresAfter: 2 });
    const statuses = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await call('GET', '/user/list')).status);
    expect(statuses).toEqual([200, 200, 401]);
    panel.setMode({
      tokenExpiresAfter: 0,
      clock: '2026-01-01T10:00:00Z',
      tokenExpiresAt: '2026-01-01T10:00:01Z',
    });
    expect((await call('GET', '/user/list')).status).toBe(200);
    panel.setMode({ clock: '2026-01-01T10:00:01Z' });
    expect((await call('GET', '/user/list')).status).toBe(401);
  });

  it('lives where basePath says', async () => {
    panel.setMode({ basePath: '/api' });
    expect((await call('GET', '/user/list')).status).toBe(200);
    expect((await fetch(`${panel.url}/v1/api/user/list`)).status).toBe(404);
  });
});

describe('Edge update', () => {
  it('stores what the seed sends, keeps the rest, and answers as the seed', async () => {
    const before = at(0);
    const sent = {
      user_id: before.user_id,
      name: 'name',
      password: 'q8?696Q]%U|q',
      company: 'test',
      email: 'test@test.com',
      tell: '02122222222',
      acl_id: 1234,
      description: 'description',
      expire_time: '2026-08-09',
      status: 'active',
      send_block: 'no',
      special_disc: 120,
      is_bought_panel: 1,
    };
    expect((await update(sent)).json).toEqual({
      data: null,
      meta: { status: true, message: 'انجام شد', message_parameters: [], message_code: '200-1' },
    });
    const { acl_id, is_bought_panel, tell, ...same } = sent;
    expect(panel.record(before.user_id)).toEqual({
      ...before,
      ...same,
      acl_role_id: acl_id,
      is_bought_panel: '1',
      tell: '+982122222222',
    });
  });

  it('resets what is left out where the mode says so, but never the password', async () => {
    const { user_id, password } = at(0);
    panel.setMode({ updateOmitted: 'reset' });
    await update({ user_id, name: 'تازه' });
    expect(panel.record(user_id)).toMatchObject({ name: 'تازه', email: '', acl_role_id: 1201, password });
  });

  it.each([
    ['password', 'weak'],
    ['password', 'NoDigits!!'],
    ['acl_id', 999],
    ['expire_time', '2026-02-30'],
    ['expire_time', ''],
    ['expire_time', null],
    ['email', 'nobody'],
    ['status', 'off'],
    ['send_block', true],
    ['special_disc', -1],
    ['is_bought_panel', 2],
    ['tell', 'abc'],
  ])('refuses %s = %j with a field error and stores nothing', async (name, value) => {
    const before = at(0);
    expect(await update({ user_id: before.user_id, company: 'x', [name]: value })).toMatchObject({
      status: 422,
      json: { meta: { status: false, message_code: '422-1', errors: { [name]: expect.any(Array) } } },
    });
    expect(panel.record(before.user_id)).toEqual(before);
  });

  it('eases each rule where its mode says so', async () => {
    const { user_id } = at(0);
    panel.setMode({ passwordRule: 'off', aclMustExist: 'no', expireClear: 'both', tellNormalised: 'no' });
    await update({ user_id, password: 'weak', acl_id: 999, expire_time: '', tell: '02122222222' });
    expect(panel.record(user_id)).toMatchObject({
      password: 'weak',
      acl_role_id: 999,
      expire_time: null,
      tell: '02122222222',
    });
  });

  it('refuses, ignores or takes a name that came from the civil registry', async () => {
    const { user_id, name, name_locked } = at(4);
    expect(name_locked).toBe(true);
    expect((await update({ user_id, name: 'دیگر' })).json.meta.errors).toHaveProperty('name');
    panel.setMode({ nameLocked: 'ignore' });
    expect((await update({ user_id, name: 'دیگر' })).status).toBe(200);
    expect(panel.record(user_id)?.name).toBe(name);
    panel.setMode({ nameLocked: 'off' });
    await update({ user_id, name: 'دیگر' });
    expect(panel.record(user_id)?.name).toBe('دیگر');
  });

  it('listens to name, name_family or both', async () => {
    const { user_id } = at(0);
    await update({ user_id, name_family: 'یک' });
    expect(panel.record(user_id)?.name).toBe('یک');
    panel.setMode({ nameKey: 'name_family' });
    await update({ user_id, name: 'دو' });
    expect(panel.record(user_id)?.name).toBe('یک');
  });

  it('takes POST, PUT or either', async () => {
    const { user_id } = at(0);
    expect((await call('PUT', '/user/update', { user_id })).status).toBe(405);
    panel.setMode({ updateMethod: 'PUT' });
    expect((await call('PUT', '/user/update', { user_id })).status).toBe(200);
    expect((await update({ user_id })).status).toBe(405);
    panel.setMode({ updateMethod: 'either' });
    expect((await update({ user_id })).status).toBe(200);
  });

  it('says failures with HTTP 200, or its errors at the root', async () => {
    const { user_id } = at(0);
    panel.setMode({ ok200fail: 'yes', errorsPlace: 'root' });
    const { status, json } = await update({ user_id, email: 'nobody' });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      meta: { status: false, message_code: '422-1' },
      errors: { email: expect.any(Array) },
    });
    expect(json.meta).not.toHaveProperty('errors');
  });

  it('drops and resets fields as a side effect, drops or stores unknown ones, and can refuse other types', async () => {
    const { user_id, company } = at(0);
    panel.setMode({ dropFields: ['company'], resetFields: ['address'] });
    await update({ user_id, company: 'lost', description: 'kept', brand_new: 1 });
    expect(panel.record(user_id)).toMatchObject({ company, address: '', description: 'kept' });
    expect(panel.record(user_id)).not.toHaveProperty('brand_new');
    panel.setMode({ unknownFields: 'store', strictTypes: 'refuse' });
    await update({ user_id, brand_new: 1 });
    expect(panel.record(user_id)?.brand_new).toBe(1);
    expect((await update({ user_id, special_disc: '5' })).status).toBe(422);
  });

  it('gives 429 with Retry-After in seconds, as a date, or without', async () => {
    panel.failNext('tooManyRequests', {}, 2);
    const wait = async () => (await fetch(`${panel.url}/v1/api/user/list`)).headers.get('retry-after');
    expect([await wait(), await wait()]).toEqual(['1', '1']);
    panel.failNext({ kind: 'tooManyRequests', form: 'date', retryAfterSeconds: 5 });
    expect(Date.parse(String(await wait()))).toBeGreaterThan(Date.now() + 2000);
    panel.failNext({ kind: 'tooManyRequests', form: 'none' });
    expect(await wait()).toBeNull();
  });
});
