import { z } from 'zod';
import type { ConnectionId } from '../../shared/model/connection';
import { type Outcome, outcomeSchema } from '../../shared/model/plan';
import { fail } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import { all, jsonObject, one, run } from '../storage/rows';
import {
  type Intent,
  intentSchema,
  type Note,
  noteSchema,
  type OutcomeEntry,
  outcomeEntrySchema,
} from './entries';

/** What an entry is about. */
export interface Subject {
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
  readonly title: string;
  /** The work order that it belongs to, where it belongs to one. */
  readonly workOrderId: string | null;
}

const intentRow = z.object({
  seq: z.number(),
  connection_id: z.string(),
  remote_id: z.string(),
  title: z.string(),
  work_order_id: z.string().nullable(),
  body: z.string(),
});

export interface StoredIntent {
  readonly seq: number;
  readonly connectionId: string;
  readonly remoteId: string;
  readonly title: string;
  readonly workOrderId: string | null;
  readonly intent: Intent;
}

/**
 * The append-only history. Every method returns when its entry is on the disk (`synchronous = FULL`), so that an
 * intent stands before its write leaves. The database itself refuses to change or delete an entry.
 */
export class Journal {
  constructor(private readonly database: Database) {}

  /** Records that a write is about to leave. @returns the entry's sequence number */
  intent(subject: Subject, intent: Intent): number {
    return this.#append('intent', null, subject, null, JSON.stringify(intentSchema.parse(intent)));
  }

  /** Records what became of an intent. A later outcome of the same intent counts instead of an earlier one. */
  outcome(intentSeq: number, subject: Subject, outcome: Outcome, entry: OutcomeEntry): void {
    this.#append('outcome', intentSeq, subject, outcome, JSON.stringify(outcomeEntrySchema.parse(entry)));
  }

  /** Records something that is no write; `outcome` for a row that was skipped or cancelled. */
  note(subject: Subject, note: Note, outcome: Outcome | null = null): number {
    return this.#append('note', null, subject, outcome, JSON.stringify(noteSchema.parse(note)));
  }

  /** Intents without any outcome: what was in flight when the program died. */
  open(): StoredIntent[] {
    const sql = `SELECT seq, connection_id, remote_id, title, work_order_id, body FROM journal i
      WHERE type = 'intent' AND NOT EXISTS (SELECT 1 FROM journal o WHERE o.intent_seq = i.seq) ORDER BY seq`;
    return all(this.database, intentRow, sql).map(toIntent);
  }

  /** One intent with its newest outcome. @throws ProblemError `not-found` */
  find(seq: number): StoredIntent & { readonly outcome: Outcome | null } {
    const sql = `SELECT seq, connection_id, remote_id, title, work_order_id, body FROM journal WHERE seq = ? AND type = 'intent'`;
    const row = one(this.database, intentRow, sql, seq) ?? fail('not-found', { what: 'entry' });
    const newest = one(
      this.database,
      z.object({ outcome: outcomeSchema }),
      'SELECT outcome FROM journal WHERE intent_seq = ? ORDER BY seq DESC LIMIT 1',
      seq,
    );
    return { ...toIntent(row), outcome: newest?.outcome ?? null };
  }

  /**
   * Intents whose newest outcome is `unknown` and was not reached by reading: what reading again may decide.
   * @param lateUntil leaves out those that timed out after this moment (milliseconds since 1970): their server may
   *   still be at them
   */
  unknown(lateUntil = Number.POSITIVE_INFINITY): StoredIntent[] {
    const sql = `SELECT seq, connection_id, remote_id, title, work_order_id, body FROM journal i
      WHERE type = 'intent' AND EXISTS (
        SELECT 1 FROM journal o WHERE o.seq = (SELECT max(seq) FROM journal l WHERE l.intent_seq = i.seq)
          AND o.outcome = 'unknown' AND json_extract(o.body, '$.by') <> 'resolve'
          AND (o.at <= ? OR coalesce(json_extract(o.body, '$.result.problem.code'), '') NOT IN ('timeout', 'server-error')))
      ORDER BY seq`;
    return all(this.database, intentRow, sql, Math.min(lateUntil, Number.MAX_SAFE_INTEGER)).map(toIntent);
  }

  /** Whether the same record was written again after an intent. */
  writtenSince(stored: StoredIntent): boolean {
    const sql = `SELECT 1 AS found FROM journal
      WHERE type = 'intent' AND connection_id = ? AND remote_id = ? AND seq > ? LIMIT 1`;
    return (
      one(
        this.database,
        z.object({ found: z.number() }),
        sql,
        stored.connectionId,
        stored.remoteId,
        stored.seq,
      ) !== undefined
    );
  }

  #append(
    type: string,
    intentSeq: number | null,
    subject: Subject,
    outcome: Outcome | null,
    body: string,
  ): number {
    return run(
      this.database,
      `INSERT INTO journal (at, type, intent_seq, connection_id, remote_id, title, work_order_id, outcome, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      Date.now(),
      type,
      intentSeq,
      subject.connectionId,
      subject.remoteId,
      subject.title,
      subject.workOrderId,
      outcome,
      body,
    ).lastId;
  }
}

function toIntent(row: z.infer<typeof intentRow>): StoredIntent {
  return {
    seq: row.seq,
    connectionId: row.connection_id,
    remoteId: row.remote_id,
    title: row.title,
    workOrderId: row.work_order_id,
    intent: intentSchema.parse(jsonObject(row.body)),
  };
}
