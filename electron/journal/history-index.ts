import { z } from 'zod';
import { searchFold } from '../../shared/lib/text';
import { type Outcome, outcomeSchema } from '../../shared/model/plan';
import type { Database } from '../storage/database';
import { jsonObject } from '../storage/rows';
import {
  fieldsOf,
  type Intent,
  intentSchema,
  type Note,
  type OutcomeEntry,
  outcomeEntrySchema,
  saidIn,
} from './entries';
import { foldedAnew, textOfEntry, textOfOutcome } from './search-text';

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

/** An entry as it stands in the journal. */
export interface JournalledEntry extends Omit<IndexedEntry, 'outcome'> {
  /** `intent`, `outcome` or `note`. */
  readonly type: string;
  readonly intentSeq: number | null;
  readonly outcome: string | null;
}

const idRow = z.object({ id: z.number() });
const textRow = z.object({ text: z.string() });
const bodyRow = z.object({ body: z.string() });
const entryRow = bodyRow.extend({ remoteId: z.string(), title: z.string() });
const stateRow = z.object({ value: z.string() });
const nameRow = z.object({ id: z.number(), text: z.string() });
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
      `INSERT OR REPLACE INTO history (seq, at, site, connection, record, work_order, outcome, title, fields, collection)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      at,
      this.#name('site', body.site),
      this.#name('connection', connectionId),
      this.#name('record', remoteId),
      workOrderId === null ? null : this.#name('work-order', workOrderId),
      outcome === null ? null : outcomeCodes[outcome],
      this.#name('title', title),
      this.#bits(seq, fieldsOf(body)),
      body.collection ?? '',
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

  /** Takes an entry in as when it was appended, and what became of an intent after it. */
  takeIn(entry: JournalledEntry, body: unknown): void {
    const outcome = outcomeSchema.safeParse(entry.outcome).data ?? null;
    if (entry.type === 'outcome') {
      const ended = outcomeEntrySchema.safeParse(body);
      if (ended.success && outcome && entry.intentSeq !== null)
        this.ended(entry.intentSeq, outcome, ended.data);
      return;
    }
    const said = saidIn(entry.type, body);
    if (said) this.add({ ...entry, outcome }, said);
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

  /** Has the words of all entries, and the folded titles, made anew by `catchUp`. Call inside a transaction. */
  wordsAnew(): void {
    this.#run(`INSERT INTO history_words (history_words) VALUES ('delete-all')`);
    this.setState('indexed', '0');
    this.setState('refold', '0');
    const titles: unknown = this.#prepared(
      'SELECT CAST(coalesce(max(id), 0) AS TEXT) AS value FROM history_names',
    ).get();
    this.setState('refold-names', stateRow.parse(titles).value);
  }

  /** Whether words or titles are still folded as an older version did. */
  get foldsAnew(): boolean {
    return this.#state('refold') > 0 || this.#state('refold-names') > 0;
  }

  /**
   * Indexes the words of the next entries; what an older version has folded is folded anew on the way. Call inside a
   * transaction.
   * @returns how many there were
   */
  catchUp(limit: number): number {
    const older = this.#state('refold');
    const titles = this.#foldTitles(limit);
    const rows: unknown[] = this.#prepared(
      'SELECT seq, text FROM history_text WHERE seq > ? ORDER BY seq LIMIT ?',
    ).all(this.indexed, limit);
    let last: number | null = null;
    for (const row of rows) {
      const { seq, text: kept } = seqTextRow.parse(row);
      const text = seq <= older ? this.#toldAnew(seq, kept) : kept;
      if (text !== kept) this.#run('UPDATE history_text SET text = ? WHERE seq = ?', text, seq);
      this.#run('INSERT INTO history_words (rowid, text) VALUES (?, ?)', seq, text);
      last = seq;
    }
    if (last !== null) this.setState('indexed', String(last));
    // The end: what it was to go up to may have been archived meanwhile.
    if (older > 0 && rows.length < limit) this.setState('refold', '0');
    return Math.max(rows.length, titles);
  }

  /**
   * The words of an entry as they are made now. What its outcomes tell is taken from them again: an older version took
   * values from fields that no catalog knows.
   */
  #toldAnew(seq: number, kept: string): string {
    const outcomes = this.#prepared('SELECT body FROM journal WHERE intent_seq = ? ORDER BY seq')
      .all(seq)
      .flatMap(
        (row: unknown) => outcomeEntrySchema.safeParse(jsonObject(bodyRow.parse(row).body)).data ?? [],
      );
    if (outcomes.every(({ result }) => result.sideEffects.length === 0)) return foldedAnew(kept);
    const found: unknown = this.#prepared(
      'SELECT remote_id AS remoteId, title, body FROM journal WHERE seq = ?',
    ).get(seq);
    const { remoteId, title, body } = entryRow.parse(found);
    const intent = intentSchema.safeParse(jsonObject(body));
    if (!intent.success) return foldedAnew(kept);
    const texts = [textOfEntry({ remoteId, title }, intent.data), ...outcomes.map(textOfOutcome)];
    return [...new Set(texts.filter((text) => text !== '').flatMap((text) => text.split('\n')))].join('\n');
  }

  /** Folds the next titles anew, the newest first. @returns how many there were */
  #foldTitles(limit: number): number {
    const from = this.#state('refold-names');
    if (from === 0) return 0;
    const sql = `SELECT id, text FROM history_names WHERE kind = 'title' AND id <= ? ORDER BY id DESC LIMIT ?`;
    const rows = this.#prepared(sql)
      .all(from, limit)
      .map((row: unknown) => nameRow.parse(row));
    for (const { id, text } of rows)
      this.#run('UPDATE history_names SET folded = ? WHERE id = ?', searchFold(text), id);
    this.setState('refold-names', String((rows.at(-1)?.id ?? 1) - 1));
    return rows.length;
  }

  #state(key: string): number {
    return Number(this.state(key) ?? '0');
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
