import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../shared/model/json';
import { demoSimotelAccount, type FaultInput, type SimotelOptions, startSimotel } from '../simulators';
import { atEnd, type BenchOptions, bench, gist, listen, listenTcp, problemOf } from './drivers-support';

async function start(options: SimotelOptions = {}, more: BenchOptions = {}) {
  const server = await startSimotel(options);
  atEnd(() => server.stop());
  const made = bench('simotel', server.url, more);
  const record: JsonObject = server.records()[0] ?? {};
  const request = made.driver.buildWrite(
    made.connection,
    String(record._id),
    record,
    new Map([['name', 'New name']]),
  );
  return { server, record, request, ...made };
}

const nothing = () => undefined;

/** Large answers take their time on a busy machine; faults that end by the time-out should end soon. */
const patience = (write: string) => (write === 'lost timeout' ? 1_000 : 20_000);

/** Every fault with what a write and a read make of it. */
const faults: readonly [FaultInput, string, string][] = [
  ['resetBeforeBody', 'lost reset', 'reset'],
  ['resetAfterApply', 'lost reset', 'reset'],
  ['resetMidBody', 'lost reset', 'reset'],
  ['hangBeforeApply', 'lost timeout', 'timeout'],
  ['hangAfterApply', 'lost timeout', 'timeout'],
  [{ kind: 'slowDrip', bytes: 1, everyMs: 100 }, 'lost timeout', 'timeout'],
  ['truncatedJson', 'lost bad-json', 'bad-json'],
  ['html', 'lost html-answer', 'html-answer'],
  ['emptyBody', 'lost bad-json', 'bad-json'],
  ['redirect', 'lost redirect', 'redirect'],
  ['okWithFailure', 'rejected rejected', 'rejected'],
  ['wrongContentType', 'accepted', ''],
  [{ kind: 'badEncoding', encoding: 'bom' }, 'accepted', ''],
  [{ kind: 'badEncoding', encoding: 'utf-16le' }, 'accepted', ''],
  [{ kind: 'badEncoding', encoding: 'windows-1256' }, 'accepted', ''],
  [{ kind: 'hugeBody', bytes: 10 * 1_048_576 }, 'lost too-large', ''],
  [{ kind: 'hugeBody', bytes: 10 * 1_048_576, declareLength: true }, 'lost too-large', ''],
  [{ kind: 'hugeBody', bytes: 65 * 1_048_576 }, 'lost too-large', 'too-large'],
  [
    { kind: 'status', status: 400, body: '{"success":0,"message":"Unable to parse content"}' },
    'rejected rejected',
    'rejected',
  ],
  [{ kind: 'status', status: 401, body: 'no' }, 'stop unauthorized', 'unauthorized'],
  [{ kind: 'status', status: 403, body: '<html>WAF</html>' }, 'stop proxy-refused', 'proxy-refused'],
  [{ kind: 'status', status: 404, body: '<html>' }, 'stop wrong-address', 'wrong-address'],
  [{ kind: 'status', status: 405 }, 'stop version-mismatch', 'version-mismatch'],
  [{ kind: 'status', status: 408 }, 'lost timeout', 'timeout'],
  [{ kind: 'status', status: 415 }, 'stop version-mismatch', 'version-mismatch'],
  [{ kind: 'status', status: 500 }, 'lost server-error', 'server-error'],
  [{ kind: 'status', status: 501 }, 'stop version-mismatch', 'version-mismatch'],
  [
    { kind: 'status', status: 502, body: '<html>Bad Gateway</html>' },
    'lost gateway-failed',
    'gateway-failed',
  ],
  [{ kind: 'status', status: 502, body: '{"success":0}' }, 'lost server-error', 'server-error'],
  [{ kind: 'status', status: 504 }, 'lost gateway-failed', 'gateway-failed'],
  [{ kind: 'status', status: 522, body: 'error code: 522' }, 'lost gateway-failed', 'gateway-failed'],
  [{ kind: 'status', status: 503, body: '<html>' }, 'lost server-error', 'server-error'],
  [{ kind: 'status', status: 413, body: '<html>' }, 'rejected request-too-large', 'request-too-large'],
  [{ kind: 'status', status: 413, body: '{"success":0}' }, 'rejected request-too-large', 'request-too-large'],
  [{ kind: 'status', status: 431, body: '' }, 'rejected request-too-large', 'request-too-large'],
  [{ kind: 'status', status: 407, body: '' }, 'stop proxy-login', 'proxy-login'],
  [{ kind: 'status', status: 511, body: '<html>' }, 'stop network-login', 'network-login'],
  [
    { kind: 'status', status: 400, body: '<html><center>nginx</center>' },
    'rejected proxy-refused',
    'proxy-refused',
  ],
  [
    { kind: 'redirect', location: 'http://10.5.50.1/login?dst=http%3A%2F%2Fpbx%2F' },
    'lost network-login',
    'network-login',
  ],
  ['emptyOk', 'lost bad-json', 'bad-json'],
  [{ kind: 'status', status: 200, body: '[1]' }, 'lost unexpected-answer', 'unexpected-answer'],
  [
    { kind: 'status', status: 200, body: '{"success":"maybe"}' },
    'lost unexpected-answer',
    'unexpected-answer',
  ],
  [{ kind: 'status', status: 200, body: '"\\u0000"' }, 'lost unexpected-answer', 'unexpected-answer'],
];

describe('what goes wrong on the way', () => {
  it.each(faults)('%o: a write is %s, a read %s, and the write was sent once', async (fault, write, read) => {
    const { driver, context, server, request } = await start({}, { draft: { timeoutMs: patience(write) } });
    server.failNext(fault);
    expect(gist(await driver.send(context, request))).toBe(write);
    expect(server.log).toHaveLength(1);
    server.failNext(fault);
    if (read === '') await expect(driver.readAll(context, nothing)).resolves.toHaveLength(40);
    else expect((await problemOf(driver.readAll(context, nothing))).code).toBe(read);
  });

  it('sends nothing where the server is down, and says so', async () => {
    const { driver, context, server, request } = await start();
    await server.stop();
    expect(gist(await driver.send(context, request))).toBe('not-sent refused');
    expect((await problemOf(driver.test(context))).code).toBe('refused');
  });

  it('sends nothing where the name is unknown', async () => {
    const { driver, context } = bench('simotel', 'http://patchbay-test.invalid');
    const request = driver.buildWrite(context.connection, 'x', {}, new Map([['name', 'y']]));
    expect(gist(await driver.send(context, request))).toBe('not-sent name-not-found');
  });

  it('sends nothing where the connection does not come about in time', async () => {
    // TEST-NET-1: packets to it go nowhere; some networks refuse them at once.
    const { driver, context } = bench('simotel', 'http://192.0.2.1', { draft: { timeoutMs: 1_000 } });
    const request = driver.buildWrite(context.connection, 'x', {}, new Map([['name', 'y']]));
    expect(gist(await driver.send(context, request))).toMatch(/^not-sent (timeout|unreachable|refused)$/);
  });

  it('sends nothing after it was cancelled, and has lost sight of what was under way', async () => {
    const { driver, context, server, request, stop } = await start();
    server.failNext('hangAfterApply');
    const sent = driver.send(context, request);
    await expect.poll(() => server.log).toHaveLength(1);
    stop.abort();
    expect(gist(await sent)).toBe('lost cancelled');
    expect(gist(await driver.send(context, request))).toBe('not-sent cancelled');
    expect(server.log).toHaveLength(1);
  });

  it('ends a slow drip at the time-out of the connection, not at the end of the drip', async () => {
    const { driver, context, server } = await start({}, { draft: { timeoutMs: 1_000 } });
    server.failNext({ kind: 'slowDrip', bytes: 1, everyMs: 20 });
    const before = Date.now();
    expect((await problemOf(driver.readAll(context, nothing))).code).toBe('timeout');
    // The drip as a whole would take minutes.
    expect(Date.now() - before).toBeLessThan(20_000);
  });

  it('does not send a write again over a kept socket that the server closed meanwhile', async () => {
    const requests: string[] = [];
    const url = await listenTcp((socket) => {
      let first = true;
      socket.on('data', (bytes) => {
        requests.push(bytes.toString('latin1').split('\r\n')[0] ?? '');
        // The first is answered; at the second the socket is found closed, as after Apache's keep-alive time.
        if (!first) return socket.resetAndDestroy();
        first = false;
        const body = '{"success":1,"message":"ok","data":[]}';
        socket.write(
          `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nkeep-alive: timeout=60\r\n\r\n${body}`,
        );
      });
    });
    const { driver, context } = bench('simotel', url);
    await driver.readAll(context, nothing);
    await setTimeout(100);
    const request = driver.buildWrite(context.connection, 'x', {}, new Map([['name', 'y']]));
    expect(gist(await driver.send(context, request))).toBe('lost reset');
    await setTimeout(300);
    expect(requests).toEqual([
      'POST /api/v4/pbx/users/search HTTP/1.1',
      'POST /api/v4/pbx/users/update HTTP/1.1',
    ]);
  });

  it('sends a hundred writes once each, twenty at a time at most', async () => {
    const { driver, context, server, request } = await start({ modes: { delayMs: 10 } });
    const answers = await Promise.all(Array.from({ length: 100 }, () => driver.send(context, request)));
    expect(new Set(answers.map(gist))).toEqual(new Set(['accepted']));
    expect(server.log).toHaveLength(100);
    expect(Math.max(...server.log.map(({ concurrent }) => concurrent))).toBeLessThanOrEqual(20);
  });

  it('does not follow a redirect: the other host sees no request and no credential', async () => {
    let visits = 0;
    const elsewhere = await listen((_request, response) => {
      visits += 1;
      response.end('{"success":1}');
    });
    for (const status of [301, 302, 303, 307, 308] as const) {
      const { driver, context, server } = await start();
      server.failNext({ kind: 'redirect', status, location: `${elsewhere}/api/v4` });
      expect(await problemOf(driver.test(context))).toMatchObject({
        code: 'redirect',
        params: { host: new URL(elsewhere).host, scheme: 'http', status },
      });
    }
    expect(visits).toBe(0);
  });

  it('shows broken letters, but takes them for no basis of a write', async () => {
    const { driver, context, server, record } = await start();
    const id = String(record._id);
    server.failNext({ kind: 'badEncoding', encoding: 'windows-1256' });
    await expect(driver.readAll(context, nothing)).resolves.toHaveLength(40);
    server.failNext({ kind: 'badEncoding', encoding: 'windows-1256' });
    expect(await problemOf(driver.readMany(context, [id], new Map()))).toMatchObject({
      code: 'unexpected-answer',
      params: { reason: 'encoding' },
    });
  });

  it('recognises plain http on a port that wants https', async () => {
    for (const kind of ['simotel', 'edge'] as const) {
      const url = await listen((_request, response) => {
        response.statusCode = 400;
        response.end('<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>');
      });
      const { driver, context } = bench(kind, url);
      expect(await problemOf(driver.test(context))).toMatchObject({
        code: 'tls-failed',
        params: { reason: 'https-wanted' },
      });
    }
  });

  it('unpacks an answer that is packed unasked, within the bounds', async () => {
    let answer = Buffer.from('{"success":1,"message":"done","data":[]}');
    const url = await listen((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(answer));
    });
    const { driver, context } = bench('simotel', url);
    await expect(driver.readAll(context, nothing)).resolves.toEqual([]);
    answer = Buffer.alloc(2 * 1_048_576, ' ');
    const request = driver.buildWrite(context.connection, 'x', {}, new Map([['name', 'y']]));
    expect(gist(await driver.send(context, request))).toBe('lost too-large');
  });

  it('leaves out records without an id, and those that differ under one, which it says', async () => {
    const rows =
      '[{"_id":"a","number":"1"},{"number":"2"},7,{"_id":{"$oid":"b"}},{"_id":"a","number":"3"},{"_id":5},{"_id":5}]';
    const url = await listen((_request, response) => response.end(`{"success":1,"data":${rows}}`));
    const { driver, context } = bench('simotel', url);
    const said: unknown[] = [];
    const records = await driver.readAll({ ...context, notice: (what) => said.push(what) }, nothing);
    expect(said).toEqual([{ code: 'doubled-records', params: { host: new URL(url).host, ids: 'a' } }]);
    expect(records.map(({ remoteId, raw }) => [remoteId, raw.number])).toEqual([
      ['b', undefined],
      ['5', undefined],
    ]);
  });

  it('is not harmed by keys that aim at the prototype', async () => {
    const rows =
      '[{"_id":"a","__proto__":{"polluted":"yes"},"web":{"__proto__":{"polluted":"yes"},"constructor":"x"}}]';
    const url = await listen((_request, response) => response.end(`{"success":1,"data":${rows}}`));
    const { driver, context, connection } = bench('simotel', url);
    const [record] = await driver.readAll(context, nothing);
    const { body } = driver.buildWrite(connection, 'a', record?.raw ?? {}, new Map([['name', 'x']]));
    expect(JSON.parse(body)).toEqual({ _id: 'a', web: { constructor: 'x' }, name: 'x' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('survives an answer that is nested absurdly deep', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const url = await listen((_request, response) => response.end(`{"success":1,"data":${deep}}`));
    const { driver, context } = bench('simotel', url);
    expect((await problemOf(driver.readAll(context, nothing))).code).toBe('unexpected-answer');
  });
});

describe('what a server says of a request', () => {
  it('is scrubbed of the credentials and of the secrets in the request, in every usual form', async () => {
    const sip = 'S!p/s3cret "ü"';
    const pair = `${demoSimotelAccount.user}:${demoSimotelAccount.password}`;
    const seen: string[] = [];
    const url = await listen((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        seen.push(`${request.headers.authorization} ${body}`);
        const message = [
          `got ${request.headers.authorization} ${request.headers['x-apikey']}`,
          pair,
          body,
          sip,
          encodeURIComponent(sip),
          Buffer.from(sip).toString('base64'),
          'pin 9876 and PIN=9876',
        ].join(' | ');
        response.end(JSON.stringify({ success: 0, message, old: { secret: sip } }));
      });
    });
    const { driver, context, connection } = bench('simotel', url, { draft: { authMode: 'both' } });
    const live = { secret: sip, number: '530', name: 'Ali', more_options: 'a=1\nsetvar=PIN=9876' };
    const answer = JSON.stringify(
      await driver.send(context, driver.buildWrite(connection, 'x', live, new Map([['name', 'Z']]))),
    );
    expect(seen[0]).toContain(Buffer.from(pair).toString('base64'));
    const basic = Buffer.from(pair).toString('base64');
    for (const secret of [
      basic,
      demoSimotelAccount.password,
      demoSimotelAccount.apiKey,
      's3cret',
      '9876',
      Buffer.from(sip).toString('base64'),
    ]) {
      expect(answer).not.toContain(secret);
    }
    expect(answer).toContain('530');
  });

  it('is scrubbed before it is cut to size, so that no half of a secret is left', async () => {
    const message = `${'x'.repeat(1_995)} ${demoSimotelAccount.password}`;
    const url = await listen((_request, response) => response.end(JSON.stringify({ success: 0, message })));
    const { driver, context, connection } = bench('simotel', url);
    const request = driver.buildWrite(connection, 'x', {}, new Map([['name', 'y']]));
    const answer = await driver.send(context, request);
    expect(answer).toMatchObject({ problem: { serverMessage: `${'x'.repeat(1_995)} •••` } });
  });
});
