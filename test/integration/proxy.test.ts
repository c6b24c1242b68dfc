/** The way through a connection's own proxy, on real sockets: what it sees, what it is told, and what is said where it fails. */
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  authority,
  certificate,
  demoSimotelAccount,
  type ProxySimulator,
  startProxy,
  startSimotel,
} from '../simulators';
import type { ProxyFault, ProxyOptions } from '../simulators/proxy';
import type { TlsChoice } from '../simulators/transport';
import { arrives } from '../support/servers';
import { atEnd, bench, gist, listenTcp, problemOf } from './drivers-support';

const pin = (which: 'first' | 'second') => new X509Certificate(certificate(which)).fingerprint256;
const login = { user: 'tech', password: 'proxy-secret-7' };

async function proxyOf(options: ProxyOptions = {}): Promise<ProxySimulator> {
  const proxy = await startProxy(options);
  atEnd(() => proxy.stop());
  return proxy;
}

interface Made {
  readonly tls?: TlsChoice;
  readonly pin?: string | null;
  readonly proxyLogin?: typeof login | null;
  readonly authorities?: readonly string[];
  readonly timeoutMs?: number;
}

/** A server, and a driver that reaches it through a proxy. */
async function through(proxy: { readonly url: string }, made: Made = {}) {
  const { tls = 'none', proxyLogin = null, authorities = [], timeoutMs = 10_000 } = made;
  const server = await startSimotel({ size: 5, tls });
  atEnd(() => server.stop());
  const draft = { certificate: made.pin ?? null, proxy: proxy.url, timeoutMs };
  const { context, ...rest } = bench('simotel', server.url, { draft });
  return { server, ...rest, context: { ...context, network: { authorities, proxyLogin } } };
}

const write = ({ driver, connection }: Pick<ReturnType<typeof bench>, 'driver' | 'connection'>) =>
  driver.buildWrite(connection, 'x', {}, new Map([['name', 'y']]));
const hostOf = ({ url }: { readonly url: string }) => new URL(url).host;

describe('to a server over plain http', () => {
  it('the proxy is asked for the whole address, and the server gets the request without the proxy’s login', async () => {
    const proxy = await proxyOf({ login });
    const made = await through(proxy, { proxyLogin: login });
    expect(await made.driver.readAll(made.context, () => undefined)).toHaveLength(5);
    expect(proxy.log).toMatchObject([
      {
        how: 'request',
        target: `${made.server.url}/api/v4/pbx/users/search`,
        headers: { host: hostOf(made.server) },
      },
    ]);
    const [request] = made.server.log;
    expect(JSON.stringify(request)).not.toContain('proxy-authorization');
    expect(made.server.log).toHaveLength(1);
  });

  it('a proxy that wants a login is told of by its own name, and with what was wrong about it', async () => {
    const proxy = await proxyOf({ login });
    const none = await through(proxy);
    expect(await problemOf(none.driver.test(none.context))).toMatchObject({
      code: 'proxy-wants-login',
      params: { proxy: hostOf(proxy), host: hostOf(none.server), login: 'missing', wants: 'basic' },
    });
    const wrong = await through(proxy, { proxyLogin: { ...login, password: 'another-secret' } });
    const answer = await wrong.driver.send(wrong.context, write(wrong));
    expect(answer).toMatchObject({
      kind: 'stop',
      problem: { code: 'proxy-wants-login', params: { login: 'refused' } },
    });
    expect(JSON.stringify(answer)).not.toContain('another-secret');
    expect([...none.server.log, ...wrong.server.log]).toEqual([]);
  });

  it('a proxy that does not reach the server leaves a write undecided', async () => {
    const proxy = await proxyOf();
    const made = await through(proxy);
    await made.server.stop();
    expect(gist(await made.driver.send(made.context, write(made)))).toBe('lost proxy-failed');
  });

  it.each<[string, ProxyFault, string]>([
    ['closes the connection without a word', 'close', 'lost reset'],
    ['ends in the middle of the answer', 'cut', 'lost reset'],
    ['answers what is no http', 'garbage', 'lost unexpected-answer'],
    ['never answers', 'hang', 'lost timeout'],
  ])('a write through a proxy that %s is undecided', async (_name, fault, came) => {
    const proxy = await proxyOf();
    proxy.fault = fault;
    const made = await through(proxy, { timeoutMs: 2_000 });
    expect(gist(await made.driver.send(made.context, write(made)))).toBe(came);
  });
});

describe('to a server over https', () => {
  it('the proxy passes on what it cannot read, the pin is held at this end', async () => {
    const proxy = await proxyOf({ login });
    const made = await through(proxy, { tls: 'first', pin: pin('first'), proxyLogin: login });
    expect(await made.driver.readAll(made.context, () => undefined)).toHaveLength(5);
    expect(proxy.log).toMatchObject([{ how: 'tunnel', target: hostOf(made.server) }]);
    const seen = proxy.tunnelled().toString('latin1');
    expect(seen.length).toBeGreaterThan(200);
    const pair = Buffer.from(`${demoSimotelAccount.user}:${demoSimotelAccount.password}`).toString('base64');
    for (const secret of [pair, demoSimotelAccount.password, '/pbx/users'])
      expect(seen).not.toContain(secret);
    expect(JSON.stringify(made.server.log)).not.toContain('proxy-authorization');
    expect(made.driver.certificate?.(made.connection.id)?.fingerprint).toBe(pin('first'));
  });

  it('another certificate than the pinned, or one that nobody trusts, is refused before anything is sent', async () => {
    const proxy = await proxyOf();
    const pinned = await through(proxy, { tls: 'second', pin: pin('first') });
    expect(gist(await pinned.driver.send(pinned.context, write(pinned)))).toBe('not-sent tls-changed');
    const untrusted = await through(proxy, { tls: 'first' });
    expect(gist(await untrusted.driver.send(untrusted.context, write(untrusted)))).toBe(
      'not-sent tls-untrusted',
    );
    expect([...pinned.server.log, ...untrusted.server.log]).toEqual([]);
  });

  it('a proxy that wants a login is told of, also one that has no way to log in that is known', async () => {
    const proxy = await proxyOf({ login });
    const none = await through(proxy, { tls: 'first', pin: pin('first') });
    expect(gist(await none.driver.send(none.context, write(none)))).toBe('not-sent proxy-wants-login');
    const windows = await proxyOf({ login, offers: 'NTLM, Negotiate' });
    const other = await through(windows, { tls: 'first', pin: pin('first'), proxyLogin: login });
    const wrong = { ...login, password: 'x' };
    const context = { ...other.context, network: { authorities: [], proxyLogin: wrong } };
    expect((await problemOf(other.driver.test(context))).params).toMatchObject({
      proxy: hostOf(windows),
      login: 'other',
      wants: 'ntlm, negotiate',
    });
    expect([...none.server.log, ...other.server.log]).toEqual([]);
  });

  it.each<[string, ProxyFault, string]>([
    ['closes the connection without a word', 'close', 'proxy-unreachable'],
    ['answers what is no http', 'garbage', 'proxy-strange'],
    ['never answers', 'hang', 'proxy-unreachable'],
    ['does not allow it', { status: 403 }, 'proxy-denied'],
    ['cannot reach the server', { status: 503 }, 'proxy-failed'],
    ['sends us elsewhere', { status: 302 }, 'proxy-strange'],
  ])('a proxy that %s is told of by its name, and the write was not sent', async (_name, fault, code) => {
    const proxy = await proxyOf();
    proxy.fault = fault;
    const made = await through(proxy, { tls: 'first', pin: pin('first'), timeoutMs: 2_000 });
    const answer = await made.driver.send(made.context, write(made));
    expect(gist(answer)).toBe(`not-sent ${code}`);
    expect(answer).toMatchObject({
      problem: { params: { proxy: hostOf(proxy), host: hostOf(made.server) } },
    });
    expect(made.server.log).toEqual([]);
  });

  it('a write whose proxy went away while the answer was waited for is undecided', async () => {
    const proxy = await proxyOf();
    const made = await through(proxy, { tls: 'first', pin: pin('first') });
    const arrived = arrives(made.server, ({ path }) => path.endsWith('/update'));
    made.server.failOn({ path: '/update' }, 'hangAfterApply', 1);
    const sent = made.driver.send(made.context, write(made));
    await arrived;
    await proxy.stop();
    expect(gist(await sent)).toBe('lost reset');
    // Then it is back, and the next request finds its way.
    await proxy.restart();
    made.server.clearFaults();
    expect(await made.driver.readAll(made.context, () => undefined)).toHaveLength(5);
  });

  it('a head without end is given up, and nothing was sent', async () => {
    const endless = await listenTcp((socket) => {
      socket.write(`HTTP/1.1 200 ok\r\n${'x: y\r\n'.repeat(20_000)}`);
    });
    const made = await through({ url: endless }, { tls: 'first', pin: pin('first') });
    expect(gist(await made.driver.send(made.context, write(made)))).toBe('not-sent proxy-strange');
  });
});

describe('a proxy', () => {
  it('that is not there is told of by its name, over http and https, and nothing was sent', async () => {
    const proxy = await proxyOf();
    await proxy.stop();
    for (const tls of ['none', 'first'] as const) {
      const made = await through(proxy, { tls, pin: tls === 'none' ? null : pin('first') });
      const answer = await made.driver.send(made.context, write(made));
      expect(answer).toMatchObject({
        kind: 'not-sent',
        problem: { code: 'proxy-unreachable', params: { proxy: hostOf(proxy), why: 'refused' } },
      });
    }
  });

  it('over TLS is used where its certificate is trusted, and no byte goes to it where not', async () => {
    const proxy = await proxyOf({ tls: 'signed', login });
    for (const tls of ['none', 'first'] as const) {
      const how = { tls, pin: tls === 'none' ? null : pin('first'), proxyLogin: login };
      const untrusted = await through(proxy, how);
      const before = proxy.log.length;
      expect(await problemOf(untrusted.driver.test(untrusted.context))).toMatchObject({
        code: 'proxy-untrusted',
        params: { proxy: hostOf(proxy), reason: 'issuer' },
      });
      expect(proxy.log.length).toBe(before);
      const trusted = await through(proxy, { ...how, authorities: [authority('authority')] });
      expect(await trusted.driver.readAll(trusted.context, () => undefined)).toHaveLength(5);
    }
  });

  it('of the system or the environment is never used', async () => {
    const proxy = await proxyOf();
    const before = { ...process.env };
    try {
      for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']) {
        process.env[name] = proxy.url;
        process.env[name.toLowerCase()] = proxy.url;
      }
      process.env.NODE_USE_ENV_PROXY = '1';
      for (const tls of ['none', 'first'] as const) {
        const server = await startSimotel({ size: 5, tls });
        atEnd(() => server.stop());
        const made = bench('simotel', server.url, {
          draft: { certificate: tls === 'none' ? null : pin('first') },
        });
        expect(await made.driver.readAll(made.context, () => undefined)).toHaveLength(5);
      }
    } finally {
      process.env = before;
    }
    expect(proxy.log).toEqual([]);
  });

  it('that is taken out of the connection is used no more, and another one from the next request on', async () => {
    const [first, second] = [await proxyOf(), await proxyOf()];
    const made = await through(first);
    await made.driver.test(made.context);
    const with_ = (proxy: string | null) => ({ ...made.context, connection: { ...made.connection, proxy } });
    await made.driver.test(with_(second.url));
    await made.driver.test(with_(null));
    expect([first.log.length, second.log.length, made.server.log.length]).toEqual([1, 1, 3]);
  });
});
