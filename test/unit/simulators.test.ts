import { spawn } from 'node:child_process';
import { request } from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificate, type FaultInput, type SimotelSimulator, startSimotel } from '../simulators/index.ts';

const HEADERS = {
  'content-type': 'application/json',
  authorization: `Basic ${Buffer.from('patchbay:demo-pbx-password').toString('base64')}`,
};
let pbx: SimotelSimulator;
let id: string;

beforeEach(async () => {
  pbx = await startSimotel({ seed: 3, size: 20 });
  id = String(pbx.records()[0]?._id);
});
afterEach(() => pbx.stop());

/** Long enough for any answer on a busy machine; a test of what never answers waits less. */
const answersMs = 20_000;
const silentMs = 1_000;

/** One update over a real socket; `failed` when the connection broke or nothing came in its time. */
async function write(email: string, record = id, withinMs = answersMs) {
  try {
    const response = await fetch(`${pbx.url}/api/v4/pbx/users/update`, {
      method: 'POST',
      headers: HEADERS,
      redirect: 'manual',
      signal: AbortSignal.timeout(withinMs),
      body: JSON.stringify({ _id: record, email }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      failed: false,
      status: response.status,
      headers: response.headers,
      bytes,
      text: bytes.toString('utf8'),
    };
  } catch (error) {
    return { failed: true, status: 0, headers: new Headers(), bytes: Buffer.alloc(0), text: String(error) };
  }
}

const email = () => pbx.record(id)?.email;
const control = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${pbx.url}/__sim/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: JSON.parse(await response.text()) };
};

describe('faults of the transport', () => {
  it.each<[FaultInput, boolean]>([
    ['resetBeforeBody', false],
    ['resetAfterApply', true],
    ['resetMidBody', true],
    ['hangBeforeApply', false],
    ['hangAfterApply', true],
  ])('%s breaks the answer, and the record is written: %s', async (fault, applied) => {
    pbx.failNext(fault);
    const hangs = String(fault).startsWith('hang');
    expect((await write('a@example.ir', id, hangs ? silentMs : answersMs)).failed).toBe(true);
    await expect.poll(() => email() === 'a@example.ir').toBe(applied);
    await expect.poll(() => pbx.log.at(-1)).toBeDefined();
    expect(pbx.log.at(-1)).toMatchObject({ answered: false, applied, fault, recordId: id });
    expect((await write('b@example.ir')).failed).toBe(false);
    expect(pbx.log.at(-1)).toMatchObject({ answered: true, applied: true, status: 200 });
  });

  it('slowDrip sends a few bytes at a time', async () => {
    pbx.failNext({ kind: 'slowDrip', bytes: 30, everyMs: 30 });
    const start = Date.now();
    expect(JSON.parse((await write('a@example.ir')).text).success).toBe(1);
    expect(Date.now() - start).toBeGreaterThan(60);
  });

  it('truncatedJson, html, emptyBody and wrongContentType are complete answers that mislead', async () => {
    pbx.failNext('truncatedJson');
    const cut = await write('a@example.ir');
    expect(cut.failed).toBe(false);
    expect(() => JSON.parse(cut.text)).toThrow();
    pbx.failNext('html');
    expect(await write('b@example.ir')).toMatchObject({
      status: 200,
      text: expect.stringContaining('<!DOCTYPE html>'),
    });
    pbx.failNext('emptyBody');
    expect((await write('c@example.ir')).bytes).toHaveLength(0);
    pbx.failNext({ kind: 'wrongContentType', contentType: 'text/plain' });
    const labelled = await write('d@example.ir');
    expect(labelled.headers.get('content-type')).toBe('text/plain');
    expect(JSON.parse(labelled.text).success).toBe(1);
  });

  it('hugeBody pads to ten megabytes, with or without saying so beforehand', async () => {
    pbx.failNext('hugeBody');
    const hidden = await write('a@example.ir');
    expect(hidden.bytes).toHaveLength(10 * 1024 * 1024);
    expect(hidden.headers.get('content-length')).toBeNull();
    pbx.failNext({ kind: 'hugeBody', bytes: 5000, declareLength: true });
    expect((await write('a@example.ir')).headers.get('content-length')).toBe('5000');
  });

  it('status and redirect answer as told and write nothing unless asked', async () => {
    const before = email();
    pbx.failNext({ kind: 'status', status: 503, body: 'later', headers: { 'retry-after': '9' } });
    const later = await write('a@example.ir');
    expect([later.status, later.text, later.headers.get('retry-after')]).toEqual([503, 'later', '9']);
    for (const status of [301, 302, 307] as const) {
      pbx.failNext({ kind: 'redirect', status, location: 'http://192.0.2.1/' });
      const moved = await write('a@example.ir');
      expect([moved.status, moved.headers.get('location')]).toEqual([status, 'http://192.0.2.1/']);
    }
    expect(email()).toBe(before);
    pbx.failNext({ kind: 'status', status: 500, apply: true });
    await write('a@example.ir');
    expect(email()).toBe('a@example.ir');
  });

  it('badEncoding sends Windows-1256, a byte order mark or UTF-16', async () => {
    pbx.patch(id, { name: 'پذیرش' });
    const read = async () =>
      Buffer.from(
        await (
          await fetch(`${pbx.url}/api/v4/pbx/users/search`, {
            method: 'POST',
            headers: HEADERS,
            body: JSON.stringify({ alike: 1, conditions: { number: '100' } }),
          })
        ).arrayBuffer(),
      );
    pbx.failNext('badEncoding');
    expect(new TextDecoder('windows-1256').decode(await read())).toContain('پذيرش');
    pbx.failNext({ kind: 'badEncoding', encoding: 'bom' });
    expect([...(await read()).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    pbx.failNext({ kind: 'badEncoding', encoding: 'utf-16le' });
    expect((await read()).toString('utf16le')).toContain('پذیرش');
    pbx.setMode({ unicodeEscapes: 'yes' });
    expect((await read()).toString('latin1')).toContain('\\u067e\\u0630');
  });

  it('okWithFailure says no with HTTP 200', async () => {
    pbx.failNext('okWithFailure');
    expect(JSON.parse((await write('a@example.ir')).text)).toMatchObject({
      success: 0,
      message: 'Requested operation failed',
    });
  });

  it('delay and the delay modes hold the answer back', async () => {
    pbx.failNext({ kind: 'delay', beforeMs: 40, afterMs: 40 });
    const start = Date.now();
    await write('a@example.ir');
    expect(Date.now() - start).toBeGreaterThan(75);
    pbx.setMode({ delayMs: 100, jitterMs: 20 });
    const second = Date.now();
    await write('a@example.ir');
    expect(Date.now() - second).toBeGreaterThan(95);
  });

  it('refuse closes the listener until it is cleared or its time is over', async () => {
    pbx.failNext('refuse');
    expect((await write('a@example.ir')).failed).toBe(true);
    await pbx.clearFaults();
    expect((await write('a@example.ir')).failed).toBe(false);
    pbx.failNext({ kind: 'refuse', forMs: 80 });
    expect((await write('a@example.ir')).failed).toBe(true);
    await expect.poll(async () => (await write('a@example.ir')).failed).toBe(false);
  });

  it('strikes by path, record, turn or predicate, as often as told', async () => {
    const other = String(pbx.records()[1]?._id);
    const armed = pbx.failOn({ recordId: other, path: '/update' }, 'okWithFailure');
    expect((await write('a@example.ir')).text).toContain('successfully');
    for (const turn of [1, 2]) {
      expect((await write('a@example.ir', other)).text).toContain('failed');
      expect(armed.hits()).toBe(turn);
    }
    armed.clear();
    expect((await write('a@example.ir', other)).text).toContain('successfully');
    pbx.failNext({ kind: 'status', status: 502 }, { nth: 2 });
    pbx.failOn((seen) => seen.body.includes('bad@'), { kind: 'status', status: 504 });
    expect((await write('a@example.ir')).status).toBe(200);
    expect((await write('a@example.ir')).status).toBe(502);
    expect((await write('bad@example.ir')).status).toBe(504);
  });
});

describe('a simulator as a server', () => {
  it('goes down at once, keeps its state, and comes back on the same port', async () => {
    pbx.failNext('hangBeforeApply');
    const hanging = write('a@example.ir');
    await expect.poll(() => pbx.log.length).toBe(1);
    await write('kept@example.ir');
    const { port } = pbx;
    await pbx.stop();
    expect((await hanging).failed).toBe(true);
    expect((await write('x@example.ir')).failed).toBe(true);
    await pbx.restart();
    expect(pbx.port).toBe(port);
    expect(email()).toBe('kept@example.ir');
    expect((await write('back@example.ir')).status).toBe(200);
  });

  it('writes nothing for a request that was waiting when it went down', async () => {
    pbx.setMode({ delayMs: 60 });
    const waiting = write('late@example.ir');
    await expect.poll(() => pbx.log.length).toBe(1);
    await pbx.restart();
    expect((await waiting).failed).toBe(true);
    await new Promise((done) => setTimeout(done, 100));
    expect(email()).not.toBe('late@example.ir');
  });

  it('logs what came, raw and parsed, and how many came at once', async () => {
    pbx.setMode({ delayMs: 30 });
    await Promise.all([write('a@example.ir'), write('b@example.ir'), write('c@example.ir')]);
    expect(Math.max(...pbx.log.map((entry) => entry.concurrent))).toBe(3);
    expect(pbx.log[0]).toMatchObject({
      seq: 1,
      method: 'POST',
      path: '/api/v4/pbx/users/update',
      parsed: { _id: id },
      applied: true,
    });
    expect(pbx.log[0]?.headers.authorization).toMatch(/^Basic /);
    pbx.clearLog();
    expect(pbx.log).toHaveLength(0);
  });

  it('hands out copies: what a test does to them does not reach the server', () => {
    const [first] = pbx.records();
    if (first) first.name = 'changed';
    expect(pbx.record(id)?.name).not.toBe('changed');
    expect(() => pbx.setMode(JSON.parse('{"noSuchMode":"x"}'))).toThrow();
  });

  it('speaks https with either self-signed certificate, and can change it over a restart', async () => {
    const secure = await startSimotel({ tls: true });
    const status = (ca: string) =>
      new Promise<number | string>((resolve) => {
        const call = request(
          `${secure.url}/api/v4/setting/ping/act`,
          { method: 'POST', headers: HEADERS, ca, agent: false },
          (response) => {
            response.resume();
            resolve(response.statusCode ?? 0);
          },
        );
        call.on('error', (error) => resolve(String(error)));
        call.end('{}');
      });
    expect(secure.url).toMatch(/^https:/);
    expect(await status(certificate('first'))).toBe(200);
    await secure.restart({ tls: 'second' });
    expect(await status(certificate('first'))).toMatch(/certificate/);
    expect(await status(certificate('second'))).toBe(200);
    secure.failNext('resetAfterApply');
    expect(await status(certificate('second'))).toMatch(/ECONNRESET|hang up/);
    await secure.stop();
  });

  it('closes the connection after each answer when keepAlive is no', async () => {
    pbx.setMode({ keepAlive: 'no' });
    expect((await write('a@example.ir')).headers.get('connection')).toBe('close');
  });
});

describe('control over HTTP', () => {
  it('switches modes, edits and removes records, arms faults, reads the log, and resets', async () => {
    expect((await control('POST', 'modes', { emptySearch: 'null' })).json.modes.emptySearch).toBe('null');
    expect((await control('GET', 'modes')).json.table).toContainEqual(
      expect.objectContaining({ name: 'emptySearch', fallback: 'array' }),
    );
    expect((await control('POST', 'patch', { id, fields: { name: 'دستی' } })).json.record.name).toBe('دستی');
    await control('POST', 'faults', { fault: 'okWithFailure', match: { path: 'update' }, times: 'always' });
    expect((await control('GET', 'faults')).json.faults).toHaveLength(1);
    expect((await write('a@example.ir')).text).toContain('failed');
    await control('DELETE', 'faults');
    expect((await write('a@example.ir')).text).toContain('successfully');
    expect((await control('GET', 'log?since=1')).json.log).toHaveLength(1);
    expect((await control('POST', 'remove', { id })).json.removed).toBe(true);
    expect((await control('GET', `records?id=${id}`)).json.records).toHaveLength(0);
    await control('POST', 'reset');
    expect(pbx.records()).toHaveLength(20);
    expect(pbx.modes().emptySearch).toBe('array');
    expect(pbx.log).toHaveLength(0);
  });

  it('says what is wrong with a wrong order, and what there is', async () => {
    expect((await control('POST', 'modes', { emptySearch: 'maybe' })).status).toBe(400);
    expect((await control('POST', 'faults', { fault: 'nonsense' })).status).toBe(400);
    expect((await control('POST', 'faults', { fault: 'refuse' })).json.error).toMatch(/forMs/);
    expect((await control('GET', 'nothing')).json.controls).toContain('POST modes');
  });
});

describe('the command line', () => {
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/simulators/cli.ts', ...args]);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    return { child, ended, out: () => out };
  };

  it('lists every mode and fault in its help', async () => {
    const help = run('--help');
    expect(await help.ended).toBe(0);
    for (const name of [...Object.keys(pbx.modes()), 'nameLocked', 'hangAfterApply', '/__sim/modes'])
      expect(help.out()).toContain(name);
  });

  it('starts with modes, says where it is, and ends cleanly on a signal', async () => {
    const both = run(
      'both',
      '--port',
      '0',
      '--size',
      '5',
      '--mode',
      'simotel.updateOmitted=reset',
      '--mode',
      'edge.dropFields=name,email',
    );
    await expect.poll(both.out).toContain('Edge ');
    const edge = /control (http\S+)\s*$/.exec(both.out().trim())?.[1] ?? '';
    const answer: unknown = await (await fetch(edge)).json();
    expect(answer).toMatchObject({ modes: { dropFields: ['name', 'email'] } });
    both.child.kill('SIGTERM');
    expect(await both.ended).toBe(0);
  });

  it('refuses an unknown mode with the names there are', async () => {
    const wrong = run('edge', '--mode', 'nope=1');
    expect(await wrong.ended).toBe(2);
    expect(wrong.out()).toContain('updateMethod');
  });
});
