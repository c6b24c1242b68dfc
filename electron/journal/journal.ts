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
}

const intentRow = z.object({
  seq: z.number(),
  connection_id: z.string(),
  remote_id: z.string(),
  title: z.string(),
  body: z.string(),
});

export interface StoredIntent {
  readonly seq: number;
  readonly connectionId: string;
  readonly remoteId: string;
  readonly title: string;
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
    const sql = `SELECT seq, connection_id, remote_id, title, body FROM journal i
      WHERE type = 'intent' AND NOT EXISTS (SELECT 1 FROM journal o WHERE o.intent_seq = i.seq) ORDER BY seq`;
    return all(this.database, intentRow, sql).map(toIntent);
  }

  /** One intent with its newest outcome. @throws ProblemError `not-found` */
  find(seq: number): StoredIntent & { readonly outcome: Outcome | null } {
    const sql = `SELECT seq, connection_id, remote_id, title, body FROM journal WHERE seq = ? AND type = 'intent'`;
    const row = one(this.database, intentRow, sql, seq) ?? fail('not-found', { what: 'entry' });
    const newest = one(
      this.database,
      z.object({ outcome: outcomeSchema }),
      'SELECT outcome FROM journal WHERE intent_seq = ? ORDER BY seq DESC LIMIT 1',
      seq,
    );
    return { ...toIntent(row), outcome: newest?.outcome ?? null };
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
      `INSERT INTO journal (at, type, intent_seq, connection_id, remote_id, title, outcome, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      Date.now(),
      type,
      intentSeq,
      subject.connectionId,
      subject.remoteId,
      subject.title,
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
    intent: intentSchema.parse(jsonObject(row.body)),
  };
}
