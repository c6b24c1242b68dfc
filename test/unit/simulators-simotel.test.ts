import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fields, type SimotelSimulator, startSimotel } from '../simulators/index.ts';

const BASIC = `Basic ${Buffer.from('patchbay:demo-pbx-password').toString('base64')}`;
let pbx: SimotelSimulator;

beforeEach(async () => {
  pbx = await startSimotel({ seed: 7, size: 40 });
});
afterEach(() => pbx.stop());

async function call(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${pbx.url}/api/v4${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: BASIC, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, json: JSON.parse(await response.text()) };
}

const search = (conditions: Fields = {}, alike: unknown = 1) =>
  call('/pbx/users/search', { alike, conditions });
const update = (fields: Fields) => call('/pbx/users/update', fields);

function at(index: number): Fields & { _id: string; number: string } {
  const record = pbx.records()[index];
  if (!record) throw new Error(`no record ${index}`);
  return { ...record, _id: String(record._id), number: String(record.number) };
}

describe('the data of the Simotel simulator', () => {
  it('is the same for the same seed, and other for another', async () => {
    const [same, other] = await Promise.all([startSimotel({ seed: 7 }), startSimotel({ seed: 8 })]);
    expect(same.records()).toEqual(pbx.records());
    expect(other.records()).not.toEqual(pbx.records());
    await Promise.all([same.stop(), other.stop()]);
  });

  it('has what a real PBX has: IAX2 media-only, forwards with leading zeros, long ids, unknown fields, unique secrets', () => {
    const all = pbx.records();
    expect(all.some((user) => user.user_type === 'IAX2' && user.transfer === 'mediaonly')).toBe(true);
    expect(all.some((user) => user.nat === 'force_rport,comedia')).toBe(true);
    expect(JSON.stringify(all.map((user) => user.forward_policy))).toMatch(/"09\d{9}"/);
    expect(all.filter((user) => String(user._id).length === 25)).toHaveLength(2);
    expect(all.some((user) => 'web_phone' in user && typeof user.web_phone === 'object')).toBe(true);
    expect(all.some((user) => String(user.more_options).includes('\n'))).toBe(true);
    expect(all.some((user) => String(user.number).startsWith('0'))).toBe(true);
    expect(new Set(all.map((user) => user.secret)).size).toBe(40);
    expect(all.every((user) => /^sip-[0-9a-f]{16}$/.test(String(user.secret)))).toBe(true);
  });

  it('grows to thousands with unique numbers', async () => {
    const large = await startSimotel({ size: 5000 });
    expect(new Set(large.records().map((user) => user.number)).size).toBe(5000);
    await large.stop();
  });
});

describe('Simotel search', () => {
  it('gives everybody for an empty question, and matches substrings for the three forms of alike', async () => {
    expect((await search()).json.data).toEqual(pbx.records());
    const many = (await search({ number: '10' })).json.data.length;
    expect(many).toBeGreaterThan(5);
    expect((await search({ number: '10' }, true)).json.data).toHaveLength(many);
    expect((await search({ number: '10' }, 'true')).json.data).toHaveLength(many);
    expect((await search({ number: '10' }, '1')).json.data).toHaveLength(0);
    expect((await call('/pbx/users/search', {})).json).toMatchObject({
      success: 0,
      message: "Field 'alike':value is missing",
    });
  });

  it('narrows to mapped users', async () => {
    const { json } = await call('/pbx/users/search', { alike: 1, status: 'mapped' });
    expect(json.data.length).toBeGreaterThan(0);
    expect(json.data.length).toBeLessThan(40);
  });

  it.each([
    ['array', []],
    ['null', null],
    ['string', ''],
    ['object', {}],
  ] as const)('gives %s when nothing was found', async (mode, data) => {
    pbx.setMode({ emptySearch: mode });
    expect((await search({ number: '99999' })).json.data).toEqual(data);
  });

  it('masks the secret only where the mode says so', async () => {
    pbx.setMode({ secretOnRead: 'masked' });
    expect((await search()).json.data[0].secret).toBe('******');
    expect(pbx.records()[0]?.secret).toMatch(/^sip-/);
  });

  it.each([
    ['number', 1, 0],
    ['string', '1', '0'],
    ['boolean', true, false],
  ] as const)('says success as a %s', async (mode, yes, no) => {
    pbx.setMode({ successForm: mode });
    expect((await search()).json.success).toBe(yes);
    expect((await update({ _id: 'nobody' })).json.success).toBe(no);
  });
});

describe('Simotel update', () => {
  it('keeps what is left out, or resets it to the defaults', async () => {
    const before = at(1);
    expect((await update({ _id: before._id, email: 'new@example.ir' })).json).toEqual({
      success: 1,
      message: 'Requested operation is done successfully',
      data: '',
    });
    expect(pbx.record(before._id)).toEqual({ ...before, email: 'new@example.ir' });
    pbx.setMode({ updateOmitted: 'reset' });
    await update({ _id: before._id, email: 'new@example.ir' });
    expect(pbx.record(before._id)).toMatchObject({
      email: 'new@example.ir',
      number: before.number,
      date: before.date,
      secret: '',
      name: '',
    });
    expect(pbx.record(before._id)).not.toHaveProperty('tags');
  });

  it('stores or ignores a secret of asterisks', async () => {
    const { _id, secret } = at(0);
    pbx.setMode({ writeMaskedSecret: 'ignore' });
    await update({ _id, secret: '******' });
    expect(pbx.record(_id)?.secret).toBe(secret);
    pbx.setMode({ writeMaskedSecret: 'store' });
    await update({ _id, secret: '******' });
    expect(pbx.record(_id)?.secret).toBe('******');
  });

  it('leaks the record before in the answer of an older server', async () => {
    const { _id, secret } = at(0);
    expect((await update({ _id, email: '' })).json).not.toHaveProperty('old');
    pbx.setMode({ updateAnswerOld: 'old' });
    expect((await update({ _id, email: '' })).json.old).toMatchObject({ _id: { $oid: _id }, secret });
  });

  it('fails on a missing _id, or says nothing and stores nothing', async () => {
    expect((await update({ _id: 'f'.repeat(24), name: 'x' })).json).toMatchObject({
      success: 0,
      message: 'Requested operation failed',
    });
    expect((await update({ name: 'x' })).json.message).toBe("Field '_id':value is missing");
    pbx.setMode({ unknownIdUpdate: 'silent' });
    expect((await update({ _id: 'f'.repeat(24), name: 'x' })).json.success).toBe(1);
    expect(pbx.records()).toHaveLength(40);
    expect(pbx.log.at(-1)?.applied).toBe(false);
  });

  it('drops fields silently and resets others, as the modes list them', async () => {
    const { _id, email } = at(0);
    pbx.setMode({ dropFields: ['email'], resetFields: ['callgroup'], descriptionWritable: 'no' });
    await update({ _id, email: 'lost@example.ir', description: 'lost', context: 'kept' });
    expect(pbx.record(_id)).toMatchObject({
      email,
      callgroup: '',
      context: 'kept',
      description: at(0).description,
    });
  });

  it('refuses a number that another has, unless duplicates are allowed', async () => {
    const { _id } = at(0);
    expect((await update({ _id, number: at(1).number })).json).toMatchObject({
      success: 0,
      message: 'This number already exists',
    });
    expect((await update({ _id, number: at(0).number })).json.success).toBe(1);
    pbx.setMode({ duplicateNumbers: 'allow' });
    expect((await update({ _id, number: at(1).number })).json.success).toBe(1);
  });

  it('ignores date and queues, or fails on them', async () => {
    const before = at(0);
    await update({ _id: before._id, date: 'x', queues: ['x'] });
    expect(pbx.record(before._id)).toEqual(before);
    pbx.setMode({ acceptsDateQueues: 'fail' });
    expect((await update({ _id: before._id, queues: [] })).json).toMatchObject({
      success: 0,
      message: "Field 'queues':value is invalid",
    });
  });

  it('turns other types into text, or refuses them', async () => {
    const { _id } = at(0);
    await update({ _id, port: 5080 });
    expect(pbx.record(_id)?.port).toBe('5080');
    pbx.setMode({ strictTypes: 'refuse' });
    expect((await update({ _id, port: 5090 })).json.success).toBe(0);
  });

  it('takes any value when lenient and only the listed ones when strict', async () => {
    const { _id } = at(0);
    expect((await update({ _id, nat: 'maybe' })).json.success).toBe(1);
    pbx.setMode({ validation: 'strict' });
    expect((await update({ _id, nat: 'maybe' })).json.message).toBe("Field 'nat':value is invalid");
    expect(
      (await update({ _id, nat: 'force_rport,comedia', user_type: 'IAX2', transfer: 'mediaonly' })).json
        .success,
    ).toBe(1);
    expect((await update({ _id, user_type: 'SIP', transfer: 'mediaonly' })).json.success).toBe(0);
  });

  it('takes every record of its own data in strict mode, so that a full write is always possible', async () => {
    pbx.setMode({ validation: 'strict', strictTypes: 'refuse' });
    for (const record of pbx.records()) expect((await update(record)).json.message).toMatch(/successfully/);
  });

  it('replaces the forward policy or merges it', async () => {
    const { _id } = at(0);
    pbx.patch(_id, { forward_policy: { Busy: '1', 'No Answer': '09121234567', UnAvailable: '', All: '' } });
    pbx.setMode({ forwardPolicyWrite: 'merge' });
    await update({ _id, forward_policy: { Busy: '2' } });
    expect(pbx.record(_id)?.forward_policy).toEqual({
      Busy: '2',
      'No Answer': '09121234567',
      UnAvailable: '',
      All: '',
    });
    pbx.setMode({ forwardPolicyWrite: 'replace' });
    await update({ _id, forward_policy: { Busy: '3' } });
    expect(pbx.record(_id)?.forward_policy).toEqual({ Busy: '3', 'No Answer': '', UnAvailable: '', All: '' });
  });

  it('keeps more_options byte-exact, or changes its line ends', async () => {
    const { _id } = at(0);
    await update({ _id, more_options: 'a=1\r\nb=2\n' });
    expect(pbx.record(_id)?.more_options).toBe('a=1\r\nb=2\n');
    pbx.setMode({ moreOptionsNewline: 'crlf' });
    await update({ _id, more_options: 'a=1\nb=2' });
    expect(pbx.record(_id)?.more_options).toBe('a=1\r\nb=2');
  });

  it('stores fields that nobody knows, or drops them', async () => {
    const { _id } = at(1);
    await update({ _id, brand_new: { a: [1] } });
    expect(pbx.record(_id)?.brand_new).toEqual({ a: [1] });
    pbx.setMode({ unknownFields: 'drop' });
    await update({ _id, brand_new: 'x' });
    expect(pbx.record(_id)?.brand_new).toEqual({ a: [1] });
  });
});

describe('Simotel add, remove and ping', () => {
  it.each(['status', 'record', 'id'] as const)(
    'answers add in the %s shape and stores the user',
    async (shape) => {
      pbx.setMode({ addShape: shape, clock: '2023-07-17T16:02:56Z' });
      const { json } = await call('/pbx/users/add', { name: 'تازه', number: '777', secret: 'sip-new' });
      const stored = pbx.records().find((user) => user.number === '777');
      // What the status shape calls user_id is the number.
      if (shape === 'status') expect(json.user_id).toBe('777');
      else expect(json.data._id).toBe(stored?._id);
      expect(stored).toMatchObject({ date: '1402-04-26 19:32:56', context: 'main_routing' });
    },
  );

  it('names the missing field of an add, and removes only who is there', async () => {
    expect((await call('/pbx/users/add', { name: 'x', number: '7' })).json.message).toBe(
      "Field 'secret':value is missing",
    );
    const { _id } = at(0);
    expect((await call('/pbx/users/remove', { _id })).json.success).toBe(1);
    expect((await call('/pbx/users/remove', { _id })).json.success).toBe(0);
  });

  it('answers a ping with null', async () => {
    expect((await call('/setting/ping/act', {})).json).toEqual({ success: 1, message: '', data: null });
  });
});

describe('the gate of the Simotel simulator', () => {
  it('asks for Basic, a key, or both', async () => {
    const ping = async (headers: Record<string, string>) =>
      (await call('/setting/ping/act', {}, { authorization: '', ...headers })).json.message;
    const right = { authorization: BASIC };
    const key = { 'x-apikey': 'demo-pbx-api-key-0001' };
    expect(await ping({})).toBe('BasicAuth or ApiKey is missing');
    expect(await ping({ authorization: 'Basic eHg=' })).toBe('BasicAuth or ApiKey is invalid');
    expect(await ping(key)).toBe('BasicAuth or ApiKey is missing');
    pbx.setMode({ authMode: 'apikey' });
    expect(await ping(right)).toBe('BasicAuth or ApiKey is missing');
    expect(await ping(key)).toBe('');
    pbx.setMode({ authMode: 'both' });
    expect(await ping(key)).toBe('BasicAuth or ApiKey is missing');
    expect(await ping({ ...right, ...key })).toBe('');
    pbx.setMode({ authBoth: 'either' });
    expect(await ping(key)).toBe('');
    pbx.setMode({ credentials: 'revoked' });
    expect((await call('/setting/ping/act', {})).status).toBe(401);
  });

  it('refuses machines, unticked paths, methods, content types and broken bodies as the notes list', async () => {
    const { url } = pbx;
    expect(await call('/pbx/users/search', '{"alike":')).toMatchObject({
      status: 400,
      json: { success: 0, message: 'Unable to parse content' },
    });
    expect(await call('/pbx/users/search', {}, { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
      json: { success: 0 },
    });
    expect(await call('/pbx/trunks/search', {})).toMatchObject({ status: 501, json: { success: 0 } });
    expect((await fetch(`${url}/api/v4/pbx/users/search`)).status).toBe(405);
    pbx.setMode({ deniedPaths: ['/pbx/users/update'], missingPaths: ['/pbx/users/add'] });
    expect(await update({ _id: 'x' })).toMatchObject({
      status: 403,
      json: { message: '"/pbx/users/update";Access denied' },
    });
    expect((await call('/pbx/users/add', {})).status).toBe(501);
    expect((await search()).status).toBe(200);
    pbx.setMode({ ipPermitted: 'no' });
    expect(await search()).toMatchObject({ status: 403, json: { message: 'IP is not permitted' } });
  });

  it("gives Apache's HTML 404 for another API version", async () => {
    pbx.setMode({ apiVersion: 'v3' });
    const response = await fetch(`${pbx.url}/api/v4/setting/ping/act`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/html/);
    expect(await response.text()).toContain('<title>404 Not Found</title>');
  });
});
