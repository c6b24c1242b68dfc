import { z } from 'zod';
import type { JournalFilter } from '../../shared/model/journal';
import type { Database } from '../storage/database';
import { all, one } from '../storage/rows';
import { type Condition, type Conditions, conditionsOf, notIndexed, said, type Value } from './conditions';
import type { HistoryIndex } from './history-index';
import { foldedQuery } from './search-text';
import { hull, inHistory, inSource, readThrough, type Source, type Taker, under } from './sources';
import { type Pause, Turns } from './turns';
import { handfuls, isExact, newestHits, wordHits } from './words';

const seqsRow = z.object({ seqs: z.string() });
const seqsSchema = z.array(z.number());
const idRow = z.object({ id: z.number() });
const countRow = z.object({ n: z.number() });

/** So few that each may be looked at by itself. */
const fewEntries = 2_000;
const titlesAtOnce = 500;
/** So few titles that their entries are found by the index of titles. */
const fewTitles = 200;

/**
 * Finds the entries that a filter leaves, by number: in slices, newest first, so that neither a page nor a count keeps
 * anything else waiting. docs/decisions/014 says what makes a million quick.
 */
export class HistorySearch {
  readonly #turns = new Turns();

  constructor(
    private readonly database: Database,
    private readonly index: HistoryIndex,
  ) {}

  /** The newest entries below `before`. */
  find(filter: JournalFilter, before: number | null, limit: number): Promise<number[]> {
    return this.#turns.page((pause) => {
      return this.#gather(limit, (taker) => this.#search(filter, before, pause, taker));
    });
  }

  /** How many entries a filter leaves. */
  count(filter: JournalFilter): Promise<number> {
    return this.#turns.count(async (pause) => {
      const text = foldedQuery(filter.text);
      if (!isNarrowed(filter)) {
        if (text === '') return one(this.database, countRow, 'SELECT count(*) AS n FROM history')?.n ?? 0;
        if (isShort(text)) return this.#countTitled(text, pause);
      }
      let found = 0;
      await this.#search(filter, null, pause, {
        rows: (of, values) => {
          found += one(this.database, countRow, `SELECT count(*) AS n ${of}`, ...values)?.n ?? 0;
          return true;
        },
        seqs: (seqs) => {
          found += seqs.length;
          return true;
        },
      });
      return found;
    });
  }

  async #gather(limit: number, search: (taker: Taker) => Promise<void>): Promise<number[]> {
    const found: number[] = [];
    const seqs = (more: readonly number[]): boolean => {
      found.push(...more.slice(0, limit - found.length));
      return found.length < limit;
    };
    const rows = (of: string, values: readonly Value[]): boolean => {
      const sql = `SELECT h.seq ${of} ORDER BY h.seq DESC LIMIT ?`;
      return seqs(this.#seqs(sql, ...values, limit - found.length));
    };
    await search({ rows, seqs });
    return found;
  }

  async #search(filter: JournalFilter, before: number | null, pause: Pause, taker: Taker): Promise<void> {
    const conditions = conditionsOf(this.database, filter, before);
    if (!conditions) return;
    const text = foldedQuery(filter.text);
    if (isShort(text)) {
      const source = text === '' ? inHistory(conditions) : this.#titled(conditions, text);
      if (source) await inSource(source, pause, taker);
      return;
    }
    await this.#searchWords(conditions, text, pause, taker);
  }

  /** Newest first, by whichever of conditions and words leaves fewer entries to be read. */
  async #searchWords(conditions: Conditions, text: string, pause: Pause, taker: Taker): Promise<void> {
    if (conditions.few) {
      await this.#readNewest(conditions, text, pause, taker);
      return;
    }
    const { indexed } = this.index;
    if (!(await inSource(readThrough(conditions, indexed, text), pause, taker))) return;
    let rest = { ...conditions, ranges: under(conditions.ranges, indexed + 1) };
    if (conditions.all.length > 0) {
      const hits = newestHits(this.database, text, hull(rest.ranges), fewEntries);
      for (const some of handfuls(hits)) {
        if (!taker.seqs(this.#holding(some, conditions.all, text))) return;
        await pause();
      }
      if (hits.length < fewEntries) return;
      rest = { ...rest, ranges: under(rest.ranges, hits.at(-1) ?? 0) };
      const below = await this.#readNewest(rest, text, pause, taker);
      if (below === null) return;
      rest = { ...rest, ranges: under(rest.ranges, below) };
    }
    await this.#byWords(rest, text, pause, taker);
  }

  /**
   * Reads the words of the newest entries that fulfil the conditions: often there are no more, or enough hold the text.
   * @returns the number below which it did not look; null where nothing is left to be looked for
   */
  async #readNewest(
    conditions: Conditions,
    text: string,
    pause: Pause,
    taker: Taker,
  ): Promise<number | null> {
    const looked: number[] = [];
    let more = true;
    const rows = (of: string, values: readonly Value[]): boolean => {
      const sql = `SELECT h.seq ${of} ORDER BY h.seq DESC LIMIT ?`;
      const found = this.#seqs(sql, ...values, fewEntries - looked.length);
      looked.push(...found);
      for (const some of handfuls(found)) more &&= taker.seqs(this.#holding(some, [], text));
      return more && looked.length < fewEntries;
    };
    await inSource(inHistory(conditions), pause, { rows, seqs: () => false });
    return more && looked.length >= fewEntries ? (looked.at(-1) ?? null) : null;
  }

  /** Asks the index of words, and reads what it finds: three letters each say nothing of their order. */
  async #byWords(
    { all: where, ranges }: Conditions,
    text: string,
    pause: Pause,
    taker: Taker,
  ): Promise<void> {
    const sure = isExact(text) && where.length === 0;
    for await (const hits of wordHits(this.database, text, hull(ranges), pause)) {
      if (!taker.seqs(sure ? hits : this.#holding(hits, where, text))) return;
    }
  }

  /** Those of some entries, newest first, that fulfil conditions and hold a text. */
  #holding(seqs: readonly number[], where: readonly Condition[], text: string): number[] {
    const { sql, values } = said(where);
    const history = where.length === 0 ? '' : 'CROSS JOIN history h ON h.seq = k.value';
    const found = `SELECT t.seq FROM json_each(?) k ${history} CROSS JOIN history_text t ON t.seq = k.value
      WHERE ${sql} AND instr(t.text, ?) > 0 ORDER BY k.key LIMIT -1`;
    return this.#seqs(found, JSON.stringify(seqs), ...values, text);
  }

  /** One or two letters stand in nearly everything: they are looked for in names and numbers only. */
  #titled(conditions: Conditions, text: string): Source | null {
    const { all: where, by, few, ranges } = conditions;
    const titles = this.#titles(text, fewTitles);
    if (titles.length === 0) return null;
    if (titles.length < fewTitles) {
      const ofThem = 'h.title IN (SELECT value FROM json_each(?))';
      const found = [...where, { sql: ofThem, values: [JSON.stringify(titles)] }];
      const way = by === notIndexed ? ' INDEXED BY history_by_title' : by;
      return inHistory({ ...conditions, by: way, all: found });
    }
    return {
      from: `history h${by} CROSS JOIN history_names n ON n.id = h.title`,
      few,
      where: [...where, { sql: 'instr(n.folded, ?) > 0', values: [text] }],
      ranges,
    };
  }

  /** Title by title: one index holds all that is counted. */
  async #countTitled(text: string, pause: Pause): Promise<number> {
    const titles = this.#titles(text, -1);
    const sql = `SELECT count(*) AS n FROM history h INDEXED BY history_by_title
      WHERE h.title IN (SELECT value FROM json_each(?))`;
    let found = 0;
    for (let at = 0; at < titles.length; at += titlesAtOnce) {
      const some = JSON.stringify(titles.slice(at, at + titlesAtOnce));
      found += one(this.database, countRow, sql, some)?.n ?? 0;
      await pause();
    }
    return found;
  }

  /** Titles with a text in them. @param limit how many at most; negative for all */
  #titles(text: string, limit: number): number[] {
    const sql = `SELECT id FROM history_names INDEXED BY history_titles
      WHERE kind = 'title' AND instr(folded, ?) > 0 LIMIT ?`;
    return all(this.database, idRow, sql, text, limit).map(({ id }) => id);
  }

  /** Numbers in the order of a statement with a limit, as one text: a row each would take longer than finding them. */
  #seqs(sql: string, ...values: Value[]): number[] {
    const found = one(
      this.database,
      seqsRow,
      `SELECT json_group_array(seq) AS seqs FROM (${sql})`,
      ...values,
    );
    return seqsSchema.parse(JSON.parse(found?.seqs ?? '[]'));
  }
}

function isShort(text: string): boolean {
  return [...text].length < 3;
}

/** Whether anything but words narrows. */
function isNarrowed({ text: _, ...rest }: JournalFilter): boolean {
  return Object.values(rest).some((value) => value !== null);
}
