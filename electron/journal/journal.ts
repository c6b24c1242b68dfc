import { z } from 'zod';
import type { ConnectionId } from '../../shared/model/connection';
import { type Outcome, outcomeSchema } from '../../shared/model/plan';
import { fail } from '../../shared/model/problem';
import { type Database, inTransaction } from '../storage/database';
import type { RecordKey } from '../storage/owner';
import type { Place } from '../storage/place';
import { all, jsonObject, one } from '../storage/rows';
import { linkOf, noHash } from './chain';
import {
  type Intent,
  intentSchema,
  type Note,
  noteSchema,
  type OutcomeEntry,
  outcomeEntrySchema,
  type Who,
} from './entries';
import { HistoryIndex, outcomeCodes } from './history-index';
import type { HistoryKey, KeyedLink } from './keyed';
import { takeSealed } from './sealed-apart';
import { placeOf } from './sealed-values';
import { intentRow, type StoredIntent, toIntent } from './stored-intent';

/** What an entry is about. */
export interface Subject {
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
  readonly title: string;
  /** The work order that it belongs to, where it belongs to one. */
  readonly workOrderId: string | null;
}

export interface JournalOptions {
  /** Who stands on the entries from now on. */
  readonly who?: () => Who;
  /** Called after each entry, inside its transaction. */
  readonly appended?: () => void;
  /** Milliseconds since 1970; the benchmark hands in a clock of its own. */
  readonly now?: () => number;
}

const headRow = z.object({ seq: z.number(), hash: z.string() });
const lastRow = z.object({ seq: z.number() });
// An entry names its collection in its body, unless it is the kind's first (`namedCollection`).
export const inCollection = "ifnull(json_extract(body, '$.collection'), '') = ?";
// A day of writing without a keychain; what is beyond is keyed later, as that of an earlier start.
const mostUnkeyed = 20_000;

/**
 * The append-only history, each entry linked to the one before. Every method returns when its entry is on the disk (`synchronous = FULL`), so that an
 * intent stands before its write leaves. The database itself refuses to change or delete an entry.
 */
export class Journal {
  /** What the history is searched by; it moves with the journal. */
  readonly index: HistoryIndex;
  readonly #statements: Statements;
  #key: HistoryKey | null = null;
  /** What this program itself added while it had no key: it can be keyed as its own once there is one. */
  #unkeyed: KeyedLink[] = [];

  constructor(
    private readonly database: Database,
    private readonly options: JournalOptions = {},
  ) {
    this.index = new HistoryIndex(database);
    this.#statements = prepare(database);
  }

  // The whole record of an entry is JSON by its type, and large: to look through it again took a tenth of what an entry costs.

  /** Records that a write is about to leave. @returns the entry's sequence number */
  intent(subject: Subject, intent: Intent): number {
    const { before } = intent;
    const body = { ...intentSchema.parse({ ...intent, ...this.#who(), before: {} }), before };
    return inTransaction(this.database, () => {
      const { seq, at } = this.#append('intent', null, subject, null, body);
      this.index.add({ ...subject, seq, at, outcome: null }, body);
      return seq;
    });
  }

  /** Records what became of an intent. A later outcome of the same intent counts instead of an earlier one. */
  outcome(intentSeq: number, subject: Subject, outcome: Outcome, entry: OutcomeEntry): void {
    const { after } = entry;
    const body = { ...outcomeEntrySchema.parse({ ...entry, after: null }), after };
    inTransaction(this.database, () => {
      this.#append('outcome', intentSeq, subject, outcome, body);
      this.index.ended(intentSeq, outcome, body);
    });
  }

  /** Records something that is no write; `outcome` for a row that was skipped or cancelled. */
  note(subject: Subject, note: Note, outcome: Outcome | null = null): number {
    const body = noteSchema.parse({ ...note, ...this.#who() });
    return inTransaction(this.database, () => {
      const { seq, at } = this.#append('note', null, subject, outcome, body);
      this.index.add({ ...subject, seq, at, outcome }, body);
      return seq;
    });
  }

  /**
   * The place of the next entry, for sealing what it is going to keep. Call in the transaction that appends it, about the
   * same record.
   */
  nextPlace({ connectionId, remoteId }: Pick<Subject, 'connectionId' | 'remoteId'>): Place {
    return placeOf({ seq: this.#next().seq, connectionId, remoteId });
  }

  /** Intents without any outcome: what was in flight when the program died. */
  open(): StoredIntent[] {
    const sql = `SELECT i.seq, i.connection_id, i.remote_id, i.title, i.work_order_id, i.body
      FROM ${withOutcome('h.outcome IS NULL')}
      WHERE i.type = 'intent' AND NOT EXISTS (SELECT 1 FROM journal o WHERE o.intent_seq = i.seq) ORDER BY i.seq`;
    return all(this.database, intentRow, sql).map((row) => toIntent(this.database, row));
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
    return { ...toIntent(this.database, row), outcome: newest?.outcome ?? null };
  }

  /**
   * Intents whose newest outcome is `unknown` and was not reached by reading: what reading again may decide.
   * @param lateUntil leaves out those that timed out after this moment (milliseconds since 1970): their server may
   *   still be at them
   */
  unknown(lateUntil = Number.POSITIVE_INFINITY): StoredIntent[] {
    const sql = `SELECT i.seq, i.connection_id, i.remote_id, i.title, i.work_order_id, i.body
      FROM ${withOutcome(`h.outcome = ${outcomeCodes.unknown}`)}
      WHERE i.type = 'intent' AND EXISTS (
        SELECT 1 FROM journal o WHERE o.seq = (SELECT max(seq) FROM journal l WHERE l.intent_seq = i.seq)
          AND o.outcome = 'unknown' AND json_extract(o.body, '$.by') <> 'resolve'
          AND (o.at <= ? OR coalesce(json_extract(o.body, '$.result.problem.code'), '') NOT IN ('timeout', 'server-error', 'gateway-failed')))
      ORDER BY i.seq`;
    const until = Math.min(lateUntil, Number.MAX_SAFE_INTEGER);
    return all(this.database, intentRow, sql, until).map((row) => toIntent(this.database, row));
  }

  /** The number of the newest entry; 0 where there is none. */
  newest(): number {
    return headRow.safeParse(this.#statements.newest.get()).data?.seq ?? 0;
  }

  /** When the newest outcome of an intent was noted; null where it has none. */
  endedAt(intentSeq: number): number | null {
    const sql = 'SELECT max(at) AS at FROM journal WHERE intent_seq = ?';
    return one(this.database, z.object({ at: z.number().nullable() }), sql, intentSeq)?.at ?? null;
  }

  /** Whether the same record was written again after an intent. */
  writtenSince(stored: StoredIntent): boolean {
    const sql = `SELECT 1 AS found FROM journal
      WHERE type = 'intent' AND connection_id = ? AND remote_id = ? AND ${inCollection} AND seq > ? LIMIT 1`;
    return (
      one(
        this.database,
        z.object({ found: z.number() }),
        sql,
        stored.connectionId,
        stored.remoteId,
        stored.intent.collection ?? '',
        stored.seq,
      ) !== undefined
    );
  }

  /** How often a change was sent in a run. */
  timesSent({ connection_id, remote_id, collection }: RecordKey, runId: string): number {
    const sql = `SELECT count(*) AS times FROM journal WHERE connection_id = ? AND remote_id = ? AND ${inCollection}
      AND type = 'intent' AND json_extract(body, '$.runId') = ?`;
    const row = z.object({ times: z.number() });
    return one(this.database, row, sql, connection_id, remote_id, collection, runId)?.times ?? 0;
  }

  /** Indexes the words of entries that were added lately. @returns whether there may be more */
  catchUp(limit = 200): boolean {
    return inTransaction(this.database, () => this.index.catchUp(limit)) === limit;
  }

  /**
   * Takes the key for the hashes of entries from now on, and keys what was added without one since the start. Entries
   * of earlier starts are not touched: nobody here knows who wrote them.
   * @param key null where there is none any more
   */
  useKey(key: HistoryKey | null): void {
    this.#key = key;
    if (!key || this.#unkeyed.length === 0) return;
    inTransaction(this.database, () => {
      for (const { seq, hash } of this.#unkeyed)
        this.#statements.key.run(key.keyed({ seq, hash }, 'now'), seq, hash);
    });
    this.#unkeyed = [];
  }

  #who(): { who: Who } | object {
    return this.options.who ? { who: this.options.who() } : {};
  }

  /** Appends a link to the chain. Call inside a transaction. */
  #append(
    type: 'intent' | 'outcome' | 'note',
    intentSeq: number | null,
    subject: Subject,
    outcome: Outcome | null,
    entry: Intent | OutcomeEntry | Note,
  ): { seq: number; at: number } {
    const { connectionId, remoteId, title, workOrderId } = subject;
    const { body, sealed } = takeSealed(jsonObject(JSON.stringify(entry)) ?? {});
    const at = (this.options.now ?? Date.now)();
    const { seq, prev } = this.#next();
    const link = {
      seq,
      at,
      type,
      intentSeq,
      connectionId,
      remoteId,
      title,
      workOrderId,
      outcome,
      body: JSON.stringify(body),
    };
    const hash = linkOf(prev, link);
    this.#statements.append.run(
      seq,
      at,
      type,
      intentSeq,
      connectionId,
      remoteId,
      title,
      workOrderId,
      outcome,
      link.body,
      prev,
      hash,
      this.#key?.keyed({ seq, hash }, 'now') ?? null,
    );
    if (!this.#key && this.#unkeyed.length < mostUnkeyed) this.#unkeyed.push({ seq, hash });
    for (const [digest, value] of sealed) this.#statements.keep.run(seq, digest, value);
    this.options.appended?.();
    return { seq, at };
  }

  /** The next number, never one that was given before, and the hash that its entry links to. */
  #next(): { seq: number; prev: string } {
    const newest: unknown = this.#statements.newest.get();
    const given: unknown = this.#statements.given.get();
    const head = newest === undefined ? this.#anchor() : headRow.parse(newest);
    const last = given === undefined ? 0 : lastRow.parse(given).seq;
    return { seq: Math.max(head.seq, last) + 1, prev: head.hash };
  }

  #anchor(): z.infer<typeof headRow> {
    const kept = this.index.state('anchor');
    return kept === null ? { seq: 0, hash: noHash } : headRow.parse(JSON.parse(kept));
  }
}

/** Entries as `i`, found by the index of those that are not applied: the journal is too long to be looked through. */
function withOutcome(condition: string): string {
  return `(SELECT h.seq FROM history h INDEXED BY history_by_outcome WHERE h.outcome IS NOT 1 AND ${condition}) f
    CROSS JOIN journal i ON i.seq = f.seq`;
}

type Statements = ReturnType<typeof prepare>;

function prepare(database: Database) {
  return {
    newest: database.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1'),
    given: database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'journal'"),
    append: database.prepare(`INSERT INTO journal
      (seq, at, type, intent_seq, connection_id, remote_id, title, work_order_id, outcome, body, prev, hash, keyed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    key: database.prepare('UPDATE journal SET keyed = ? WHERE seq = ? AND hash = ? AND keyed IS NULL'),
    keep: database.prepare('INSERT INTO journal_secrets (seq, digest, sealed) VALUES (?, ?, ?)'),
  };
}
