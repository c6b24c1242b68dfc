import type { z } from 'zod';
import { isStorable } from '../../shared/lib/storable';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import type { Database } from './database';

type Bindable = string | number | null;
type Statement = ReturnType<Database['prepare']>;

/*
 * Cached statements: preparing one takes longer than running most, and discarded ones are collected all at once, which
 * after some ten thousand blocks the process for seconds.
 */
const kept = new WeakMap<Database, Map<string, Statement>>();
// More than this program has; queries built for one search must not accumulate.
const mostKept = 400;

function prepared(database: Database, sql: string): Statement {
  let statements = kept.get(database);
  if (!statements || statements.size >= mostKept) {
    statements = new Map();
    kept.set(database, statements);
  }
  const known = statements.get(sql);
  if (known) return known;
  const made = database.prepare(sql);
  statements.set(sql, made);
  return made;
}

/** Returns all rows of a query, each parsed. A row that does not parse throws: the schema and the code disagree. */
export function all<S extends z.ZodType>(
  database: Database,
  schema: S,
  sql: string,
  ...values: Bindable[]
): z.infer<S>[] {
  const rows: unknown[] = prepared(database, sql).all(...values);
  return rows.map((row) => schema.parse(row));
}

/** Returns all rows of a query that parse. Rows from older versions that do not parse stay where they are. */
export function readable<S extends z.ZodType>(
  database: Database,
  schema: S,
  sql: string,
  ...values: Bindable[]
): z.infer<S>[] {
  const rows: unknown[] = prepared(database, sql).all(...values);
  return rows.flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Returns the first row of a query, parsed; undefined if there is none. */
export function one<S extends z.ZodType>(
  database: Database,
  schema: S,
  sql: string,
  ...values: Bindable[]
): z.infer<S> | undefined {
  const row: unknown = prepared(database, sql).get(...values);
  return row === undefined ? undefined : schema.parse(row);
}

/**
 * Runs a statement; returns the number of rows changed and the last inserted id.
 * @throws ProblemError `invalid-input` for a text that would not be stored unchanged
 */
export function run(
  database: Database,
  sql: string,
  ...values: Bindable[]
): { changes: number; lastId: number } {
  // Already refused at the input; anything missed there must not be stored as something else.
  if (values.some((value) => typeof value === 'string' && !isStorable(value)))
    fail('invalid-input', { field: 'text', reason: 'unstorable' });
  const result = prepared(database, sql).run(...values);
  return { changes: Number(result.changes), lastId: Number(result.lastInsertRowid) };
}

/**
 * Parses a column as a JSON object. The result of `JSON.parse` is JSON by construction, so only its outermost form is
 * checked: a directory of 50,000 records is read this way.
 * @returns null if the text is no JSON object
 */
export function jsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
