import type { z } from 'zod';
import type { JsonObject } from '../../shared/model/json';
import type { Database } from './database';

type Bindable = string | number | null;
type Statement = ReturnType<Database['prepare']>;

/*
 * Statements are kept: to prepare one takes longer than most take to run, and those that are thrown away are cleared up
 * all at once, which after some ten thousand of them holds the process for seconds.
 */
const kept = new WeakMap<Database, Map<string, Statement>>();
// More than are written in this program; what is put together for one search must not pile up.
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

/** All rows of a query, each parsed. A row that does not parse throws: the schema and the code disagree. */
export function all<S extends z.ZodType>(
  database: Database,
  schema: S,
  sql: string,
  ...values: Bindable[]
): z.infer<S>[] {
  const rows: unknown[] = prepared(database, sql).all(...values);
  return rows.map((row) => schema.parse(row));
}

/** The first row of a query, parsed; undefined where there is none. */
export function one<S extends z.ZodType>(
  database: Database,
  schema: S,
  sql: string,
  ...values: Bindable[]
): z.infer<S> | undefined {
  const row: unknown = prepared(database, sql).get(...values);
  return row === undefined ? undefined : schema.parse(row);
}

/** Runs a statement; gives the number of rows it touched and the id of the last one inserted. */
export function run(
  database: Database,
  sql: string,
  ...values: Bindable[]
): { changes: number; lastId: number } {
  const result = prepared(database, sql).run(...values);
  return { changes: Number(result.changes), lastId: Number(result.lastInsertRowid) };
}

/**
 * A JSON object from a column. What `JSON.parse` gives is JSON by construction, so only its outermost form is
 * checked: a directory of 50,000 records is read this way.
 * @returns null where the text is no JSON object
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
