import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FaultInput, SimotelSimulator } from '../simulators';
import { atEnd } from '../support/endings';
import {
  apply,
  applyUntilHalt,
  connect,
  gist,
  journalRows,
  makePlan,
  ok,
  openHouse,
  planAndApply,
  type,
} from '../support/house';
import { pageOf } from '../support/office';
import { idOf, panel, pbx, reads, writes } from '../support/servers';

interface Given {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}
type Answering = (path: string, text: string, method: string) => string | Buffer | Given;

const typedAnswer = (given: string | Buffer | Given, status: number): Given =>
  typeof given === 'object' && 'status' in given ? given : { status, body: given };

/** Something in front of a server that changes requests and what comes back. */
async function front(
  server: { readonly url: string },
  answering: Answering,
  asking: (path: string, body: string) => string | Given = (_path, body) => body,
) {
  const target = new URL(server.url);
  const headers: http.IncomingHttpHeaders[] = [];
  const proxy = http.createServer(async (request, response) => {
    const path = request.url ?? '';
    headers.push(request.headers);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const asked = asking(path, Buffer.concat(parts).toString());
    const send = ({ status, body, headers: more }: Given) => {
      response.writeHead(status, { 'content-type': 'application/json', ...more });
      response.end(body);
    };
    if (typeof asked !== 'string') return send(asked);
    const onward = http.request(
      {
        host: target.hostname,
        port: target.port,
        path,
        method: request.method,
        headers: { ...request.headers, host: target.host, 'content-length': Buffer.byteLength(asked) },
      },
      async (answer) => {
        const got: Buffer[] = [];
        for await (const part of answer) got.push(Buffer.from(part));
        const text = Buffer.concat(got).toString();
        send(typedAnswer(answering(path, text, request.method ?? ''), answer.statusCode ?? 0));
      },
    );
    onward.on('error', () => request.socket.destroy());
    onward.end(asked);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const address = proxy.address() as AddressInfo;
  return { url: `http://127.0.0.1:${address.port}`, headers };
}

/** Renames one extension through a front; the problem of the first sync, or the result of the row. */
async function renamed(answering: Answering, asking?: Parameters<typeof front>[2]) {
  const house = await openHouse();
  const server = await pbx({ size: 3 });
  const before = await front(server, answering, asking);
  const connection = await connect(house, 'simotel', before, { sync: false, timeoutMs: 5_000 });
  const synced = await house.ask.directory.sync({ connectionId: connection.id });
  if (!synced.ok) return { synced: synced.problem, result: null, server };
  await type(house, connection, idOf(server, 0), 'name', 'نام تازه');
  const run = await planAndApply(house);
  return { synced: null, result: run.rows[0]?.result ?? null, server };
}

const warning =
  '<br />\n<b>Warning</b>:  Undefined array key "mapped" in <b>/var/www/users.php</b> on line <b>12</b><br />\n';

describe('what stands around the JSON of an answer', () => {
  it.each<[string, (text: string) => string | Buffer]>([
    ['a warning of PHP before it', (text) => `${warning}${text}`],
    ['a plain notice before it', (text) => `PHP Notice:  Undefined index: x in /a.php on line 3\n${text}`],
    [
      'a fatal error with a trace behind it',
      (text) => `${text}\nFatal error: Uncaught E in /a.php:1\n#0 {main}\n  thrown`,
    ],
    ['warnings on both sides', (text) => `${warning}${text}${warning}`],
    ['three byte order marks', (text) => `\ufeff\ufeff\ufeff${text}`],
    ['a mark that was encoded twice', (text) => `ï»¿\u200b${text}`],
    [
      'a call that asks first whether it can be made',
      (text) => `/**/ typeof cb === 'function' && cb(${text});`,
    ],
    ['NULs and blanks', (text) => `\0\0 \r\n${text}\0\0\0`],
    ['a guard against scripts', (text) => `)]}',\n${text}`],
    ['a call around it', (text) => `callback(${text});`],
    ['a comment behind it', (text) => `${text}<!-- 0.02 s -->`],
    ['nothing but that it is packed and does not say so', (text) => gzipSync(text)],
    ['UTF-16, little end first', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', (text) => Buffer.from(text, 'utf16le').swap16()],
  ])('%s is read past, and a write is found applied', async (_name, around) => {
    const { synced, result, server } = await renamed((_path, text) => around(text));
    expect(synced).toBeNull();
    expect(result && gist(result)).toBe('applied');
    expect(server.record(idOf(server, 0))?.name).toBe('نام تازه');
  });

  it.each<[string, (text: string) => string, string]>([
    ['half of it', (text) => text.slice(0, text.length - 40), 'bad-json'],
    ['two of them', (text) => `${text}${text}`, 'bad-json'],
    ['data in a page', (text) => `<html><script>var x=${text}</script></html>`, 'html-answer'],
    ['a letter behind it', (text) => `${text}x`, 'bad-json'],
  ])('%s is not taken for an answer, and no secret is in what is said', async (_name, around, code) => {
    const { synced, server } = await renamed((_path, text) => around(text));
    expect(synced?.code).toBe(code);
    expect(JSON.stringify(synced)).not.toContain(String(server.records()[0]?.secret));
  });

  it('a server that only complains is shown in its own words', async () => {
    const { synced } = await renamed(() => `${warning}<p>`);
    expect(synced).toMatchObject({
      code: 'bad-json',
      serverMessage: expect.stringContaining('Undefined array key'),
    });
  });
});

describe('who answers in place of the server', () => {
  const page = (title: string) => `<html><head><title>${title}</title></head><body></body></html>`;
  it.each([
    [413, page('413 Request Entity Too Large'), 'rejected request-too-large'],
    [494, page('Request Header Or Cookie Too Large'), 'rejected request-too-large'],
    [400, page('400 Bad Request'), 'rejected proxy-refused'],
    [403, page('403 Forbidden'), 'rejected proxy-refused'],
    [407, page('Squid'), 'rejected proxy-login'],
    [502, page('502 Bad Gateway'), 'rejected gateway-failed'],
    [511, page('Network Authentication Required'), 'rejected network-login'],
  ])(
    'a write that gets %s of it was not done, and is not the server’s own no',
    async (status, body, said) => {
      const { result, server } = await renamed(
        (_path, text) => text,
        (path, text) => (path.endsWith('/update') ? { status, body } : text),
      );
      expect(result && gist(result)).toBe(said);
      expect(writes(server)).toHaveLength(0);
    },
  );

  it.each([499, 504, 522, 524, 598])(
    '%s is a proxy that waited no longer: what is not there yet stays unknown, what is there is applied',
    async (status) => {
      const body = page('Gave up');
      const late = await renamed(
        (_path, text) => text,
        (path, text) => (path.endsWith('/update') ? { status, body } : text),
      );
      expect(late.result?.outcome).toBe('unknown');
      const done = await renamed((path, text) => (path.endsWith('/update') ? { status, body } : text));
      expect(done.result?.outcome).toBe('applied');
      expect(writes(done.server)).toHaveLength(1);
    },
  );

  it.each([
    ['511', { status: 511, body: page('Network Authentication Required') }],
    ['a hotspot’s page', { status: 200, body: page('MikroTik hotspot > login') }],
    [
      'a redirect to a portal',
      { status: 302, body: '', headers: { location: 'http://portal.hotel.ir/?orig_url=x' } },
    ],
  ])('%s is a login of the network', async (_name, given) => {
    expect((await renamed(() => given)).synced?.code).toBe('network-login');
  });
});

describe('a cache in front of a panel', () => {
  it('is asked past, so that a write that was stored is not said to be lost', async () => {
    const house = await openHouse();
    const server = await panel({ size: 6 });
    const kept = new Map<string, string>();
    const before = await front(server, (path, text, method) => {
      const fresh = /no-cache/.test(String(before.headers.at(-1)?.['cache-control']));
      const answer = (fresh ? undefined : kept.get(path)) ?? text;
      if (method === 'GET') kept.set(path, answer);
      return method === 'GET' ? answer : text;
    });
    const connection = await connect(house, 'edge', before, { timeoutMs: 5_000 });
    await type(house, connection, idOf(server, 0), 'company', 'New Co');
    const run = await planAndApply(house);
    expect(run.rows[0]?.result && gist(run.rows[0].result)).toBe('applied');
    expect(
      before.headers.every((one) => one['cache-control'] === 'no-cache' && one.pragma === 'no-cache'),
    ).toBe(true);
  });
});

describe('a cache in front of a panel that lets no request through', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['tells the age of its copies', { age: '300' }, false],
    ['says that they are hits', { 'x-cache-status': 'HIT' }, false],
    ['says that nothing has changed', {}, true],
  ])('and %s is led around: what was stored is applied', async (_name, headers, unchanged) => {
    const house = await openHouse();
    const server = await panel({ size: 6 });
    const kept = new Map<string, string>();
    const before = await front(server, (path, text, method) => {
      if (method !== 'GET') return text;
      const copy = kept.get(path);
      kept.set(path, copy ?? text);
      if (copy === undefined) return text;
      return unchanged ? { status: 304, body: '' } : { status: 200, body: copy, headers };
    });
    const connection = await connect(house, 'edge', before, { timeoutMs: 5_000 });
    await type(house, connection, idOf(server, 0), 'company', 'New Co');
    const run = await planAndApply(house);
    expect(run.rows[0]?.result && gist(run.rows[0].result)).toBe('applied');
    expect(writes(server)).toHaveLength(1);
  });

  it('and cannot be led around leaves the write unknown, not lost, and says why', async () => {
    const house = await openHouse();
    const server = await panel({ size: 6 });
    let copy = '';
    let wrote = false;
    const before = await front(server, (_path, text, method) => {
      if (method !== 'GET') wrote = true;
      else if (wrote) return { status: 200, body: copy, headers: { age: '300' } };
      else copy = text;
      return text;
    });
    const connection = await connect(house, 'edge', before, { timeoutMs: 5_000 });
    await type(house, connection, idOf(server, 0), 'company', 'New Co');
    const run = await applyUntilHalt(house, await makePlan(house));
    const result = run.rows[0]?.result;
    expect(result?.outcome).not.toBe('rejected');
    expect(result?.outcome).not.toBe('applied');
    expect(writes(server)).toHaveLength(1);
    const synced = await house.ask.directory.sync({ connectionId: connection.id });
    expect(synced).toMatchObject({ ok: false, problem: { code: 'cached-answer' } });
  });
});

describe('days that a panel tells as moments', () => {
  it.each([
    'text',
    'datetime',
    'epoch',
    'epochTehran',
    'milliseconds',
    'iso',
    'isoOffset',
    'jalali',
  ] as const)('%s: shown, found and sorted as days, and a new one is stored', async (expireForm) => {
    const house = await openHouse();
    const server = await panel({ size: 3, modes: { expireForm } });
    const days = ['2027-11-21', '2027-03-21', '2028-02-29'];
    for (const [index, expire_time] of days.entries()) server.patch(idOf(server, index), { expire_time });
    const connection = await connect(house, 'edge', server, { timeoutMs: 5_000 });
    const sort = { field: 'expire_time', descending: false };
    const page = async (text: string) =>
      (await pageOf(house, connection, { text, sort, columns: ['expire_time'] })).rows.map(
        (row) => row.fields.expire_time,
      );
    expect(await page('')).toEqual([...days].sort());
    await type(house, connection, idOf(server, 0), 'expire_time', '2028-01-01');
    const plan = await makePlan(house);
    expect(plan.rows[0]?.fields[0]).toMatchObject({
      base: '2027-11-21',
      live: '2027-11-21',
      next: '2028-01-01',
    });
    const run = await apply(house, plan);
    expect(run.rows[0]?.result && gist(run.rows[0].result)).toBe('applied');
    expect(server.record(idOf(server, 0))?.expire_time).toBe('2028-01-01');
  });

  it('0000-00-00 is no day', async () => {
    const house = await openHouse();
    const server = await panel({ size: 2, modes: { expireForm: 'zero' } });
    server.patch(idOf(server, 0), { expire_time: null });
    const connection = await connect(house, 'edge', server, { timeoutMs: 5_000 });
    await type(house, connection, idOf(server, 0), 'company', 'X');
    const run = await planAndApply(house);
    expect(run.rows[0]?.result && gist(run.rows[0].result)).toBe('applied');
  });
});

describe('an object without entries', () => {
  it.each(['object', 'array', 'null', 'string', 'absent'] as const)(
    'told as %s is empty: setting a forward in it has no side effect',
    async (emptyObject) => {
      const house = await openHouse();
      const server = await pbx({ size: 3, modes: { emptyObject } });
      const id = idOf(server, 0);
      server.patch(id, { forward_policy: { Busy: '', 'No Answer': '', UnAvailable: '', All: '' } });
      const connection = await connect(house, 'simotel', server, { timeoutMs: 5_000 });
      await type(house, connection, id, 'forward_policy.Busy', '101');
      const set = await planAndApply(house);
      expect(set.rows[0]?.result && gist(set.rows[0].result)).toBe('applied');
      const seq = journalRows(house.database).find((row) => row.type === 'intent')?.seq ?? 0;
      await ok(house.ask.journal.revert({ seq, fields: null }));
      const back = await planAndApply(house);
      expect(back.rows[0]?.result && gist(back.rows[0].result)).toBe('applied');
    },
  );
});

describe('what stands where an object of forwards belongs', () => {
  const forwards = { Busy: '', 'No Answer': '', UnAvailable: '', All: '' };
  async function told(All: string, as: unknown) {
    const house = await openHouse();
    const server = await pbx({ size: 3 });
    const id = idOf(server, 0);
    server.patch(id, { forward_policy: { ...forwards, All } });
    const own = JSON.stringify({ ...forwards, All });
    const before = await front(server, (_path, text) =>
      text.replace(`"forward_policy":${own}`, `"forward_policy":${JSON.stringify(as)}`),
    );
    const connection = await connect(house, 'simotel', before, { timeoutMs: 5_000 });
    await type(house, connection, id, 'forward_policy.Busy', '101');
    return { house, server, id };
  }

  it.each([false, 'null', '{}', '[]', ['']])(
    '%j is no forward: one is set without a side effect',
    async (as) => {
      const { house } = await told('', as);
      const run = await planAndApply(house);
      expect(run.rows[0]?.result && gist(run.rows[0].result)).toBe('applied');
    },
  );

  it.each([['{"Busy":"","All":"104"}'], [[{ Busy: '' }, { All: '104' }]], [104], ['104']])(
    '%j is not understood: nothing is written over it',
    async (as) => {
      const { house, server, id } = await told('104', as);
      const plan = await makePlan(house);
      expect(plan.rows.map((row) => row.status)).toEqual(['invalid']);
      expect(writes(server)).toHaveLength(0);
      expect(server.record(id)?.forward_policy).toMatchObject({ All: '104' });
    },
  );
});

describe('ids beyond 2^53', () => {
  it('are two users and not one, and a write reaches the one that was meant', async () => {
    const house = await openHouse();
    const server = await panel({ size: 4 });
    const [a, b] = server.records().map((record) => String(record.user_id));
    const [A, B] = ['9007199254740992', '9007199254740993'];
    const sent: string[] = [];
    const before = await front(
      server,
      (_path, text) =>
        text
          .replaceAll(`"user_id":${a},`, `"user_id":${A},`)
          .replaceAll(`"user_id":${b},`, `"user_id":${B},`),
      (path, body) => {
        if (!path.endsWith('/update')) return body;
        sent.push(body);
        return body.replace(A, a ?? '').replace(B, b ?? '');
      },
    );
    const connection = await connect(house, 'edge', before, { timeoutMs: 5_000 });
    await type(house, connection, B, 'company', 'B only');
    const run = await planAndApply(house);
    expect(run.rows[0]?.result && gist(run.rows[0].result)).toBe('applied');
    expect(sent).toEqual([`{"user_id":${B},"company":"B only"}`]);
    expect(server.record(b ?? '')?.company).toBe('B only');
    expect(server.record(a ?? '')?.company).not.toBe('B only');
  });

  it('in fields that nobody knows keep their digits through a full write', async () => {
    const bodies: string[] = [];
    const { result } = await renamed(
      (path, text) =>
        path.endsWith('/search')
          ? text.replace(/"_id":/g, '"card":12345678901234567890.5,"big":{"deep":[9007199254740993]},"_id":')
          : text,
      (path, body) => {
        if (path.endsWith('/update')) bodies.push(body);
        return body.replace(/"card":[\d.]+,"big":\{"deep":\[\d+\]\},/, '');
      },
    );
    expect(result && gist(result)).toBe('applied');
    expect(bodies[0]).toContain('"card":12345678901234567890.5,"big":{"deep":[9007199254740993]}');
  });
});

describe('servers that answer well and store otherwise', () => {
  async function changed(fault: FaultInput) {
    const house = await openHouse();
    const server: SimotelSimulator = await pbx({ size: 4 });
    const connection = await connect(house, 'simotel', server, { timeoutMs: 5_000 });
    const former = String(server.records()[0]?.name);
    await type(house, connection, idOf(server, 0), 'name', 'A new name');
    const plan = await makePlan(house);
    server.failNext(fault);
    server.clearLog();
    return { house, server, connection, plan, former };
  }

  it.each<[FaultInput, string, string]>([
    ['silentNoop', 'rejected not-stored', 'former'],
    ['acceptAsOther', 'rejected not-stored', 'A new nam'],
    [{ kind: 'acceptAsOther', as: { name: 'Other' } }, 'rejected not-stored', 'Other'],
    ['unreadableAfterWrite', 'applied', 'A new name'],
    ['emptyOk', 'applied', 'A new name'],
  ])('%j: the row is %s', async (fault, outcome, stored) => {
    const { house, server, plan, former } = await changed(fault);
    const run = await apply(house, plan);
    const result = run.rows[0]?.result;
    expect(result && gist(result).split(' ').slice(0, outcome.split(' ').length).join(' ')).toBe(outcome);
    expect(writes(server)).toHaveLength(1);
    expect(server.record(idOf(server, 0))?.name).toBe(stored === 'former' ? former : stored);
  });

  it('what was read back and forgotten afterwards was applied, and the next reading shows what is there', async () => {
    const { house, server, connection, plan, former } = await changed({ kind: 'applyThenForget', reads: 1 });
    const run = await apply(house, plan);
    expect(run.rows[0]?.result && gist(run.rows[0].result)).toBe('applied');
    expect(reads(server).length).toBeGreaterThan(0);
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    const record = await ok(
      house.ask.directory.record({ connectionId: connection.id, remoteId: idOf(server, 0) }),
    );
    expect(record?.fields.name).toBe(former);
  });

  it('a server that went down over a write leaves it unknown', async () => {
    const { house, server, plan } = await changed('crashOnWrite');
    const run = await applyUntilHalt(house, plan);
    expect(['unknown', undefined]).toContain(run.rows[0]?.result?.outcome);
    expect(run.rows[0]?.result?.outcome).not.toBe('applied');
    expect(writes(server)).toHaveLength(1);
    await server.recover();
  });
});
