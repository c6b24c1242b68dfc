import { setMaxListeners } from 'node:events';
import { Pool } from 'undici';
import type { Connection } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { type Problem, ProblemError, problem } from '../../shared/model/problem';
import { networkProblem } from './network-errors';
import { CertificateProblemError, type PresentedCertificate, pinningConnector } from './tls';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A longer answer is cut off and becomes `too-large`. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** A whole answer, not yet looked at. Header names are lower case. */
export interface HttpAnswer {
  /** What a large answer says, where it was read in turns already. */
  readonly read?: { readonly object: JsonObject; readonly exact: boolean };
  readonly url: string;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** No whole answer came. `left` is false only where certainly no byte of the request left this machine. */
export class ExchangeError extends ProblemError {
  constructor(
    problem: Problem,
    readonly left: boolean,
    /** The certificate shown, where that is what was wrong. */
    readonly certificate: PresentedCertificate | null = null,
  ) {
    super(problem);
    this.name = 'ExchangeError';
  }
}

/** More than the widest apply (16 at a time, issue "Apply"), so that no write waits behind a sync. */
const connectionsPerServer = 20;

/** Shorter than any server's own (Apache's is 5 s), so that a request seldom meets a socket that is being closed. */
const idleMs = 2_000;

interface Kept {
  readonly key: string;
  readonly pool: Pool;
}

/** The kept-alive connections, one pool a connection; a pool is replaced when the address or the pin changes. */
export class HttpPools {
  private readonly pools = new Map<string, Kept>();

  /**
   * Sends one request, once, and waits for the whole answer. No redirect is followed and nothing is sent again.
   * The connection's time-out bounds the whole: waiting, connecting, headers and the last byte of the body.
   * @throws ExchangeError
   */
  request(connection: Connection, request: HttpRequest): Promise<HttpAnswer> {
    return exchange(this.poolFor(connection, new URL(request.url).origin), connection.timeoutMs, request);
  }

  /** Closes what is kept alive to one server; what is under way ends as a reset. */
  async close(connectionId: string): Promise<void> {
    const kept = this.pools.get(connectionId);
    this.pools.delete(connectionId);
    await kept?.pool.destroy();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.pools.keys()].map((id) => this.close(id)));
  }

  private poolFor(connection: Connection, origin: string): Pool {
    const key = [origin, connection.certificate ?? '', connection.timeoutMs].join(' ');
    const kept = this.pools.get(connection.id);
    if (kept?.key === key) return kept.pool;
    // Lets what is under way end by itself.
    kept?.pool.close().catch(() => undefined);
    const pool = new Pool(origin, {
      connections: connectionsPerServer,
      pipelining: 1,
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: idleMs,
      // The one timer in `exchange` bounds everything; undici's own have a grain of a second.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: pinningConnector(connection.certificate, connection.timeoutMs),
    });
    this.pools.set(connection.id, { key, pool });
    return pool;
  }
}

/**
 * One request on a pool, through undici's dispatch and not its `request`: only there it is known whether writing has
 * begun (`onConnect` comes just before the first byte), and only there a second sending can be forbidden.
 */
function exchange(pool: Pool, timeoutMs: number, request: HttpRequest): Promise<HttpAnswer> {
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
      () => giveUp(problem('timeout', { host, milliseconds: timeoutMs, phase: left ? 'answer' : 'connect' })),
      timeoutMs,
    );
    // One signal stops a whole run, and many requests listen to it at a time.
    setMaxListeners(0, request.signal);
    request.signal.addEventListener('abort', cancel, { once: true });
    if (request.signal.aborted) return cancel();

    const sent = {
      path: `${pathname}${search}`,
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      idempotent: false,
    };
    pool.dispatch(sent, {
      onConnect(give) {
        abort = give;
        // Ended already, or undici took the request up a second time after a socket died: nothing may leave.
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
        end(() => resolve({ url: request.url, status, headers, body: Buffer.concat(chunks) }));
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

/** Header pairs as undici hands them over. Repeated ones: the first counts. */
function readHeaders(raw: readonly Buffer[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toString('latin1').toLowerCase() ?? '';
    if (!headers.has(name)) headers.set(name, raw[index + 1]?.toString('latin1') ?? '');
  }
  return headers;
}
