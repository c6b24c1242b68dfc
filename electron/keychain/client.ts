import { classifyKeychainError } from './classify';
import { type KeychainReply, type KeychainRequest, keychainReply } from './messages';
import type { CallOptions, KeychainFailure, KeychainPort, KeychainResult } from './port';
import { type StartedWorker, startWorker } from './start';
import type { WorkerProcess } from './transport';

export interface KeychainClientOptions {
  /** Starts a worker. Called at the first request, and again after one was killed or ended. */
  spawn: () => WorkerProcess;
  /** The name under which the keychain files our entries; one per profile. */
  service: string;
  /** Milliseconds for a worker to start; all other times begin after that. */
  startMs?: number;
  /** Milliseconds for a call that no user waits for. */
  timeoutMs?: number;
  /** Milliseconds for a call during which the user may have to answer the keychain's own prompt. */
  promptTimeoutMs?: number;
  /** Milliseconds after which `onWaiting(true)` is called, to point the user to the keyring's prompt. */
  waitingAfterMs?: number;
  onWaiting?: (waiting: boolean) => void;
  /** Milliseconds after the last call until the worker ends. It takes 30 MB, and credentials are asked for seldom. */
  idleMs?: number;
}

type Request = KeychainRequest extends infer R
  ? R extends KeychainRequest
    ? Omit<R, 'id' | 'service'>
    : never
  : never;
type Value = string | boolean | null;
/** Why a request has no reply: the worker ended, did not answer in time, or never started. */
type NoReply = 'ended' | 'late' | 'not-up';
type Answer = { ok: true; value: Value } | KeychainFailure;

/**
 * An account that never exists. Asking for it needs no unlocking, so it distinguishes a locked keychain from a dead
 * one.
 */
const NOBODY = 'nobody';

/**
 * The keychain port over a worker process: one call at a time, each with a time-out after which the worker is killed.
 */
export class KeychainClient implements KeychainPort {
  readonly #options: Required<KeychainClientOptions>;
  #worker: StartedWorker | undefined;
  #pending: { id: number; settle: (reply: KeychainReply | NoReply) => void } | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #lastId = 0;
  #closed = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: KeychainClientOptions) {
    this.#options = {
      startMs: 60_000,
      timeoutMs: 5_000,
      promptTimeoutMs: 60_000,
      waitingAfterMs: 3_000,
      onWaiting: () => {},
      idleMs: 15_000,
      ...options,
    };
  }

  set(account: string, secret: string, options: CallOptions = {}): Promise<KeychainResult<object>> {
    return this.#inTurn(async () => {
      const written = await this.#call({ op: 'set', account, secret }, options);
      if (!written.ok) return written;
      const read = await this.#call({ op: 'get', account }, options);
      if (!read.ok) return read;
      if (read.value !== secret) return failure('mismatch', 'what was read back is not what was written');
      return { ok: true };
    });
  }

  get(account: string, options: CallOptions = {}): Promise<KeychainResult<{ secret: string | null }>> {
    return this.#inTurn(async () => {
      const read = await this.#call({ op: 'get', account }, options);
      if (!read.ok) return read;
      if (typeof read.value === 'boolean') return failure('failed', 'the worker answered something else');
      return { ok: true, secret: read.value };
    });
  }

  delete(account: string, options: CallOptions = {}): Promise<KeychainResult<{ deleted: boolean }>> {
    return this.#inTurn(async () => {
      const deleted = await this.#call({ op: 'delete', account }, options);
      return deleted.ok ? { ok: true, deleted: deleted.value === true } : deleted;
    });
  }

  async has(account: string, options: CallOptions = {}): Promise<KeychainResult<{ has: boolean }>> {
    const read = await this.get(account, options);
    return read.ok ? { ok: true, has: read.secret !== null } : read;
  }

  /** Ends the worker; later calls fail. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#idle);
    this.#drop();
  }

  /** Serialised, so that a prompt belongs to one call and a kill hits only that call. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    const turn = this.#queue.then(work);
    const ended = turn
      .catch(() => {})
      .then(() => {
        // Whoever waits in the queue still needs it.
        if (this.#queue === ended) this.#idle = setTimeout(() => this.#drop(), this.#options.idleMs).unref();
      });
    this.#queue = ended;
    return turn;
  }

  async #call(request: Request, { interactive = false }: CallOptions): Promise<Answer> {
    const { promptTimeoutMs, timeoutMs } = this.#options;
    const limit = interactive ? promptTimeoutMs : timeoutMs;
    const wasFresh = this.#worker === undefined;
    let reply = await this.#ask(request, limit, true);
    if (typeof reply === 'object' && !reply.ok) {
      // libsecret keeps its first connection: after a keyring restarted, only a new worker reaches the new one.
      this.#drop();
      if (!wasFresh) reply = await this.#ask(request, limit, true);
    }
    if (reply !== 'late') return this.#toAnswer(reply);
    // A worker that answers other requests is waiting for a prompt in this one.
    const alive = await this.#ask({ op: 'get', account: NOBODY }, timeoutMs, false);
    if (alive === 'late') return failure('timed-out', `no answer in ${limit} ms, nor to a second question`);
    if (alive !== 'ended' && (alive === 'not-up' || !alive.ok)) return this.#toAnswer(alive);
    return failure('locked', `no answer in ${limit} ms, while another question was answered`);
  }

  async #ask(request: Request, limit: number, mayWait: boolean): Promise<KeychainReply | NoReply> {
    if (this.#closed) return 'ended';
    const worker = this.#start();
    if (!worker) return 'ended';
    const start = await worker.up;
    // This call's worker is gone: the client was closed, or the process ended.
    if (this.#worker !== worker) return 'ended';
    if (start !== 'up') {
      this.#drop();
      return start;
    }
    this.#lastId += 1;
    const id = this.#lastId;
    const { onWaiting, service, waitingAfterMs } = this.#options;
    let waiting = false;
    const timers: NodeJS.Timeout[] = [];
    const reply = await new Promise<KeychainReply | NoReply>((settle) => {
      this.#pending = { id, settle };
      // One turn later: after this process was blocked, an answer may have arrived unread.
      timers.push(setTimeout(() => setImmediate(() => settle('late')), limit));
      if (mayWait) {
        timers.push(
          setTimeout(() => {
            waiting = true;
            onWaiting(true);
          }, waitingAfterMs),
        );
      }
      try {
        worker.send({ ...request, id, service } satisfies KeychainRequest);
      } catch {
        settle('ended');
      }
    });
    for (const timer of timers) clearTimeout(timer);
    this.#pending = undefined;
    if (reply === 'late') this.#drop();
    if (waiting) onWaiting(false);
    return reply;
  }

  /** Returns the worker and starts one if needed; undefined if it cannot be started. */
  #start(): StartedWorker | undefined {
    if (this.#worker) return this.#worker;
    const worker = this.#spawn();
    if (!worker) return undefined;
    this.#worker = worker;
    worker.onMessage((message) => {
      const reply = keychainReply.safeParse(message);
      if (reply.success && this.#worker === worker && reply.data.id === this.#pending?.id) {
        this.#pending.settle(reply.data);
      }
    });
    worker.onExit(() => {
      // Dropped already; its exit says nothing about the next worker.
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#pending?.settle('ended');
    });
    return worker;
  }

  #spawn(): StartedWorker | undefined {
    try {
      return startWorker(this.#options.spawn, this.#options.startMs);
    } catch {
      return undefined;
    }
  }

  #drop(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.kill();
    this.#pending?.settle('ended');
  }

  #toAnswer(reply: KeychainReply | 'ended' | 'not-up'): Answer {
    if (reply === 'ended') return failure('failed', 'the keychain worker ended');
    if (reply === 'not-up')
      return failure('timed-out', `the keychain worker did not start in ${this.#options.startMs} ms`);
    if (!reply.ok) return failure(classifyKeychainError(reply.error), reply.error);
    return { ok: true, value: reply.value };
  }
}

function failure(reason: KeychainFailure['reason'], detail: string): KeychainFailure {
  return { ok: false, reason, detail };
}
