import type { IncomingMessage, ServerResponse } from 'node:http';
import { handleControl, isControl } from './control.ts';
import { Exchange } from './exchange.ts';
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
import { Listener, type TlsChoice } from './transport.ts';
import { type Fields, fieldsSchema, type Kind, type World } from './types.ts';

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
  private readonly exchange: Exchange<M>;

  private constructor(
    readonly kind: Kind<M>,
    private readonly firstModes: M,
    options: ServerOptions,
  ) {
    this.world = {
      records: kind.firstRecords(),
      modes: structuredClone(firstModes),
      spent: 0,
      unreadable: new Set(),
      now: () => this.now(),
    };
    const crash = (unavailable: number, forMs: number | undefined): void => {
      void this.stop();
      this.unavailable(unavailable);
      if (forMs !== undefined) setTimeout(() => void this.recover(), forMs);
    };
    this.exchange = new Exchange(kind, this.world, this.faults, this.requests, crash, options.seed ?? 1);
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

  /** The live log; entries are completed while their request is answered. */
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

  /** Removes a record behind Patchbay's back; returns whether it existed. */
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

  /** Disarms every fault, and opens the listener if a `refuse` had closed it. */
  async clearFaults(): Promise<void> {
    this.faults.clear();
    await this.listener.open();
  }

  /** Restores records, modes, faults and log. */
  async reset(): Promise<void> {
    await this.clearFaults();
    this.clearLog();
    this.world.records.clear();
    for (const [id, record] of this.kind.firstRecords()) this.world.records.set(id, record);
    this.world.spent = 0;
    this.world.unreadable.clear();
    this.exchange.forget();
    this.setMode(this.firstModes);
  }

  /** Stops the server: port closed, sockets destroyed at once, state kept. */
  async stop(): Promise<void> {
    this.exchange.abandon();
    await this.listener.close();
  }

  /** Stops it (if running) and starts it on the same port with the state kept; optionally with another certificate. */
  async restart(changes: { tls?: TlsChoice } = {}): Promise<void> {
    await this.stop();
    if (changes.tls) this.listener.tls = changes.tls;
    await this.listener.open();
  }

  /** Opens the port again after a crash; pending 503 answers remain. */
  recover(): Promise<void> {
    return this.listener.open();
  }

  private unavailable(times: number): void {
    if (times > 0)
      this.faults.arm({ kind: 'status', status: 503, body: 'Service Unavailable' }, {}, times, 'first');
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

  private receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    response.on('error', () => response.destroy());
    if (isControl(url.pathname)) return handleControl(this, request, response, url);
    return this.exchange.receive(request, response, url);
  }
}
