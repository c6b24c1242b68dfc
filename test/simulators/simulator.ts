import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { handleControl, isControl } from './control.ts';
import { play, send } from './fault-play.ts';
import {
  type ArmedFault,
  type FaultInput,
  FaultList,
  type FaultMatch,
  type FaultPredicate,
  faultSchema,
} from './faults.ts';
import { type LogEntry, RequestLog } from './log.ts';
import type { CommonModes } from './modes-common.ts';
import { createRng } from './rng.ts';
import { Listener, readBody, type TlsChoice } from './transport.ts';
import {
  type Answer,
  type Fields,
  fieldsSchema,
  type Handled,
  type Kind,
  readJson,
  type SimRequest,
  type World,
} from './types.ts';

export interface ServerOptions {
  /** 0 lets the system choose; the port is kept over stop and restart */
  readonly port?: number;
  readonly host?: string;
  readonly seed?: number;
  /** how many records */
  readonly size?: number;
  readonly tls?: TlsChoice | boolean;
}

/** A running simulator. Everything can be changed while it answers. */
export class Simulator<M extends CommonModes> {
  private readonly world: World<M>;
  private readonly faults = new FaultList();
  private readonly requests = new RequestLog();
  private readonly listener: Listener;
  private readonly jitter: ReturnType<typeof createRng>;
  private underWay = 0;
  /** Counts stops: a request that was waiting when the server stopped must not write afterwards. */
  private life = 0;

  private constructor(
    readonly kind: Kind<M>,
    private readonly firstModes: M,
    options: ServerOptions,
  ) {
    this.world = {
      records: kind.firstRecords(),
      modes: structuredClone(firstModes),
      spent: 0,
      now: () => this.now(),
    };
    this.jitter = createRng(options.seed ?? 1);
    const tls = options.tls === true ? 'first' : options.tls || 'none';
    this.listener = new Listener(
      (request, response) => void this.receive(request, response),
      options.host ?? '127.0.0.1',
      options.port ?? 0,
      tls,
    );
  }

  static async start<M extends CommonModes>(
    kind: Kind<M>,
    modes: Partial<M>,
    options: ServerOptions,
  ): Promise<Simulator<M>> {
    const simulator = new Simulator(kind, kind.modes.parse(modes), options);
    await simulator.listener.open();
    return simulator;
  }

  /** Scheme, host and port, without a path and a trailing slash. */
  get url(): string {
    return this.listener.url;
  }

  get port(): number {
    return this.listener.port;
  }

  /** The live log; entries fill up while their request is answered. */
  get log(): readonly LogEntry[] {
    return this.requests.entries;
  }

  clearLog(): void {
    this.requests.clear();
  }

  /** Every record as the server stores it, secrets and passwords included. A deep copy. */
  records(): Fields[] {
    return structuredClone([...this.world.records.values()]);
  }

  /** One record as stored (a deep copy), or `undefined`. */
  record(id: string | number): Fields | undefined {
    return structuredClone(this.world.records.get(String(id)));
  }

  /** Edits a record behind Patchbay's back, as another administrator would. Throws on an unknown id. */
  patch(id: string | number, fields: Fields): void {
    const record = this.world.records.get(String(id));
    if (!record) throw new Error(`no record ${id}`);
    this.world.records.set(String(id), { ...record, ...structuredClone(fieldsSchema.parse(fields)) });
  }

  /** Removes a record behind Patchbay's back; tells whether it was there. */
  remove(id: string | number): boolean {
    return this.world.records.delete(String(id));
  }

  modes(): M {
    return structuredClone(this.world.modes);
  }

  /** Changes some modes; takes effect with the next request. Throws (zod) on an unknown name or value. */
  setMode(changes: Partial<M>): void {
    Object.assign(this.world.modes, this.kind.modes.parse({ ...this.world.modes, ...changes }));
  }

  /** Arms a fault for the next request (or the next `times` ones) that matches. */
  failNext(fault: FaultInput, match: FaultMatch | FaultPredicate = {}, times = 1): ArmedFault {
    const parsed = faultSchema.parse(typeof fault === 'string' ? { kind: fault } : fault);
    if (parsed.kind === 'refuse') return this.refuse(parsed.forMs);
    return this.faults.arm(parsed, match, times);
  }

  /** Arms a fault for every request that matches, until it is cleared. */
  failOn(
    match: FaultMatch | FaultPredicate,
    fault: FaultInput,
    times = Number.POSITIVE_INFINITY,
  ): ArmedFault {
    return this.failNext(fault, match, times);
  }

  armedFaults(): ReturnType<FaultList['snapshot']> {
    return this.faults.snapshot();
  }

  /** Takes every fault back, and opens the listener if a `refuse` had closed it. */
  async clearFaults(): Promise<void> {
    this.faults.clear();
    await this.listener.open();
  }

  /** Records, modes, faults and log as at the start. */
  async reset(): Promise<void> {
    await this.clearFaults();
    this.clearLog();
    this.world.records.clear();
    for (const [id, record] of this.kind.firstRecords()) this.world.records.set(id, record);
    this.world.spent = 0;
    this.setMode(this.firstModes);
  }

  /** The server goes down: port closed, sockets destroyed at once, state kept. */
  async stop(): Promise<void> {
    this.life += 1;
    await this.listener.close();
  }

  /** Down (if it is up) and up again on the same port with the state kept; optionally with another certificate. */
  async restart(changes: { tls?: TlsChoice } = {}): Promise<void> {
    await this.stop();
    if (changes.tls) this.listener.tls = changes.tls;
    await this.listener.open();
  }

  private refuse(forMs: number | undefined): ArmedFault {
    void this.stop();
    const again = (): void => void this.listener.open();
    if (forMs !== undefined) setTimeout(again, forMs);
    return { hits: () => 0, clear: again };
  }

  private now(): Date {
    return this.world.modes.clock === '' ? new Date() : new Date(this.world.modes.clock);
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    response.on('error', () => response.destroy());
    if (isControl(url.pathname)) return handleControl(this, request, response, url);
    const method = request.method ?? 'GET';
    this.underWay += 1;
    const entry = this.requests.open({
      method,
      path: url.pathname,
      query: url.search,
      headers: request.headers,
      concurrent: this.underWay,
    });
    response.once('close', () => {
      this.underWay -= 1;
    });
    response.once('finish', () => {
      entry.answered = true;
    });
    try {
      entry.body = await readBody(request);
      const parsed = readJson(entry.body);
      const recordId = this.kind.recordIdOf(url.searchParams, parsed);
      if (parsed !== undefined) entry.parsed = parsed;
      if (recordId !== undefined) entry.recordId = recordId;
      await this.answer(
        {
          method,
          path: url.pathname,
          query: url.searchParams,
          headers: request.headers,
          body: entry.body,
          parsed,
          recordId,
        },
        response,
        entry,
      );
    } catch {
      response.destroy();
    } finally {
      entry.status = response.headersSent ? response.statusCode : 0;
    }
  }

  private async answer(request: SimRequest, response: ServerResponse, entry: LogEntry): Promise<void> {
    const { modes } = this.world;
    const life = this.life;
    const fault = this.faults.take(request);
    if (fault) entry.fault = fault.kind;
    if (modes.keepAlive === 'no') response.setHeader('connection', 'close');
    const delay = modes.delayMs + (modes.jitterMs > 0 ? this.jitter.int(0, modes.jitterMs + 1) : 0);
    if (delay > 0) await wait(delay);
    const apply = (): Answer => {
      if (life !== this.life) throw new Error('the server stopped meanwhile');
      const handled: Handled = this.kind.handle(request, this.world);
      entry.applied = handled.applied;
      entry.status = handled.answer.status;
      return modes.unicodeEscapes === 'yes'
        ? { ...handled.answer, body: escapeUnicode(handled.answer.body) }
        : handled.answer;
    };
    if (fault) return play(fault, response, apply, this.kind.failure);
    const answer = apply();
    send(response, answer.status, answer.headers, answer.body);
  }
}

function escapeUnicode(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
