import { catalogOf } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import type { ReadBack } from '../../shared/diff';
import { type ChangeId, changeIdSchema } from '../../shared/model/change';
import { type Connection, type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail, problem } from '../../shared/model/problem';
import type { ServerPort } from '../drivers/server-port';
import type { Journal, StoredIntent } from '../journal/journal';
import { keepDifference, unkeep } from '../journal/keep';
import { openRecord, type Sealer, sealRecord } from '../storage/sealing';
import { decide } from './decide';
import { readBackOf } from './read-back';

export interface ResolverPorts extends ServerPort {
  readonly journal: Journal;
  readonly sealer: Sealer;
  readonly connection: (id: ConnectionId) => Connection;
  readonly refresh: (connection: Connection, remoteId: string, raw: JsonObject) => void;
  readonly written: (changeId: ChangeId, values: ReadonlyMap<string, FieldValue>) => void;
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
    // Two askings at a time read alike; the first to come back has decided it.
    if (this.ports.journal.find(seq).outcome !== 'unknown') return;
    const readBack = laterReading(readBackOf(catalogOf(connection.kind), asked, before, now));
    const lost = { kind: 'lost', problem: problem('answer-lost') } as const;
    const decision = decide({ answer: lost, readBack, readProblem: null });
    // The reading has decided it: "not known" would be said of something that is known now.
    const why =
      decision.problem?.code === 'answer-lost' && decision.outcome !== 'unknown' ? null : decision.problem;
    const { sealer } = this.ports;
    this.ports.journal.outcome(seq, subjectOf(stored), decision.outcome, {
      result: {
        problem: why,
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
      this.ports.written(
        changeId.data,
        new Map([...asked].filter(([field]) => readBack.stored.includes(field))),
      );
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

/**
 * Much may have happened to a record since. Where nothing of what was asked for is there, the write was not carried
 * out, and what else differs was somebody else.
 */
function laterReading(readBack: ReadBack): ReadBack {
  const carriedOut = readBack.stored.length > 0 || readBack.unverifiable.length > 0;
  return carriedOut ? readBack : { ...readBack, sideEffects: [] };
}

function subjectOf(stored: StoredIntent) {
  return {
    connectionId: connectionIdSchema.parse(stored.connectionId),
    remoteId: stored.remoteId,
    title: stored.title,
  };
}
