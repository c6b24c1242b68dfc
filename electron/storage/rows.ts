import type { z } from 'zod';
import type { JsonObject } from '../../shared/model/json';
import type { Database } from './database';

type Bindable = string | number | null;

/** All rows of a query, each parsed. A row that does not parse throws: the schema and the code disagree. */
export function all<S extends z.ZodType>(
  database: Database,
  schema: S,
  sql: string,
  ...values: Bindable[]
): z.infer<S>[] {
  const rows: unknown[] = database.prepare(sql).all(...values);
  return rows.map((row) => schema.parse(row));
}

/** The first row of a query, parsed; undefined where there is none. */
export function one<S extends z.ZodType>(
  database: Database,
  schema: S,
  sql: string,
  ...values: Bindable[]
): z.infer<S> | undefined {
  const row: unknown = database.prepare(sql).get(...values);
  return row === undefined ? undefined : schema.parse(row);
}

/** Runs a statement; gives the number of rows it touched and the id of the last one inserted. */
export function run(
  database: Database,
  sql: string,
  ...values: Bindable[]
): { changes: number; lastId: number } {
  const result = database.prepare(sql).run(...values);
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
