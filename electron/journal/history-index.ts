import { z } from 'zod';
import { searchFold } from '../../shared/lib/text';
import type { Outcome } from '../../shared/model/plan';
import type { Database } from '../storage/database';
import { fieldsOf, type Intent, type Note, type OutcomeEntry } from './entries';
import { textOfEntry, textOfOutcome } from './search-text';

/** How outcomes stand in the side table. Stored: never renumbered. */
export const outcomeCodes: Readonly<Record<Outcome, number>> = {
  applied: 1,
  rejected: 2,
  'side-effect': 3,
  unknown: 4,
  skipped: 5,
  cancelled: 6,
};

/** So many fields have a bit of their own in a row: SQLite's integers are signed, and 62 keeps clear of the sign. */
export const fieldBits = 62;

export interface IndexedEntry {
  readonly seq: number;
  readonly at: number;
  readonly connectionId: string;
  readonly remoteId: string;
  readonly title: string;
  readonly workOrderId: string | null;
  readonly outcome: Outcome | null;
}

const idRow = z.object({ id: z.number() });
const textRow = z.object({ text: z.string() });
const stateRow = z.object({ value: z.string() });
const seqTextRow = z.object({ seq: z.number(), text: z.string() });

type NameKind = 'site' | 'connection' | 'record' | 'work-order' | 'title';

/**
 * The side tables that the history is searched by. They move in the transaction of the journal's own row; only the
 * words are indexed a little later, in batches, so that no write waits for them.
 */
export class HistoryIndex {
  readonly #statements = new Map<string, ReturnType<Database['prepare']>>();

  constructor(private readonly database: Database) {}

  /**
   * Takes an intent or a note. Call inside the transaction that journals it. What stands there under its number already
   * (somebody cut the journal) gives way: the side tables must never keep an intent from being journalled.
   */
  add(entry: IndexedEntry, body: Intent | Note): void {
    const { seq, at, connectionId, remoteId, title, workOrderId, outcome } = entry;
    this.#run(
      `INSERT OR REPLACE INTO history (seq, at, site, connection, record, work_order, outcome, title, fields)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      at,
      this.#name('site', body.site),
      this.#name('connection', connectionId),
      this.#name('record', remoteId),
      workOrderId === null ? null : this.#name('work-order', workOrderId),
      outcome === null ? null : outcomeCodes[outcome],
      this.#name('title', title),
      this.#bits(seq, fieldsOf(body)),
    );
    this.#run('INSERT OR REPLACE INTO history_text (seq, text) VALUES (?, ?)', seq, textOfEntry(entry, body));
  }

  /** Takes what became of an intent: the newest outcome counts. */
  ended(intentSeq: number, outcome: Outcome, entry: OutcomeEntry): void {
    const fields = entry.result.sideEffects.map(({ field }) => field);
    this.#run(
      'UPDATE history SET outcome = ?, fields = fields | ? WHERE seq = ?',
      outcomeCodes[outcome],
      this.#bits(intentSeq, fields),
      intentSeq,
    );
    const more = textOfOutcome(entry);
    if (more !== '') this.#addText(intentSeq, more);
  }

  /** The newest entry whose words are indexed; newer ones are read through. */
  get indexed(): number {
    return Number(this.state('indexed') ?? '0');
  }

  state(key: string): string | null {
    const row: unknown = this.#prepared('SELECT value FROM history_state WHERE key = ?').get(key);
    return row === undefined ? null : stateRow.parse(row).value;
  }

  setState(key: string, value: string): void {
    this.#run(
      'INSERT INTO history_state (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      key,
      value,
    );
  }

  /** Indexes the words of the next entries. Call inside a transaction. @returns how many there were */
  catchUp(limit: number): number {
    const rows: unknown[] = this.#prepared(
      'SELECT seq, text FROM history_text WHERE seq > ? ORDER BY seq LIMIT ?',
    ).all(this.indexed, limit);
    let last: number | null = null;
    for (const row of rows) {
      const { seq, text } = seqTextRow.parse(row);
      this.#run('INSERT INTO history_words (rowid, text) VALUES (?, ?)', seq, text);
      last = seq;
    }
    if (last !== null) this.setState('indexed', String(last));
    return rows.length;
  }

  #addText(seq: number, more: string): void {
    const found: unknown = this.#prepared('SELECT text FROM history_text WHERE seq = ?').get(seq);
    if (found === undefined) return;
    const { text } = textRow.parse(found);
    const lines = new Set([...text.split('\n'), ...more.split('\n')]);
    const next = [...lines].join('\n');
    if (next === text) return;
    const inWords = seq <= this.indexed;
    if (inWords)
      this.#run(`INSERT INTO history_words (history_words, rowid, text) VALUES ('delete', ?, ?)`, seq, text);
    this.#run('UPDATE history_text SET text = ? WHERE seq = ?', next, seq);
    if (inWords) this.#run('INSERT INTO history_words (rowid, text) VALUES (?, ?)', seq, next);
  }

  /** The number of a name, given at its first occurrence. Not kept in memory: a rollback takes it back. */
  #name(kind: NameKind, text: string): number {
    const sql = 'SELECT id FROM history_names WHERE kind = ? AND text = ?';
    const found: unknown = this.#prepared(sql).get(kind, text);
    if (found !== undefined) return idRow.parse(found).id;
    const folded = kind === 'title' ? searchFold(text) : '';
    const insert = 'INSERT INTO history_names (kind, text, folded) VALUES (?, ?, ?)';
    return Number(this.#prepared(insert).run(kind, text, folded).lastInsertRowid);
  }

  #bits(seq: number, fields: readonly string[]): bigint {
    let bits = 0n;
    for (const field of fields) {
      const n = this.#field(field);
      if (n < fieldBits) bits |= 1n << BigInt(n);
      else this.#run('INSERT OR IGNORE INTO history_more_fields (n, seq) VALUES (?, ?)', n, seq);
    }
    return bits;
  }

  #field(name: string): number {
    const found: unknown = this.#prepared('SELECT n AS id FROM history_fields WHERE name = ?').get(name);
    if (found !== undefined) return idRow.parse(found).id;
    const sql =
      'INSERT INTO history_fields (n, name) VALUES ((SELECT coalesce(max(n) + 1, 0) FROM history_fields), ?)';
    return Number(this.#prepared(sql).run(name).lastInsertRowid);
  }

  #run(sql: string, ...values: (string | number | bigint | null)[]): void {
    this.#prepared(sql).run(...values);
  }

  #prepared(sql: string): ReturnType<Database['prepare']> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
