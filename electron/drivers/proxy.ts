import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { type Problem, ProblemError, problem } from '../../shared/model/problem';
import { networkProblem } from './network-errors';
import { CertificateProblemError, pinningConnector } from './tls';
import { undici } from './undici';

/*
 * Requests through a connection's own proxy. To a server over https by CONNECT: the proxy passes bytes on, and the
 * server's certificate is checked at this end as without it. For plain http the proxy gets the whole request, reads
 * everything, and could change it.
 */

/** A proxy as used by one pool of connections. */
export interface ProxyWay {
  readonly url: string;
  readonly timeoutMs: number;
  readonly authorities: readonly string[];
  /** The login for the request in progress; never kept longer. */
  readonly login: () => string | null;
}

/** Longer than the headers of any proxy's answer to CONNECT. */
const longestHead = 16 * 1024;

/** The header that logs in to a proxy. */
export function loginHeader({
  user,
  password,
}: {
  readonly user: string;
  readonly password: string;
}): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** A proxy's host and port, as shown to the user. */
export function proxyName(url: string): string {
  return new URL(url).host;
}

/** Connects to the proxy itself, for requests over plain http; its errors name the proxy. */
export function proxyConnector(way: ProxyWay, target: string): buildConnector.connector {
  const connect =
    new URL(way.url).protocol === 'https:'
      ? overTls(way)
      : undici().buildConnector({ timeout: way.timeoutMs });
  return (options, callback) =>
    connect(options, (...result) => {
      const [error] = result;
      if (error === null) callback(...result);
      else callback(new ProblemError(connectProblem(error, way, target)), null);
    });
}

/**
 * Connects to a server through the proxy: no byte leaves for the server before the proxy confirms the connection.
 * @param toServer checks the server's certificate on the tunnelled socket
 */
export function tunnelConnector(
  way: ProxyWay,
  target: string,
  toServer: buildConnector.connector,
): buildConnector.connector {
  const toProxy = proxyConnector(way, target);
  return (options, callback) => {
    const { hostname, port, protocol } = new URL(way.url);
    const host = new URL(way.url).host;
    toProxy({ hostname: bare(hostname), host, protocol, port }, (...connected) => {
      const [error, socket] = connected;
      if (error !== null) return callback(error, null);
      const once = calledOnce(callback);
      openTunnel(socket, way, authorityOf(options), target).then(
        () => {
          // TLS over a dying socket may end silently, and the pool would wait for it forever.
          socket.once('close', () => once(new ProblemError(unreachable(way, target, 'reset')), null));
          toServer({ ...options, httpSocket: socket }, once);
        },
        (failed: Error) => {
          socket.on('error', () => undefined).destroy();
          once(failed, null);
        },
      );
    });
  };
}

/** Asks the proxy for a tunnel to the server. @throws ProblemError that names the proxy */
function openTunnel(socket: Socket, way: ProxyWay, authority: string, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      for (const [event, listener] of Object.entries(listeners)) socket.off(event, listener);
      settle();
    };
    const fail = (why: Problem): void => end(() => reject(new ProblemError(why)));
    const away = (why: string): void => fail(unreachable(way, host, why));
    const timer = setTimeout(() => away('timeout'), way.timeoutMs);
    const open = (rest: Buffer): void =>
      end(() => {
        socket.pause();
        if (rest.length > 0) socket.unshift(rest);
        resolve();
      });
    const onData = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const length = head.indexOf('\r\n\r\n');
      const foreign = head.length >= 5 && head.toString('latin1', 0, 5) !== 'HTTP/';
      if (foreign || (length < 0 && head.length > longestHead))
        fail(problem('proxy-strange', nameOf(way, host)));
      if (foreign || length < 0) return;
      const refused = tunnelProblem(head.subarray(0, length).toString('latin1'), way, host);
      if (refused) fail(refused);
      else open(head.subarray(length + 4));
    };
    const listeners = {
      data: onData,
      end: () => away('reset'),
      close: () => away('reset'),
      error: () => away('reset'),
    };
    for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
    const login = way.login();
    const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
    if (login !== null) lines.push(`Proxy-Authorization: ${login}`);
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  });
}

/** Returns the problem in a proxy's answer to CONNECT; null if the tunnel is open. */
function tunnelProblem(head: string, way: ProxyWay, host: string): Problem | null {
  const status = Number(/^HTTP\/1\.[01] (\d{3})\b/.exec(head)?.[1] ?? 0);
  if (status >= 200 && status < 300) return null;
  if (status === 407) {
    const asked = [...head.matchAll(/^proxy-authenticate:(.*)$/gim)].map(([, value = '']) => value);
    return loginProblem(way.url, way.login() !== null, asked.join(','), host);
  }
  const code = status >= 500 ? 'proxy-failed' : status >= 400 ? 'proxy-denied' : 'proxy-strange';
  return problem(code, { ...nameOf(way, host), status });
}

/** Makes the problem of a proxy that requires a login. @param asked its header: the ways to log in that it offers */
export function loginProblem(url: string, sent: boolean, asked: string, host: string): Problem {
  const offered = [...asked.matchAll(/(?:^|,)\s*(basic|digest|ntlm|negotiate|kerberos|bearer)\b/gi)];
  const schemes = [...new Set(offered.map(([, name = '']) => name.toLowerCase()))];
  const other = schemes.length > 0 && !schemes.includes('basic');
  const login = other ? 'other' : sent ? 'refused' : 'missing';
  return problem('proxy-wants-login', { proxy: proxyName(url), host, login, wants: schemes.join(', ') });
}

/** Returns why the proxy was not reached; about the proxy and not the server behind it. */
function connectProblem(error: Error, way: ProxyWay, host: string): Problem {
  if (error instanceof CertificateProblemError)
    return problem('proxy-untrusted', {
      ...nameOf(way, host),
      reason: String(error.problem.params.reason ?? ''),
    });
  const { code } = networkProblem(error, host);
  return code.startsWith('tls-') ? problem('proxy-strange', nameOf(way, host)) : unreachable(way, host, code);
}

/** @param why one of the reasons in the translations */
export function unreachable(way: Pick<ProxyWay, 'url'>, host: string, why: string): Problem {
  return problem('proxy-unreachable', { ...nameOf(way, host), why });
}

function nameOf(
  { url }: Pick<ProxyWay, 'url'>,
  host: string,
): { readonly proxy: string; readonly host: string } {
  return { proxy: proxyName(url), host };
}

function overTls({ timeoutMs, authorities }: ProxyWay): buildConnector.connector {
  return pinningConnector({ pin: null, expired: null, authorities }, timeoutMs, () => undefined);
}

function calledOnce(callback: buildConnector.Callback): buildConnector.Callback {
  let called = false;
  return (...result) => {
    if (called) return;
    called = true;
    callback(...result);
  };
}

function authorityOf({ hostname, port }: buildConnector.Options): string {
  return `${hostname.includes(':') ? `[${bare(hostname)}]` : hostname}:${port || '443'}`;
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
