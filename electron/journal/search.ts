import { z } from 'zod';
import type { JournalFilter } from '../../shared/model/journal';
import type { Database } from '../storage/database';
import { all, one } from '../storage/rows';
import { type Condition, type Conditions, conditionsOf, said, type Value } from './conditions';
import type { HistoryIndex } from './history-index';
import { foldedQuery } from './search-text';
import { inSlices, type Range } from './slices';
import { Turns } from './turns';

/** Where rows come from, and what they must fulfil; `seq` says which of the columns is the number. */
interface Source {
  readonly from: string;
  /** Whether it has few rows, to be looked at in one statement. */
  readonly few: boolean;
  readonly seq: string;
  readonly where: readonly Condition[];
  readonly ranges: readonly Range[];
}

type Pause = () => Promise<void>;

const seqRow = z.object({ seq: z.number() });
const idRow = z.object({ id: z.number() });
const countRow = z.object({ n: z.number() });

/** So few that each one's words may be read through, instead of asking the index of words for all. */
const fewEntries = 3_000;
const readAtOnce = 500;
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
    return this.#turns.page(async (pause) => {
      const found: number[] = [];
      for (const source of await this.#sources(filter, before, pause)) {
        if (found.length < limit) found.push(...(await this.#seqs(source, limit - found.length, pause)));
      }
      return found;
    });
  }

  /** How many entries a filter leaves. */
  count(filter: JournalFilter): Promise<number> {
    return this.#turns.count(async (pause) => {
      let found = 0;
      for (const source of await this.#sources(filter, null, pause)) {
        await this.#inSlices(source, 'count(*) AS n', '', pause, (sql, values) => {
          found += one(this.database, countRow, sql, ...values)?.n ?? 0;
          return true;
        });
      }
      return found;
    });
  }

  async #seqs(source: Source, limit: number, pause: Pause): Promise<number[]> {
    const found: number[] = [];
    const end = `ORDER BY ${source.seq} DESC LIMIT ?`;
    await this.#inSlices(source, `${source.seq} AS seq`, end, pause, (sql, values) => {
      const rows = all(this.database, seqRow, sql, ...values, limit - found.length);
      for (const { seq } of rows) found.push(seq);
      return found.length < limit;
    });
    return found;
  }

  #inSlices(
    { from, seq, where, ranges, few }: Source,
    columns: string,
    end: string,
    pause: Pause,
    ask: (sql: string, values: Value[]) => boolean,
  ): Promise<void> {
    const { sql, values } = said(where);
    const sliced = `SELECT ${columns} FROM ${from} WHERE ${sql} AND ${seq} > ? AND ${seq} <= ? ${end}`;
    const work = ({ after, to }: Range) => ask(sliced, [...values, after, to]);
    return inSlices(ranges, pause, work, few ? Number.POSITIVE_INFINITY : undefined);
  }

  /** Where to look for what a filter leaves, one place after the other, newest entries first. */
  async #sources(filter: JournalFilter, before: number | null, pause: Pause): Promise<Source[]> {
    const conditions = conditionsOf(this.database, filter, before);
    if (!conditions) return [];
    const text = foldedQuery(filter.text);
    const plain = inHistory(conditions);
    if (text === '') return [plain];
    if ([...text].length < 3) return this.#titled(conditions, text);
    if (conditions.all.length > 0) {
      const few = await this.#seqs(plain, fewEntries, pause);
      if (few.length < fewEntries) return holding(few, text);
    }
    const { indexed } = this.index;
    return [readThrough(conditions, indexed, text), byWords(conditions, indexed, text)];
  }

  /** One or two letters stand in nearly everything: they are looked for in names and numbers only. */
  #titled(conditions: Conditions, text: string): Source[] {
    const sql = `SELECT id FROM history_names INDEXED BY history_titles
      WHERE kind = 'title' AND instr(folded, ?) > 0 LIMIT ?`;
    const titles = all(this.database, idRow, sql, text, fewTitles).map(({ id }) => id);
    if (titles.length === 0) return [];
    if (titles.length < fewTitles) {
      const one = {
        sql: 'h.title IN (SELECT value FROM json_each(?))',
        values: [JSON.stringify(titles)],
      };
      const index = ' INDEXED BY history_by_title';
      const by = conditions.by === ' NOT INDEXED' ? index : conditions.by;
      return [inHistory({ ...conditions, by, all: [...conditions.all, one] })];
    }
    return [
      {
        from: `history h${conditions.by} CROSS JOIN history_names n ON n.id = h.title`,
        few: conditions.few,
        seq: 'h.seq',
        where: [...conditions.all, { sql: 'instr(n.folded, ?) > 0', values: [text] }],
        ranges: conditions.ranges,
      },
    ];
  }
}

function inHistory({ by, few, all: where, ranges }: Conditions): Source {
  return { from: `history h${by}`, few, seq: 'h.seq', where, ranges };
}

/** Entries known by number, newest first, whose words are read: so many at a time. */
function holding(seqs: readonly number[], text: string): Source[] {
  const sources: Source[] = [];
  for (let at = 0; at < seqs.length; at += readAtOnce) {
    const some = seqs.slice(at, at + readAtOnce);
    const [first = 0] = some;
    sources.push({
      from: 'history_text t',
      few: true,
      seq: '+t.seq',
      where: [
        { sql: 't.seq IN (SELECT value FROM json_each(?))', values: [JSON.stringify(some)] },
        inText(text),
      ],
      ranges: [{ after: 0, to: first }],
    });
  }
  return sources;
}

/** The newest entries, whose words no index has yet. */
function readThrough({ by, few, all: where, ranges }: Conditions, indexed: number, text: string): Source {
  return {
    few,
    from: `history h${by} CROSS JOIN history_text t ON t.seq = h.seq`,
    seq: 'h.seq',
    where: [...where, inText(text)],
    ranges: within(ranges, indexed, Number.MAX_SAFE_INTEGER),
  };
}

/** Asks the index of words, and reads what it finds: three letters each say nothing of their order. */
function byWords({ all: where, ranges }: Conditions, indexed: number, text: string): Source {
  const history = where.length > 0 ? ' CROSS JOIN history h ON h.seq = w.rowid' : '';
  return {
    few: false,
    from: `history_words w${history} CROSS JOIN history_text t ON t.seq = w.rowid`,
    seq: 'w.rowid',
    where: [{ sql: 'w.history_words MATCH ?', values: [matching(text)] }, ...where, inText(text)],
    ranges: within(ranges, 0, indexed),
  };
}

function inText(text: string): Condition {
  return { sql: 'instr(t.text, ?) > 0', values: [text] };
}

function within(ranges: readonly Range[], after: number, to: number): Range[] {
  return ranges
    .map((range) => ({ after: Math.max(range.after, after), to: Math.min(range.to, to) }))
    .filter((range) => range.to > range.after);
}

/** Every three letters of a text, all of which must occur. */
function matching(text: string): string {
  const letters = [...text];
  const threes = letters.slice(2).map((_, at) => letters.slice(at, at + 3).join(''));
  return [...new Set(threes)].map((three) => `"${three.replaceAll('"', '""')}"`).join(' AND ');
}
