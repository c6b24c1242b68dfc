import { driverFor } from '../../electron/drivers';
import type { Driver, DriverContext, WriteAnswer, WriteRequest } from '../../electron/drivers/driver';
import type { ConnectionId } from '../../shared/model/connection';
import { type JsonObject, jsonObjectSchema } from '../../shared/model/json';
import { fail, problem } from '../../shared/model/problem';

/** What happens to a record's writes. */
export const fates = [
  'stored',
  'dropped',
  'side-effect',
  'refused',
  'reset-stored',
  'reset-not-stored',
  'timeout-stored',
  'timeout-not-stored',
  'says-no-but-stored',
  'not-sent',
  'wait',
  'busy-once',
  'busy-503-once',
  'busy-but-stored',
  'busy-late',
  'throws',
  'stop',
] as const;
export type Fate = (typeof fates)[number];

/** What the fake reports of each call, before it does anything. */
export interface FakeCall {
  readonly what: 'send' | 'read';
  readonly connectionId: ConnectionId;
  readonly remoteId: string | null;
}

/**
 * A server in memory, with a driver without sockets and clocks: the only test of the engine against anything but a
 * simulator. Thousands of interleavings of faults, pauses and crashes must be played, each in milliseconds and
 * reproducible from its seed, which sockets do not allow. Real exchanges are tested by the fault matrix.
 */
export class FakeServers {
  readonly records = new Map<ConnectionId, Map<string, JsonObject>>();
  /** How often each record was sent, over all starts of the program. */
  readonly times = new Map<string, number>();
  /** Writes that a server refused as busy but carries out some readings later. */
  readonly late = new Map<string, { readings: number; readonly store: () => void }>();
  readonly sent: { readonly connectionId: ConnectionId; readonly remoteId: string }[] = [];
  /** Set: the program is dead. Calls in progress never end. */
  dead = false;
  underWay = 0;
  mostUnderWay = 0;

  constructor(
    private readonly fateOf: (remoteId: string) => Fate,
    /** Returns whether the nth reading fails. */
    private readonly readFails: (nth: number) => boolean,
    private readonly told: (call: FakeCall) => void,
  ) {}

  #reads = 0;
  healthy = false;

  add(id: ConnectionId, records: readonly JsonObject[]): void {
    this.records.set(id, new Map(records.map((record) => [String(record._id), record])));
  }

  driver(): Driver {
    const real = driverFor('simotel');
    return {
      kind: 'simotel',
      lookups: [],
      test: async () => ({ tested: [] }),
      readAll: async (context) => this.#all(context).map((raw) => ({ remoteId: String(raw._id), raw })),
      readMany: async (context, ids) =>
        new Map((await this.#read(context)).filter(([id]) => ids.includes(id))),
      readEvery: async (context) => new Map(await this.#read(context)),
      readLookup: async () => [],
      buildWrite: real.buildWrite,
      send: (context, request) => this.#send(context, request),
      close: async () => {},
    };
  }

  #all({ connection }: DriverContext): JsonObject[] {
    return structuredClone([...(this.records.get(connection.id)?.values() ?? [])]);
  }

  async #read(context: DriverContext): Promise<[string, JsonObject][]> {
    this.told({ what: 'read', connectionId: context.connection.id, remoteId: null });
    await this.#pass();
    this.#reads += 1;
    for (const [id, one] of this.late) {
      one.readings -= 1;
      if (one.readings > 0) continue;
      one.store();
      this.late.delete(id);
    }
    if (!this.healthy && this.readFails(this.#reads)) fail('reset');
    return this.#all(context).map((raw) => [String(raw._id), raw]);
  }

  async #send({ connection }: DriverContext, request: WriteRequest): Promise<WriteAnswer> {
    const { _id, ...fields } = jsonObjectSchema.parse(JSON.parse(request.body));
    const remoteId = String(_id);
    this.told({ what: 'send', connectionId: connection.id, remoteId });
    this.sent.push({ connectionId: connection.id, remoteId });
    this.times.set(remoteId, (this.times.get(remoteId) ?? 0) + 1);
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      // Dying between these means before, or after, the server carried it out.
      await this.#pass();
      const answer = this.#carryOut(connection.id, remoteId, fields);
      await this.#pass();
      return answer;
    } finally {
      this.underWay -= 1;
    }
  }

  #carryOut(connectionId: ConnectionId, remoteId: string, fields: JsonObject): WriteAnswer {
    const records = this.records.get(connectionId);
    const store = (more: JsonObject = {}): void => {
      records?.set(remoteId, { ...records.get(remoteId), ...fields, ...more, _id: remoteId });
    };
    const first = this.times.get(remoteId) === 1;
    const busy = problem('server-error', { status: 503 });
    switch (this.fateOf(remoteId)) {
      case 'busy-once':
        if (first) return { kind: 'rejected', problem: problem('rate-limited'), retryAfterMs: 50 };
        store();
        return { kind: 'accepted', serverMessage: 'ok' };
      case 'busy-503-once':
        if (first) return { kind: 'lost', problem: busy };
        store();
        return { kind: 'accepted', serverMessage: 'ok' };
      case 'busy-but-stored':
        store();
        return { kind: 'lost', problem: busy };
      case 'busy-late':
        if (first) this.late.set(remoteId, { readings: 2, store });
        return { kind: 'lost', problem: busy };
      case 'stored':
        store();
        return { kind: 'accepted', serverMessage: 'ok' };
      case 'dropped':
        return { kind: 'accepted', serverMessage: 'ok' };
      case 'side-effect':
        store({ call_record: 'no' });
        return { kind: 'accepted', serverMessage: 'ok' };
      case 'refused':
        return { kind: 'rejected', problem: problem('rejected') };
      case 'reset-stored':
        store();
        return { kind: 'lost', problem: problem('reset') };
      case 'reset-not-stored':
        return { kind: 'lost', problem: problem('reset') };
      case 'timeout-stored':
        store();
        return { kind: 'lost', problem: problem('timeout') };
      case 'timeout-not-stored':
        return { kind: 'lost', problem: problem('timeout') };
      case 'says-no-but-stored':
        store();
        return { kind: 'rejected', problem: problem('rejected') };
      case 'not-sent':
        return { kind: 'not-sent', problem: problem('refused') };
      case 'wait':
        return { kind: 'rejected', problem: problem('rate-limited'), retryAfterMs: 50 };
      case 'throws':
        throw new Error('a mistake of the driver’s own');
      case 'stop':
        return { kind: 'stop', problem: problem('unauthorized') };
    }
  }

  /** Yields to other work; never returns to a dead program. */
  async #pass(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
    if (this.dead) await new Promise<never>(() => {});
  }
}
