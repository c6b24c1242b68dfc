import { setMaxListeners } from 'node:events';
import type { Pool } from 'undici';
import { originOf, placeOf } from '../../shared/lib/place';
import { normaliseProxy } from '../../shared/lib/proxy';
import type { Connection } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { type Problem, ProblemError, problem } from '../../shared/model/problem';
import type { DriverContext } from './driver';
import { networkProblem } from './network-errors';
import { loginHeader, type ProxyWay, proxyConnector, tunnelConnector, unreachable } from './proxy';
import { CertificateProblemError, type PresentedCertificate, pinningConnector } from './tls';
import { loadedUndici, loadUndici, undici } from './undici';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A longer answer is cut off and becomes `too-large`. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** A whole answer, not yet looked at. Header names are lower case. */
export interface HttpAnswer {
  /** The content of a large answer, already parsed in turns. */
  readonly read?: { readonly object: JsonObject; readonly exact: boolean };
  /** Why it cannot be read, if already known. */
  readonly unread?: Problem;
  readonly url: string;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** The connection's own proxy, if it could read the request and answer in the server's place. */
  readonly proxy?: { readonly url: string; readonly login: boolean };
}

/** There was no complete answer. `left` is false only where certainly no byte of the request left this machine. */
export class ExchangeError extends ProblemError {
  constructor(
    problem: Problem,
    readonly left: boolean,
    readonly certificate: PresentedCertificate | null = null,
  ) {
    super(problem);
    this.name = 'ExchangeError';
  }
}

/** More than applying uses at most (16 at a time), so that no write waits for a sync. */
const connectionsPerServer = 20;

/** Shorter than any server's own (Apache's is 5 s), so that a request rarely meets a socket that is being closed. */
const idleMs = 2_000;

/** Panels are behind caches: a stale copy of a record would make a stored write look lost. */
const fresh = { 'cache-control': 'no-cache', pragma: 'no-cache', 'accept-encoding': 'identity' } as const;

type Way = Pick<DriverContext, 'connection' | 'network'>;

interface Kept {
  readonly key: string;
  readonly pool: Pool;
  readonly proxy: KeptProxy | null;
}

/** A pool's proxy. Its login is held only while a request is in progress. */
interface KeptProxy {
  readonly url: string;
  /** Whether the proxy can read the requests: if the server speaks plain http. */
  readonly reads: boolean;
  login: string | null;
  users: number;
}

/** The kept-alive connections, one pool for each connection; replaced when the address or the pin changes. */
export class HttpPools {
  private readonly pools = new Map<string, Kept>();
  private readonly seen = new Map<string, PresentedCertificate>();

  /**
   * Sends one request, once, and waits for the whole answer. No redirect is followed and nothing is sent again.
   * The connection's time-out bounds the whole: waiting, connecting, headers and the last byte of the body.
   * @throws ExchangeError
   */
  request(way: Way, request: HttpRequest): Promise<HttpAnswer> {
    const { connection } = way;
    const refused = leadsElsewhere(connection, request.url);
    if (refused) return Promise.reject(new ExchangeError(refused, false));
    if (!loadedUndici()) return loadUndici().then(() => this.request(way, request));
    const { pool, proxy } = this.poolFor(way, new URL(request.url));
    if (!proxy) return exchange(pool, connection.timeoutMs, request, null);
    proxy.login = way.network?.proxyLogin ? loginHeader(way.network.proxyLogin) : null;
    proxy.users += 1;
    return exchange(pool, connection.timeoutMs, request, proxy).finally(() => {
      proxy.users -= 1;
      if (proxy.users === 0) proxy.login = null;
    });
  }

  /** The certificate that a connection's server showed last and that was accepted; null if there was none. */
  certificate(connectionId: string): PresentedCertificate | null {
    return this.seen.get(connectionId) ?? null;
  }

  /** Closes the sockets kept alive to one server; requests in progress end as a reset. */
  async close(connectionId: string): Promise<void> {
    const kept = this.pools.get(connectionId);
    this.pools.delete(connectionId);
    this.seen.delete(connectionId);
    await kept?.pool.destroy();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.pools.keys()].map((id) => this.close(id)));
  }

  private poolFor({ connection, network }: Way, { origin, host, protocol }: URL): Kept {
    const trust = {
      pin: connection.certificate,
      expired: connection.expiredCertificate ?? null,
      authorities: network?.authorities ?? [],
    };
    const url = connection.proxy ?? null;
    const key = [origin, url, connection.timeoutMs, JSON.stringify(trust)].join(' ');
    const kept = this.pools.get(connection.id);
    if (kept?.key === key) return kept;
    // Lets requests under way finish.
    kept?.pool.close().catch(() => undefined);
    const proxy: KeptProxy | null =
      url === null ? null : { url, reads: protocol === 'http:', login: null, users: 0 };
    const toServer = pinningConnector(trust, connection.timeoutMs, (shown) =>
      this.seen.set(connection.id, shown),
    );
    const proxyWay: ProxyWay | null = proxy && {
      url: proxy.url,
      timeoutMs: connection.timeoutMs,
      authorities: trust.authorities,
      login: () => proxy.login,
    };
    const throughProxy =
      proxyWay && (proxy?.reads ? proxyConnector(proxyWay, host) : tunnelConnector(proxyWay, host, toServer));
    const { Pool } = undici();
    const pool = new Pool(proxy?.reads ? proxy.url : origin, {
      connections: connectionsPerServer,
      pipelining: 1,
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: idleMs,
      // The one timer in `exchange` bounds everything; undici's own have a grain of a second.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: throughProxy ?? toServer,
    });
    const made = { key, pool, proxy };
    this.pools.set(connection.id, made);
    return made;
  }
}

/**
 * Returns what forbids sending a request: its credentials are for the connection's own place, and a chosen certificate
 * protects nothing if none is shown.
 */
function leadsElsewhere(connection: Connection, url: string): Problem | null {
  const { host } = new URL(url);
  const proxy = normaliseProxy(connection.proxy ?? '');
  // Only an edited database has this.
  if (!proxy.ok || proxy.url !== (connection.proxy ?? null))
    return problem('invalid-input', { field: 'proxy' });
  const [was, now] = [placeOf(connection).origin, originOf(url)];
  if (was !== now) return problem('credential-elsewhere', { was, now });
  const unused = connection.certificate !== null && !url.startsWith('https:');
  return unused ? problem('certificate-unused', { host }) : null;
}

/**
 * Sends one request on a pool, through undici's dispatch and not its `request`: only dispatch shows whether writing
 * has begun (`onConnect` comes just before the first byte), and only there can a second sending be forbidden.
 */
export function exchange(
  pool: Pool,
  timeoutMs: number,
  request: HttpRequest,
  proxy: KeptProxy | null,
): Promise<HttpAnswer> {
  const { host, pathname, search } = new URL(request.url);
  return new Promise((resolve, reject) => {
    let left = false;
    let ended = false;
    let abort: ((error?: Error) => void) | undefined;
    let status = 0;
    let headers: ReadonlyMap<string, string> = new Map();
    let size = 0;
    const chunks: Buffer[] = [];

    const end = (settle: () => void) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      request.signal.removeEventListener('abort', cancel);
      settle();
    };
    const giveUp = (why: Problem, certificate: PresentedCertificate | null = null) => {
      end(() => reject(new ExchangeError(why, left, certificate)));
      abort?.();
    };
    const cancel = () => giveUp(problem('cancelled', { host }));
    const timer = setTimeout(
      () =>
        giveUp(
          proxy && !left
            ? unreachable(proxy, host, 'timeout')
            : problem('timeout', { host, milliseconds: timeoutMs, phase: left ? 'answer' : 'connect' }),
        ),
      timeoutMs,
    );
    // One signal stops a whole run, and many requests listen to it at a time.
    setMaxListeners(0, request.signal);
    request.signal.addEventListener('abort', cancel, { once: true });
    if (request.signal.aborted) return cancel();

    const asked = proxy?.reads ? proxy : null;
    const sent = {
      path: asked ? request.url : `${pathname}${search}`,
      method: request.method,
      headers: {
        ...fresh,
        ...request.headers,
        ...(asked ? { host } : {}),
        ...(asked?.login ? { 'proxy-authorization': asked.login } : {}),
      },
      body: request.body ?? null,
      idempotent: false,
    };
    pool.dispatch(sent, {
      onConnect(give) {
        abort = give;
        // Ended already, or undici retried the request after a socket died: nothing may leave.
        if (ended || left) {
          giveUp(problem('reset', { host }));
          return give();
        }
        left = true;
      },
      onHeaders(code, raw) {
        if (code < 200) return true;
        status = code;
        headers = readHeaders(raw);
        if (Number(headers.get('content-length') ?? 0) > request.maxBytes) tooLarge();
        return true;
      },
      onData(chunk) {
        size += chunk.length;
        if (size > request.maxBytes) tooLarge();
        else chunks.push(chunk);
        return true;
      },
      onComplete() {
        const between = asked && { proxy: { url: asked.url, login: asked.login !== null } };
        end(() => resolve({ url: request.url, status, headers, body: Buffer.concat(chunks), ...between }));
      },
      onError(error) {
        const certificate = error instanceof CertificateProblemError ? error.certificate : null;
        giveUp(networkProblem(error, host), certificate);
      },
    });

    function tooLarge(): void {
      giveUp(problem('too-large', { host, megabytes: Math.floor(request.maxBytes / 1_048_576) }));
    }
  });
}

/** Parses header pairs as undici passes them. The first of repeated ones counts. */
function readHeaders(raw: readonly Buffer[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toString('latin1').toLowerCase() ?? '';
    if (!headers.has(name)) headers.set(name, raw[index + 1]?.toString('latin1') ?? '');
  }
  return headers;
}
