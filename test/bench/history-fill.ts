import { z } from 'zod';
import { linkOf, noHash } from '../../electron/journal/chain';
import { fieldBits, HistoryIndex, outcomeCodes } from '../../electron/journal/history-index';
import { Journal } from '../../electron/journal/journal';
import { takeSealed } from '../../electron/journal/sealed-apart';
import { textOfEntry, textOfOutcome } from '../../electron/journal/search-text';
import { type Database, inTransaction } from '../../electron/storage/database';
import { all, jsonObject, one, run } from '../../electron/storage/rows';
import { searchFold } from '../../shared/lib/text';
import { type Made, type MadeEntry, storyOf, who } from './history-entries';

type Value = string | number | bigint | null;

const perTransaction = 20_000;
const inBatches = 20_000;
const journalColumns =
  'seq, at, type, intent_seq, connection_id, remote_id, title, work_order_id, outcome, body, prev, hash';
const historyColumns = 'seq, at, site, connection, record, work_order, outcome, title, fields';

/** Fills an empty history as the program does, entry by entry through the journal. */
export function appendHistory(database: Database, size: number): Made {
  const { entries, made } = storyOf(size);
  let at = 0;
  const journal = new Journal(database, { now: () => at, who: () => who });
  inTransaction(database, () => {
    for (const entry of entries) {
      at = entry.at;
      appendEntry(journal, entry);
    }
  });
  while (journal.catchUp(200));
  return made();
}

export function appendEntry(journal: Journal, { subject, intent, outcome, ended }: MadeEntry): void {
  journal.outcome(journal.intent(subject, intent), subject, outcome, ended);
}

/**
 * Fills an empty history with the rows that `appendHistory` leaves (a test compares the two), some ten times as fast:
 * many rows a statement, and every index, that of the words too, built when the rows are there.
 */
export function fillHistory(database: Database, size: number): Made {
  const { entries, made } = storyOf(size);
  database.exec('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF');
  const build = dropIndexes(database);
  const writer = new Writer(database);
  let open = 0;
  for (const entry of entries) {
    if (open === 0) database.exec('BEGIN');
    writer.put(entry);
    open += 1;
    if (open < perTransaction) continue;
    writer.flush();
    database.exec('COMMIT');
    open = 0;
  }
  if (open > 0) {
    writer.flush();
    database.exec('COMMIT');
  }
  build();
  indexWords(database);
  database.exec(`PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA wal_checkpoint(TRUNCATE)`);
  return made();
}

/** The words of most entries at once, those of the last ones in batches, so that it lies in the file as it would. */
function indexWords(database: Database): void {
  const index = new HistoryIndex(database);
  const sql = 'SELECT coalesce(max(seq), 0) AS seq FROM history_text';
  const newest = one(database, z.object({ seq: z.number() }), sql)?.seq ?? 0;
  const most = Math.max(0, newest - 2 * inBatches);
  const put = 'INSERT INTO history_words (rowid, text) SELECT seq, text FROM history_text WHERE seq <= ?';
  inTransaction(database, () => {
    run(database, put, most);
    index.setState('indexed', String(most));
  });
  while (inTransaction(database, () => index.catchUp(200)) > 0);
}

/** @returns what builds them again */
function dropIndexes(database: Database): () => void {
  const row = z.object({ name: z.string(), sql: z.string() });
  const sql = `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
    AND tbl_name IN ('journal', 'history', 'history_names')`;
  const indexes = all(database, row, sql);
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  return () => {
    for (const index of indexes) database.exec(index.sql);
  };
}

class Writer {
  readonly #names = new Map<string, number>();
  readonly #fields = new Map<string, number>();
  readonly #journal: Rows;
  readonly #history: Rows;
  readonly #text: Rows;
  readonly #secrets: Rows;
  readonly #newNames: Rows;
  readonly #newFields: Rows;
  #seq = 0;
  #prev = noHash;

  constructor(database: Database) {
    this.#newNames = new Rows(database, 'history_names', 'id, kind, text, folded');
    this.#newFields = new Rows(database, 'history_fields', 'n, name');
    this.#journal = new Rows(database, 'journal', journalColumns);
    this.#secrets = new Rows(database, 'journal_secrets', 'seq, digest, sealed');
    this.#history = new Rows(database, 'history', historyColumns);
    this.#text = new Rows(database, 'history_text', 'seq, text');
  }

  put(entry: MadeEntry): void {
    const { subject, outcome, ended, at } = entry;
    const { connectionName, site, kind, workOrder, actor, ...rest } = entry.intent;
    const intent = { connectionName, site, kind, workOrder, actor, who, ...rest };
    const seq = this.#link(entry, 'intent', null, null, intent);
    const texts = [textOfEntry(subject, intent), textOfOutcome(ended)].filter((text) => text !== '');
    this.#link(entry, 'outcome', seq, outcome, ended);
    this.#history.put(
      seq,
      at,
      this.#name('site', site),
      this.#name('connection', subject.connectionId),
      this.#name('record', subject.remoteId),
      subject.workOrderId === null ? null : this.#name('work-order', subject.workOrderId),
      outcomeCodes[outcome],
      this.#name('title', subject.title),
      this.#bits(intent.fields.map(({ field }) => field)),
    );
    this.#text.put(seq, [...new Set(texts.flatMap((text) => text.split('\n')))].join('\n'));
  }

  flush(): void {
    for (const rows of [this.#newNames, this.#newFields, this.#journal, this.#secrets]) rows.flush();
    for (const rows of [this.#history, this.#text]) rows.flush();
  }

  #link(
    { at, subject }: MadeEntry,
    type: 'intent' | 'outcome',
    intentSeq: number | null,
    outcome: MadeEntry['outcome'] | null,
    said: object,
  ): number {
    this.#seq += 1;
    const seq = this.#seq;
    const plain = JSON.stringify(said);
    const taken = plain.includes('sealed') ? takeSealed(jsonObject(plain) ?? {}) : null;
    const body = taken ? JSON.stringify(taken.body) : plain;
    const { connectionId, remoteId, title, workOrderId } = subject;
    const link = { seq, at, type, intentSeq, connectionId, remoteId, title, workOrderId, outcome, body };
    const hash = linkOf(this.#prev, link);
    this.#journal.put(...Object.values(link), this.#prev, hash);
    for (const [digest, value] of taken?.sealed ?? []) this.#secrets.put(seq, digest, value);
    this.#prev = hash;
    return seq;
  }

  #name(kind: string, text: string): number {
    const key = `${kind} ${text}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const id = this.#names.size + 1;
    this.#names.set(key, id);
    this.#newNames.put(id, kind, text, kind === 'title' ? searchFold(text) : '');
    return id;
  }

  #bits(names: readonly string[]): bigint {
    return names.reduce((bits, name) => bits | (1n << BigInt(this.#field(name))), 0n);
  }

  #field(name: string): number {
    const known = this.#fields.get(name);
    if (known !== undefined) return known;
    const n = this.#fields.size;
    if (n >= fieldBits) throw new Error('more fields than a row has bits');
    this.#fields.set(name, n);
    this.#newFields.put(n, name);
    return n;
  }
}

const perStatement = 100;

/** Rows of a table, inserted a hundred at a time. */
class Rows {
  readonly #width: number;
  #values: Value[] = [];
  readonly #many: ReturnType<Database['prepare']>;

  constructor(
    private readonly database: Database,
    private readonly table: string,
    private readonly columns: string,
  ) {
    this.#width = columns.split(',').length;
    this.#many = database.prepare(this.#sql(perStatement));
  }

  put(...values: Value[]): void {
    this.#values.push(...values);
    if (this.#values.length < this.#width * perStatement) return;
    this.#many.run(...this.#values);
    this.#values = [];
  }

  flush(): void {
    const rows = this.#values.length / this.#width;
    if (rows > 0) this.database.prepare(this.#sql(rows)).run(...this.#values);
    this.#values = [];
  }

  #sql(rows: number): string {
    const one = `(${Array.from({ length: this.#width }, () => '?').join(', ')})`;
    return `INSERT INTO ${this.table} (${this.columns}) VALUES ${Array.from({ length: rows }, () => one).join(', ')}`;
  }
}
