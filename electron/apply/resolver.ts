import { catalogOf } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import type { ReadBack } from '../../shared/diff';
import { type ChangeId, changeIdSchema } from '../../shared/model/change';
import {
  type Connection,
  type ConnectionId,
  connectionIdSchema,
  type RecordsOf,
  recordsOf,
} from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail, problem } from '../../shared/model/problem';
import type { ServerPort } from '../drivers/server-port';
import type { Journal, Subject } from '../journal/journal';
import { unkeep } from '../journal/keep';
import type { StoredIntent } from '../journal/stored-intent';
import { type Database, inTransaction } from '../storage/database';
import { inside } from '../storage/place';
import { openRecord, sealRecord } from '../storage/sealed-record';
import type { Sealer } from '../storage/sealing';
import { decide } from './decide';
import { keptResult, readBackOf } from './read-back';
import type { RunStore } from './run-store';

export interface ResolverPorts extends ServerPort {
  readonly database: Database;
  readonly journal: Journal;
  readonly runs: RunStore;
  readonly sealer: Sealer;
  readonly connection: (id: ConnectionId) => Connection;
  readonly refresh: (of: RecordsOf, remoteId: string, raw: JsonObject) => void;
  readonly removeWritten: (
    changeId: ChangeId,
    values: ReadonlyMap<string, FieldValue>,
    now: JsonObject | null,
  ) => void;
  /** A row of a run was decided. */
  readonly decided: (runId: string, changeId: ChangeId) => void;
}

interface Unknown {
  readonly stored: StoredIntent;
  readonly asked: ReadonlyMap<string, FieldValue>;
  readonly before: JsonObject;
}

const never = new AbortController().signal;

/**
 * A server that timed out may still carry the write out. Only after this long does "not there" count as "not done"; a
 * person who asks gets the present state at once.
 */
const stillAtItMs = 10_000;

/** Decides writes with unknown outcome by reading; never sends anything. */
export class Resolver {
  /** When each write that timed out in this session was first seen, by a monotonic clock. */
  readonly #seenAt = new Map<number, number>();
  /** The newest journal entry at start: a time-out up to it belongs to an earlier start. */
  readonly #began: number;

  constructor(private readonly ports: ResolverPorts) {
    this.#began = ports.journal.newest();
  }

  /**
   * Gives every open intent an outcome: writes in flight when the program ended become `unknown`. Call while nothing
   * is applied: at start, and before an interrupted run is resumed.
   * @returns how many there were
   */
  closeInterrupted(): number {
    const { journal, runs, database } = this.ports;
    const open = journal.open();
    for (const stored of open) {
      const result = { problem: problem('interrupted'), notStored: [], sideEffects: [], unverifiable: [] };
      inTransaction(database, () => {
        journal.outcome(stored.seq, subjectOf(stored), 'unknown', { result, after: null, by: 'start' });
        runs.decided(stored.seq, 'unknown', result);
      });
    }
    return open.length;
  }

  /** Returns the connections that have undecided writes. */
  waiting(): ReadonlySet<ConnectionId> {
    const unknown = this.ports.journal.unknown();
    for (const { seq } of unknown) this.#see(seq);
    return new Set(unknown.map(({ connectionId }) => connectionIdSchema.parse(connectionId)));
  }

  /** Reads the record of one unknown write again and keeps the outcome. @throws ProblemError what reading says */
  async resolve(seq: number): Promise<void> {
    const stored = this.ports.journal.find(seq);
    if (stored.outcome !== 'unknown') return;
    await this.#resolve(connectionIdSchema.parse(stored.connectionId), [stored]);
  }

  /**
   * Decides all unknown writes of a connection by one reading of each collection, except those that timed out a moment ago.
   * @returns how many were decided
   */
  async resolveAll(connectionId: ConnectionId): Promise<number> {
    const { journal } = this.ports;
    const atOnce = new Set(journal.unknown(0).map(({ seq }) => seq));
    const waiting = journal
      .unknown()
      .filter((stored) => stored.connectionId === connectionId)
      .filter(({ seq }) => atOnce.has(seq) || performance.now() - this.#see(seq) >= stillAtItMs);
    return waiting.length > 0 ? this.#resolve(connectionId, waiting) : 0;
  }

  /** When a write that timed out was first seen; for an earlier start, the time of its entry. */
  #see(seq: number): number {
    const now = performance.now();
    const known = this.#seenAt.get(seq);
    if (known !== undefined) return known;
    const timedOutAt = seq <= this.#began ? this.ports.journal.endedAt(seq) : null;
    const ago = timedOutAt === null ? 0 : Math.max(0, Date.now() - timedOutAt);
    this.#seenAt.set(seq, now - ago);
    return now - ago;
  }

  async #resolve(connectionId: ConnectionId, waiting: readonly StoredIntent[]): Promise<number> {
    const connection = this.ports.connection(connectionId);
    const unknowns = this.#openAll(waiting);
    for (const collection of new Set(unknowns.map(({ stored }) => stored.intent.collection))) {
      const of = recordsOf(connection, collection);
      const among = unknowns.filter(({ stored }) => stored.intent.collection === collection);
      const hints = new Map(among.map((one) => [one.stored.remoteId, hintOf(one)]));
      const found = await this.ports.withServer(of, never, (driver, context) =>
        driver.readMany(context, [...hints.keys()], hints),
      );
      for (const one of among) this.#decide(of, one, found.get(one.stored.remoteId) ?? null);
    }
    return unknowns.length;
  }

  /** Only those that can be opened: one sealed with a lost key must not block the others. */
  #openAll(waiting: readonly StoredIntent[]): Unknown[] {
    let why: unknown;
    const opened = waiting.flatMap((stored) => {
      try {
        return [this.#open(stored)];
      } catch (error) {
        why = error;
        return [];
      }
    });
    if (opened.length === 0) throw why;
    return opened;
  }

  #decide(connection: RecordsOf, { stored, asked, before }: Unknown, now: JsonObject | null): void {
    const { journal, runs, sealer, database } = this.ports;
    const catalog = catalogOf(connection);
    // Two concurrent requests read the same; the first to return has decided it.
    if (journal.find(stored.seq).outcome !== 'unknown') return;
    const compared = now && laterReading(readBackOf(catalog, asked, before, now));
    // If the record was written again since, differences outside the asked fields come from that write.
    const readBack = compared && journal.writtenSince(stored) ? { ...compared, sideEffects: [] } : compared;
    const lost = { kind: 'lost', problem: problem('answer-lost') } as const;
    const decision = decide({ answer: lost, readBack, readProblem: problem('unknown-record') });
    const { outcome } = decision;
    // The reading has decided it, so the problem "unknown" no longer applies.
    const settled = decision.problem?.code === 'answer-lost' && outcome !== 'unknown';
    const why = settled ? null : decision.problem;
    const changeId = changeIdSchema.safeParse(stored.intent.changeId);
    const runId = inTransaction(database, () => {
      const entry = journal.nextPlace(subjectOf(stored));
      const result = keptResult(sealer, entry, why, readBack);
      const after = now ? sealRecord(sealer, catalog, now, inside(entry, 'after')) : null;
      journal.outcome(stored.seq, subjectOf(stored), outcome, { result, after, by: 'resolve' });
      if (now) this.ports.refresh(connection, stored.remoteId, now);
      if (changeId.success && readBack) {
        const values = [...asked].filter(([field]) => readBack.stored.includes(field));
        this.ports.removeWritten(changeId.data, new Map(values), now);
      }
      return runs.decided(stored.seq, outcome, result);
    });
    if (runId && changeId.success) this.ports.decided(runId, changeId.data);
  }

  #open(stored: StoredIntent): Unknown {
    return { stored, ...openIntent(this.ports.sealer, stored) };
  }
}

/** What a write asked for and the record before it, open. @throws ProblemError where a seal does not open */
export function openIntent(
  sealer: Sealer,
  { intent }: StoredIntent,
): { readonly asked: ReadonlyMap<string, FieldValue>; readonly before: JsonObject } {
  const before = openRecord(sealer, intent.before) ?? fail(sealer.whyUnreadable);
  const asked = intent.fields.map(({ field, after }): [string, FieldValue] => {
    const value = unkeep(sealer, after);
    return [field, value === undefined ? fail(sealer.whyUnreadable, { field }) : value];
  });
  return { before, asked: new Map(asked) };
}

/**
 * Interprets a later reading. If no asked value is there, the write was not carried out, and other differences come
 * from elsewhere.
 */
export function laterReading(readBack: ReadBack): ReadBack {
  const carriedOut = readBack.stored.length > 0 || readBack.unverifiable.length > 0;
  return carriedOut ? readBack : { ...readBack, sideEffects: [] };
}

function hintOf({ asked, before }: Unknown): JsonObject {
  return { ...before, ...Object.fromEntries([...asked].filter(([name]) => Object.hasOwn(before, name))) };
}

function subjectOf(stored: StoredIntent): Subject {
  const { remoteId, title, workOrderId } = stored;
  return { connectionId: connectionIdSchema.parse(stored.connectionId), remoteId, title, workOrderId };
}
