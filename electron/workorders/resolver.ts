import { catalogOf } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import type { ReadBack } from '../../shared/diff';
import { type ChangeId, changeIdSchema } from '../../shared/model/change';
import { type Connection, type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail, problem } from '../../shared/model/problem';
import type { ServerPort } from '../drivers/server-port';
import type { Journal, StoredIntent, Subject } from '../journal/journal';
import { unkeep } from '../journal/keep';
import { type Database, inTransaction } from '../storage/database';
import { openRecord, type Sealer, sealRecord } from '../storage/sealing';
import { decide } from './decide';
import { readBackOf } from './read-back';
import { keptResult } from './row-writer';
import type { RunStore } from './run-store';

export interface ResolverPorts extends ServerPort {
  readonly database: Database;
  readonly journal: Journal;
  readonly runs: RunStore;
  readonly sealer: Sealer;
  readonly connection: (id: ConnectionId) => Connection;
  readonly refresh: (connection: Connection, remoteId: string, raw: JsonObject) => void;
  readonly removeWritten: (changeId: ChangeId, values: ReadonlyMap<string, FieldValue>) => void;
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
 * A server that did not answer in time may carry a write out later. So long after its time-out "not there" is taken for
 * "not done"; a person who asks for one gets what is there now.
 */
const stillAtItMs = 10_000;

/** Decides writes whose fate is not known, by reading; nothing is ever sent a second time. */
export class Resolver {
  constructor(private readonly ports: ResolverPorts) {}

  /**
   * Gives every intent that has no outcome one: what was in flight when the program ended is `unknown`. Call while
   * nothing is applied: at start, and before a run is taken up.
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

  /** The connections on which writes wait to be decided. */
  waiting(): ReadonlySet<ConnectionId> {
    return new Set(
      this.ports.journal.unknown().map(({ connectionId }) => connectionIdSchema.parse(connectionId)),
    );
  }

  /** Reads the record of one unknown write again and keeps what that tells. @throws ProblemError what reading says */
  async resolve(seq: number): Promise<void> {
    const stored = this.ports.journal.find(seq);
    if (stored.outcome !== 'unknown') return;
    await this.#resolve(connectionIdSchema.parse(stored.connectionId), [stored]);
  }

  /**
   * Decides all unknown writes of a connection by one reading, but for those that timed out a moment ago.
   * @returns how many were decided
   */
  async resolveAll(connectionId: ConnectionId): Promise<number> {
    const { journal } = this.ports;
    const waiting = journal
      .unknown(Date.now() - stillAtItMs)
      .filter((stored) => stored.connectionId === connectionId);
    return waiting.length > 0 ? this.#resolve(connectionId, waiting) : 0;
  }

  async #resolve(connectionId: ConnectionId, waiting: readonly StoredIntent[]): Promise<number> {
    const connection = this.ports.connection(connectionId);
    const unknowns = this.#openAll(waiting);
    const hints = new Map(unknowns.map((one) => [one.stored.remoteId, hintOf(one)]));
    const found = await this.ports.withServer(connection, never, (driver, context) =>
      driver.readMany(context, [...hints.keys()], hints),
    );
    for (const one of unknowns) this.#decide(connection, one, found.get(one.stored.remoteId) ?? null);
    return unknowns.length;
  }

  /** Those that can be opened: one whose seal is of a lost key must not keep the others undecided. */
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

  #decide(connection: Connection, { stored, asked, before }: Unknown, now: JsonObject | null): void {
    const { journal, runs, sealer, database } = this.ports;
    const catalog = catalogOf(connection.kind);
    // Two askings at a time read alike; the first to come back has decided it.
    if (journal.find(stored.seq).outcome !== 'unknown') return;
    const compared = now && laterReading(readBackOf(catalog, asked, before, now));
    // Where the record was written again since, what differs beside the asked fields is that write's doing.
    const readBack = compared && journal.writtenSince(stored) ? { ...compared, sideEffects: [] } : compared;
    const lost = { kind: 'lost', problem: problem('answer-lost') } as const;
    const decision = decide({ answer: lost, readBack, readProblem: problem('unknown-record') });
    const { outcome } = decision;
    // The reading has decided it: "not known" would be said of something that is known now.
    const settled = decision.problem?.code === 'answer-lost' && outcome !== 'unknown';
    const why = settled ? null : decision.problem;
    const result = keptResult(sealer, why, readBack);
    const changeId = changeIdSchema.safeParse(stored.intent.changeId);
    const runId = inTransaction(database, () => {
      const after = now ? sealRecord(sealer, catalog, now) : null;
      journal.outcome(stored.seq, subjectOf(stored), outcome, { result, after, by: 'resolve' });
      if (now) this.ports.refresh(connection, stored.remoteId, now);
      if (changeId.success && readBack) {
        const values = [...asked].filter(([field]) => readBack.stored.includes(field));
        this.ports.removeWritten(changeId.data, new Map(values));
      }
      return runs.decided(stored.seq, outcome, result);
    });
    if (runId && changeId.success) this.ports.decided(runId, changeId.data);
  }

  #open(stored: StoredIntent): Unknown {
    const { sealer } = this.ports;
    const before = openRecord(sealer, stored.intent.before) ?? fail(sealer.whyUnreadable);
    const asked = stored.intent.fields.map(({ field, after }): [string, FieldValue] => {
      const value = unkeep(sealer, after);
      return [field, value === undefined ? fail(sealer.whyUnreadable, { field }) : value];
    });
    return { stored, before, asked: new Map(asked) };
  }
}

/**
 * Much may have happened to a record since. Where nothing of what was asked for is there, the write was not carried
 * out, and what else differs was somebody else.
 */
function laterReading(readBack: ReadBack): ReadBack {
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
