import { type Condition, type Conditions, said, type Value } from './conditions';
import { inSlices, type Range } from './slices';
import type { Pause } from './turns';

/** Where rows of `history h` come from, and what they must fulfil. */
export interface Source {
  readonly from: string;
  /** Whether it has few rows, to be looked at in one statement. */
  readonly few: boolean;
  readonly where: readonly Condition[];
  readonly ranges: readonly Range[];
}

/** What is done with what is found: rows of a statement that has no columns yet, or numbers, newest first. */
export interface Taker {
  /** @returns whether it wants more */
  readonly rows: (of: string, values: readonly Value[]) => boolean;
  readonly seqs: (seqs: readonly number[]) => boolean;
}

/** Hands a source to a taker, slice by slice. @returns whether it wants more */
export async function inSource(
  { from, where, ranges, few }: Source,
  pause: Pause,
  taker: Taker,
): Promise<boolean> {
  const { sql, values } = said(where);
  let more = true;
  const work = ({ after, to }: Range): boolean => {
    const of = `FROM ${from} WHERE ${sql} AND h.seq > ? AND h.seq <= ?`;
    more = taker.rows(of, [...values, after, to]);
    return more;
  };
  await inSlices(ranges, pause, work, few ? Number.POSITIVE_INFINITY : undefined);
  return more;
}

/** Those numbers of ranges that lie below one. */
export function under(ranges: readonly Range[], below: number): Range[] {
  return ranges
    .map(({ after, to }) => ({ after, to: Math.min(to, below - 1) }))
    .filter(({ after, to }) => to > after);
}

/** The entries that fulfil conditions. */
export function inHistory({ by, few, all: where, ranges }: Conditions): Source {
  return { from: `history h${by}`, few, where, ranges };
}

/** The newest entries, whose words no index has yet. */
export function readThrough(
  { by, few, all: where, ranges }: Conditions,
  indexed: number,
  text: string,
): Source {
  return {
    from: `history h${by} CROSS JOIN history_text t ON t.seq = h.seq`,
    few,
    where: [...where, { sql: 'instr(t.text, ?) > 0', values: [text] }],
    ranges: ranges
      .map(({ after, to }) => ({ after: Math.max(after, indexed), to }))
      .filter(({ after, to }) => to > after),
  };
}

/** From the newest number of ranges to the oldest. */
export function hull(ranges: readonly Range[]): Range {
  return { after: ranges.at(-1)?.after ?? 0, to: ranges[0]?.to ?? 0 };
}
