import { z } from 'zod';
import type { JournalFilter } from '../../shared/model/journal';
import type { Database } from '../storage/database';
import { storedName } from '../storage/owner';
import { all, one } from '../storage/rows';
import { fieldBits, outcomeCodes } from './history-index';
import type { Range } from './slices';

export type Value = string | number;

/** A condition on `history h`, and its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** A condition that an index finds the entries of. */
interface Driver {
  readonly index: string;
  readonly condition: Condition;
}

export interface Conditions {
  readonly all: readonly Condition[];
  /** ` INDEXED BY …`: the way to the fewest rows; `notIndexed` where looking through them in their order is best. */
  readonly by: string;
  /** Whether that way leads to so few rows that they may be looked at in one statement. */
  readonly few: boolean;
  /** The numbers among which the entries are, newest first. */
  readonly ranges: readonly Range[];
}

/** Through the rows in the order of their numbers. */
export const notIndexed = ' NOT INDEXED';

const idRow = z.object({ id: z.number() });
const countRow = z.object({ n: z.number() });
const topRow = z.object({ seq: z.number() });
const blockRow = z.object({ block: z.number() });

/** Past so many rows, each looked up by itself, it is quicker to look through all in their order. */
const mostByIndex = 50_000;
/** So few rows may be looked up in one statement. */
const fewByIndex = 2_000;
/** As in migration 4. */
const blockBits = 12;

/**
 * What a filter asks of the side table, its text left out; null where it names what does not occur.
 * @param before only entries with numbers below; null for all
 */
export function conditionsOf(
  database: Database,
  filter: JournalFilter,
  before: number | null,
): Conditions | null {
  const drivers = driversOf(database, filter);
  const field = fieldOf(database, filter.field);
  if (!drivers || field === null) return null;
  const { from, to } = filter;
  const span: Condition[] = [];
  if (filter.of) span.push({ sql: 'h.collection = ?', values: [storedName(filter.of)] });
  if (from !== null) span.push({ sql: 'h.at >= ?', values: [from] });
  if (to !== null) span.push({ sql: 'h.at < ?', values: [to] });
  const others = [...span, ...(field ? [field.condition] : [])];
  if (filter.outcome === 'applied') others.push(outcomeIs(outcomeCodes.applied));
  const { index, few } = cheapest(database, drivers, others.length === 0);
  return {
    few,
    all: [...drivers.map(({ condition }) => condition), ...others],
    by: index === null ? notIndexed : ` INDEXED BY ${index}`,
    ranges: rangesOf(database, { from, to, bit: field?.bit ?? null }, before),
  };
}

/** Conditions as SQL, and their values. */
export function said(conditions: readonly Condition[]): { sql: string; values: Value[] } {
  return {
    sql: conditions.length === 0 ? '1' : conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

/** Those with an index, in the order of how few they usually find; null where one names what does not occur. */
function driversOf(database: Database, filter: JournalFilter): Driver[] | null {
  const drivers: Driver[] = [];
  const named = [
    ['work-order', filter.workOrderId, 'work_order'],
    ['record', filter.remoteId, 'record'],
    ['connection', filter.connectionId, 'connection'],
    ['site', filter.site, 'site'],
  ] as const;
  for (const [kind, text, column] of named) {
    if (text === null) continue;
    const sql = 'SELECT id FROM history_names WHERE kind = ? AND text = ?';
    const id = one(database, idRow, sql, kind, text)?.id;
    if (id === undefined) return null;
    drivers.push({ index: `history_by_${column}`, condition: { sql: `h.${column} = ?`, values: [id] } });
  }
  if (filter.outcome !== null && filter.outcome !== 'applied') {
    const { sql, values } = outcomeIs(outcomeCodes[filter.outcome]);
    drivers.push({
      index: 'history_by_outcome',
      condition: { sql: `h.outcome IS NOT 1 AND ${sql}`, values },
    });
  }
  return drivers;
}

function outcomeIs(code: number): Condition {
  return { sql: 'h.outcome = ?', values: [code] };
}

/** Undefined where none is asked for, null where it does not occur. */
function fieldOf(
  database: Database,
  name: string | null,
): { condition: Condition; bit: number | null } | undefined | null {
  if (name === null) return undefined;
  const n = one(database, idRow, 'SELECT n AS id FROM history_fields WHERE name = ?', name)?.id;
  if (n === undefined) return null;
  if (n < fieldBits) return { condition: { sql: '(h.fields >> ?) & 1', values: [n] }, bit: n };
  const sql = 'EXISTS (SELECT 1 FROM history_more_fields m WHERE m.n = ? AND m.seq = h.seq)';
  return { condition: { sql, values: [n] }, bit: null };
}

/** The index that finds the fewest; null where each finds too many. @param alone nothing but one of them is asked */
function cheapest(
  database: Database,
  drivers: readonly Driver[],
  alone: boolean,
): { index: string | null; few: boolean } {
  const [only] = drivers;
  // The index alone answers it: no row is looked up, however many there are.
  if (alone && only && drivers.length === 1) return { index: only.index, few: false };
  let best: string | null = null;
  let fewest = mostByIndex;
  for (const { index, condition } of drivers) {
    const sql = `SELECT count(*) AS n FROM (SELECT 1 FROM history h INDEXED BY ${index} WHERE ${condition.sql} LIMIT ?)`;
    const n = one(database, countRow, sql, ...condition.values, fewest)?.n ?? 0;
    if (n >= fewest) continue;
    best = index;
    fewest = n;
  }
  return { index: best, few: fewest < fewByIndex };
}

interface Blocked {
  readonly from: number | null;
  readonly to: number | null;
  readonly bit: number | null;
}

/** Where entries of a span of time, or with a field, may be; everything where neither is asked for. */
function rangesOf(database: Database, { from, to, bit }: Blocked, before: number | null): Range[] {
  const newest = one(database, topRow, 'SELECT seq FROM history ORDER BY seq DESC LIMIT 1')?.seq ?? 0;
  const top = before === null ? newest : Math.min(newest, before - 1);
  if (from === null && to === null && bit === null) return [{ after: 0, to: top }];
  const conditions: Condition[] = [{ sql: 'block <= ?', values: [top >> blockBits] }];
  if (from !== null) conditions.push({ sql: 'last_at >= ?', values: [from] });
  if (to !== null) conditions.push({ sql: 'first_at < ?', values: [to] });
  if (bit !== null) conditions.push({ sql: '(fields >> ?) & 1', values: [bit] });
  const { sql, values } = said(conditions);
  const blocks = all(
    database,
    blockRow,
    `SELECT block FROM history_blocks WHERE ${sql} ORDER BY block DESC`,
    ...values,
  );
  return joined(blocks.map(({ block }) => block)).map((range) => ({ ...range, to: Math.min(range.to, top) }));
}

/** Blocks, newest first, as ranges of numbers; neighbours as one. */
function joined(blocks: readonly number[]): Range[] {
  const size = 2 ** blockBits;
  const ranges: Range[] = [];
  for (const block of blocks) {
    const after = block * size - 1;
    const last = ranges.at(-1);
    if (last?.after === after + size) ranges[ranges.length - 1] = { after, to: last.to };
    else ranges.push({ after, to: after + size });
  }
  return ranges;
}
