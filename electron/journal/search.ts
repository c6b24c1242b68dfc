import { z } from 'zod';
import type { JournalFilter } from '../../shared/model/journal';
import type { Database } from '../storage/database';
import { all, one } from '../storage/rows';
import { fieldBits, type HistoryIndex, outcomeCodes } from './history-index';
import { foldedQuery } from './search-text';

type Value = string | number;

/** Conditions on the side table `history h`, and their values. */
interface Where {
  readonly sql: readonly string[];
  readonly values: readonly Value[];
  /** One of them has an index, so that few rows are looked at. */
  readonly narrow: boolean;
}

const seqRow = z.object({ seq: z.number() });
const idRow = z.object({ id: z.number() });
const countRow = z.object({ n: z.number() });

/** So few that each one's words may be read through, instead of asking the index of words for all. */
const fewEntries = 3_000;
/** Words are counted so many entries at a time, and whoever else has something to do gets his turn between. */
const countSlice = 40_000;

/**
 * Finds the entries that a filter leaves, by number. A row of the side table is some thirty bytes, so that a million
 * are looked through in tens of milliseconds; only records, work orders and words need an index of their own.
 */
export class HistorySearch {
  constructor(
    private readonly database: Database,
    private readonly index: HistoryIndex,
  ) {}

  /** The newest entries below `before`. */
  find(filter: JournalFilter, before: number | null, limit: number): number[] {
    const where = this.#where(filter, before === null ? [] : [['h.seq < ?', before]]);
    if (!where) return [];
    const text = foldedQuery(filter.text);
    if (text === '') return this.#scan(where, limit);
    if (isShort(text)) return this.#scan(withTitle(where, text), limit);
    if (where.narrow) return this.#read(where, text, limit);
    if (isFiltered(filter)) {
      const few = this.#scan(where, fewEntries);
      if (few.length < fewEntries) return this.#holding(few, text, limit);
    }
    const { indexed } = this.index;
    const late = this.#read(and(where, 'h.seq > ?', indexed), text, limit);
    return late.length >= limit ? late : [...late, ...this.#words(where, text, indexed, limit - late.length)];
  }

  /** How many entries a filter leaves. */
  async count(filter: JournalFilter): Promise<number> {
    const where = this.#where(filter, []);
    if (!where) return 0;
    const text = foldedQuery(filter.text);
    if (text === '') return this.#count(where);
    if (isShort(text)) return this.#count(withTitle(where, text));
    if (isFiltered(filter)) {
      const few = this.#scan(where, fewEntries);
      if (few.length < fewEntries) return this.#holding(few, text, few.length).length;
    }
    const { indexed } = this.index;
    let found = this.#read(and(where, 'h.seq > ?', indexed), text, Number.MAX_SAFE_INTEGER).length;
    for (let to = indexed; to > 0; to -= countSlice) {
      found += this.#wordsBetween(where, text, to - countSlice, to);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return found;
  }

  #scan(where: Where, limit: number): number[] {
    const sql = `SELECT h.seq FROM history h WHERE ${said(where)} ORDER BY h.seq DESC LIMIT ?`;
    return this.#seqs(sql, ...where.values, limit);
  }

  #count(where: Where): number {
    const sql = `SELECT count(*) AS n FROM history h WHERE ${said(where)}`;
    return one(this.database, countRow, sql, ...where.values)?.n ?? 0;
  }

  /** Reads the words of what the conditions leave. */
  #read(where: Where, text: string, limit: number): number[] {
    const sql = `SELECT h.seq FROM history h CROSS JOIN history_text t ON t.seq = h.seq
      WHERE ${said(where)} AND instr(t.text, ?) > 0 ORDER BY h.seq DESC LIMIT ?`;
    return this.#seqs(sql, ...where.values, text, limit);
  }

  #holding(seqs: readonly number[], text: string, limit: number): number[] {
    const sql = `SELECT t.seq FROM history_text t WHERE t.seq IN (SELECT value FROM json_each(?))
      AND instr(t.text, ?) > 0 ORDER BY t.seq DESC LIMIT ?`;
    return this.#seqs(sql, JSON.stringify(seqs), text, limit);
  }

  /** Asks the index of words, and reads what it finds: three letters each say nothing of their order. */
  #words(where: Where, text: string, indexed: number, limit: number): number[] {
    const sql = `SELECT w.rowid AS seq ${fromWords} AND w.rowid <= ? AND ${said(where)} AND instr(t.text, ?) > 0
      ORDER BY w.rowid DESC LIMIT ?`;
    return this.#seqs(sql, matching(text), indexed, ...where.values, text, limit);
  }

  #wordsBetween(where: Where, text: string, after: number, to: number): number {
    const sql = `SELECT count(*) AS n ${fromWords} AND w.rowid > ? AND w.rowid <= ? AND ${said(where)}
      AND instr(t.text, ?) > 0`;
    return one(this.database, countRow, sql, matching(text), after, to, ...where.values, text)?.n ?? 0;
  }

  #seqs(sql: string, ...values: Value[]): number[] {
    return all(this.database, seqRow, sql, ...values).map(({ seq }) => seq);
  }

  /** The conditions of a filter; null where one names what does not occur. */
  #where(filter: JournalFilter, more: readonly (readonly [string, Value])[]): Where | null {
    const sql: string[] = more.map(([condition]) => condition);
    const values: Value[] = more.map(([, value]) => value);
    const put = (condition: string, value: Value): void => {
      sql.push(condition);
      values.push(value);
    };
    if (filter.from !== null) put('h.at >= ?', filter.from);
    if (filter.to !== null) put('h.at < ?', filter.to);
    if (filter.outcome !== null) put('h.outcome = ?', outcomeCodes[filter.outcome]);
    const named = [
      ['site', filter.site, 'h.site = ?'],
      ['connection', filter.connectionId, 'h.connection = ?'],
      ['record', filter.remoteId, 'h.record = ?'],
      ['work-order', filter.workOrderId, 'h.work_order = ?'],
    ] as const;
    for (const [kind, text, condition] of named) {
      if (text === null) continue;
      const id = this.#id('SELECT id FROM history_names WHERE kind = ? AND text = ?', kind, text);
      if (id === undefined) return null;
      put(condition, id);
    }
    if (filter.field !== null) {
      const n = this.#id('SELECT n AS id FROM history_fields WHERE name = ?', filter.field);
      if (n === undefined) return null;
      const other = 'EXISTS (SELECT 1 FROM history_more_fields m WHERE m.n = ? AND m.seq = h.seq)';
      put(n < fieldBits ? '(h.fields >> ?) & 1' : other, n);
    }
    return { sql, values, narrow: filter.remoteId !== null || filter.workOrderId !== null };
  }

  #id(sql: string, ...values: Value[]): number | undefined {
    return one(this.database, idRow, sql, ...values)?.id;
  }
}

const fromWords = `FROM history_words w CROSS JOIN history h ON h.seq = w.rowid
  CROSS JOIN history_text t ON t.seq = w.rowid WHERE w.history_words MATCH ?`;

function said(where: Where): string {
  return where.sql.length === 0 ? '1' : where.sql.join(' AND ');
}

function and({ sql, values, narrow }: Where, condition: string, value: Value): Where {
  return { sql: [...sql, condition], values: [...values, value], narrow };
}

/** One or two letters stand in nearly everything: they are looked for in names and numbers only. */
function withTitle(where: Where, text: string): Where {
  return and(
    where,
    "h.title IN (SELECT id FROM history_names WHERE kind = 'title' AND instr(folded, ?) > 0)",
    text,
  );
}

function isShort(text: string): boolean {
  return [...text].length < 3;
}

/** Whether anything but words narrows. */
function isFiltered({ text: _, ...rest }: JournalFilter): boolean {
  return Object.values(rest).some((value) => value !== null);
}

/** Every three letters of a text, all of which must occur. */
function matching(text: string): string {
  const letters = [...text];
  const threes = letters.slice(2).map((_, at) => letters.slice(at, at + 3).join(''));
  return [...new Set(threes)].map((three) => `"${three.replaceAll('"', '""')}"`).join(' AND ');
}
