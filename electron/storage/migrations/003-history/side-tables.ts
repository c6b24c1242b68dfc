import type { Database } from '../../sqlite';
import { type Ended, endedIn, type KeptField, saidIn } from './bodies';

const outcomeCodes = {
  applied: 1,
  rejected: 2,
  'side-effect': 3,
  unknown: 4,
  skipped: 5,
  cancelled: 6,
} as const;
export const outcomes = ['applied', 'rejected', 'side-effect', 'unknown', 'skipped', 'cancelled'] as const;

const fieldBits = 62;

/** An entry as it stands in the journal. */
export interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly intentSeq: number | null;
  readonly connectionId: string;
  readonly remoteId: string;
  readonly title: string;
  readonly workOrderId: string | null;
  readonly outcome: (typeof outcomes)[number] | null;
}

/**
 * Fills the tables beside the journal from entries, oldest first. Words and titles are folded as versions of then did;
 * migrations 8 and 11 have them folded again. For the words' index this is too early: those migrations empty it.
 */
export class SideTables {
  readonly #statements = new Map<string, ReturnType<Database['prepare']>>();

  constructor(private readonly database: Database) {}

  add(entry: Entry, body: unknown): void {
    if (entry.type === 'outcome') {
      const ended = endedIn(body);
      if (ended && entry.outcome && entry.intentSeq !== null)
        this.#ended(entry.intentSeq, entry.outcome, ended);
      return;
    }
    const said = saidIn(entry.type, body);
    if (!said) return;
    const { seq, at, workOrderId, outcome } = entry;
    const listed = 'fields' in said ? said.fields : [];
    const fields = 'field' in said ? [said.field] : listed.map(({ field }) => field);
    this.#run(
      `INSERT INTO history (seq, at, site, connection, record, work_order, outcome, title, fields)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      at,
      this.#name('site', said.site),
      this.#name('connection', entry.connectionId),
      this.#name('record', entry.remoteId),
      workOrderId === null ? null : this.#name('work-order', workOrderId),
      outcome === null ? null : outcomeCodes[outcome],
      this.#name('title', entry.title),
      this.#bits(seq, fields),
    );
    const { connectionName, site, workOrder, actor } = said;
    const words = [entry.title, entry.remoteId, connectionName, site, workOrder, actor];
    words.push(...listed.flatMap(clearValues), ('problem' in said && said.problem.serverMessage) || '');
    this.#run('INSERT INTO history_text (seq, text) VALUES (?, ?)', seq, lines(words).join('\n'));
  }

  #ended(intentSeq: number, outcome: NonNullable<Entry['outcome']>, result: Ended): void {
    // The newest outcome counts.
    this.#run(
      'UPDATE history SET outcome = ?, fields = fields | ? WHERE seq = ?',
      outcomeCodes[outcome],
      this.#bits(
        intentSeq,
        result.sideEffects.map(({ field }) => field),
      ),
      intentSeq,
    );
    // Values of side effects may be secrets of fields that no catalog knows. Where there are any, migration 11 has the
    // words of the entry made again, with those that may be in them.
    const more = lines([result.problem?.serverMessage ?? '', ...result.notStored.flatMap(clearValues)]);
    const found: unknown = this.#prepared('SELECT text FROM history_text WHERE seq = ?').get(intentSeq);
    if (more.length === 0 || found === undefined) return;
    const text = String(Reflect.get(Object(found), 'text'));
    const next = [...new Set([...text.split('\n'), ...more])].join('\n');
    this.#run('UPDATE history_text SET text = ? WHERE seq = ?', next, intentSeq);
  }

  #name(kind: string, text: string): number {
    const known = this.#id('SELECT id FROM history_names WHERE kind = ? AND text = ?', kind, text);
    if (known !== null) return known;
    const insert = 'INSERT INTO history_names (kind, text, folded) VALUES (?, ?, ?)';
    return this.#run(insert, kind, text, kind === 'title' ? searchFold(text) : '');
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
    const known = this.#id('SELECT n AS id FROM history_fields WHERE name = ?', name);
    if (known !== null) return known;
    const sql =
      'INSERT INTO history_fields (n, name) VALUES ((SELECT coalesce(max(n) + 1, 0) FROM history_fields), ?)';
    return this.#run(sql, name);
  }

  #id(sql: string, ...values: string[]): number | null {
    const found: unknown = this.#prepared(sql).get(...values);
    return found === undefined ? null : Number(Reflect.get(Object(found), 'id'));
  }

  /** @returns the number of the row inserted */
  #run(sql: string, ...values: (string | number | bigint | null)[]): number {
    return Number(this.#prepared(sql).run(...values).lastInsertRowid);
  }

  #prepared(sql: string): ReturnType<Database['prepare']> {
    const statement = this.#statements.get(sql) ?? this.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function clearValues({ before, after }: KeptField): string[] {
  // Beside a sealed value the other one, empty or masked, is the secret's too.
  const secret = [before, after].some((one) => typeof one === 'object' && one !== null);
  return secret ? [] : [before, after].filter((one) => typeof one === 'string');
}

function lines(words: readonly string[]): string[] {
  const folded = words.map((word) =>
    searchFold(word.slice(0, 4_000)).replaceAll('\u0000', '').replace(/\s+/g, ' '),
  );
  return [...new Set(folded)].filter((line) => line !== '');
}

function searchFold(text: string): string {
  return text
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .toLowerCase()
    .replace(/[\u064a\u0649]/g, '\u06cc')
    .replace(/\u0643/g, '\u06a9')
    .replace(/\u200c|\u200d|\u200e|\u200f|[\u064b-\u0652]/g, '')
    .trim();
}
