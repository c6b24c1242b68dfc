import { catalogOf } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import { compareReadBack } from '../../shared/diff';
import { type ChangeId, changeIdSchema } from '../../shared/model/change';
import { type Connection, type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail, problem } from '../../shared/model/problem';
import type { ServerPort } from '../drivers/server-port';
import type { Journal, StoredIntent } from '../journal/journal';
import { keepDifference, unkeep } from '../journal/keep';
import { openRecord, type Sealer, sealRecord } from '../storage/sealing';
import { decide } from './decide';

export interface ResolverPorts extends ServerPort {
  readonly journal: Journal;
  readonly sealer: Sealer;
  readonly connection: (id: ConnectionId) => Connection;
  readonly refresh: (connection: Connection, remoteId: string, raw: JsonObject) => void;
  readonly written: (changeId: ChangeId, fields: readonly string[]) => void;
}

/** Decides writes whose fate is not known, by reading; nothing is ever sent a second time. */
export class Resolver {
  constructor(private readonly ports: ResolverPorts) {}

  /**
   * Gives every intent that has no outcome one: what was in flight when the program ended is `unknown`. Call at
   * start, before anything is applied.
   * @returns how many there were
   */
  closeInterrupted(): number {
    const open = this.ports.journal.open();
    for (const stored of open) {
      this.ports.journal.outcome(stored.seq, subjectOf(stored), 'unknown', {
        result: { problem: problem('interrupted'), notStored: [], sideEffects: [], unverifiable: [] },
        after: null,
        by: 'start',
      });
    }
    return open.length;
  }

  /**
   * Reads the record of an unknown write again and journals what that tells.
   * @throws ProblemError `not-found`, `sealed-unreadable`, or what reading says
   */
  async resolve(seq: number): Promise<void> {
    const stored = this.ports.journal.find(seq);
    if (stored.outcome !== 'unknown') return;
    const connection = this.ports.connection(connectionIdSchema.parse(stored.connectionId));
    const before =
      openRecord(this.ports.sealer, stored.intent.before) ?? fail(this.ports.sealer.whyUnreadable);
    const asked = this.#asked(stored);
    const { remoteId } = stored;
    const now = await this.ports.withServer(
      connection,
      new AbortController().signal,
      async (driver, context) => {
        const hint = {
          ...before,
          ...Object.fromEntries([...asked].filter(([name]) => Object.hasOwn(before, name))),
        };
        return (await driver.readMany(context, [remoteId], new Map([[remoteId, hint]]))).get(remoteId);
      },
    );
    if (!now) fail('unknown-record', { id: remoteId });
    const readBack = compareReadBack(catalogOf(connection.kind), asked, before, now);
    const lost = { kind: 'lost', problem: problem('answer-lost') } as const;
    const decision = decide({ answer: lost, readBack, readProblem: null });
    const { sealer } = this.ports;
    this.ports.journal.outcome(seq, subjectOf(stored), decision.outcome, {
      result: {
        problem: decision.problem,
        notStored: readBack.notStored.map((one) => keepDifference(sealer, one)),
        sideEffects: readBack.sideEffects.map((one) => keepDifference(sealer, one)),
        unverifiable: [...readBack.unverifiable],
      },
      after: sealRecord(sealer, catalogOf(connection.kind), now),
      by: 'resolve',
    });
    this.ports.refresh(connection, remoteId, now);
    const changeId = changeIdSchema.safeParse(stored.intent.changeId);
    if (changeId.success && decision.outcome !== 'unknown')
      this.ports.written(changeId.data, readBack.stored);
  }

  #asked(stored: StoredIntent): Map<string, FieldValue> {
    return new Map(
      stored.intent.fields.map(({ field, after }) => {
        const value = unkeep(this.ports.sealer, after);
        return [field, value === undefined ? fail(this.ports.sealer.whyUnreadable, { field }) : value];
      }),
    );
  }
}

function subjectOf(stored: StoredIntent) {
  return {
    connectionId: connectionIdSchema.parse(stored.connectionId),
    remoteId: stored.remoteId,
    title: stored.title,
  };
}
