import { DatabaseSync } from '@photostructure/sqlite';
import { z } from 'zod';
import type { Database } from '../../electron/storage/database';
import { migrations } from '../../electron/storage/migrations';

/**
 * Makes a database file of an older schema: only the first `version` migrations. `fill` inserts what a test checks
 * after migrating.
 */
export function buildVersion(file: string, version: number, fill = ''): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL');
  for (const step of migrations.filter((one) => one.version <= version)) {
    database.exec(step.sql);
    step.after?.(database);
  }
  database.exec(`PRAGMA user_version = ${version}`);
  if (fill !== '') database.exec(fill);
  database.close();
}

const part = z.object({ type: z.string(), name: z.string(), sql: z.string() });

/** What stands in a schema, but for what SQLite makes by itself. */
function partsOf(database: Database): z.infer<typeof part>[] {
  const sql = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'";
  return part.array().parse(database.prepare(sql).all());
}

function columnsOf(database: Database, table: string): string[] {
  const rows = database.prepare('SELECT name FROM pragma_table_info(?)').all(table);
  return z
    .object({ name: z.string() })
    .array()
    .parse(rows)
    .map(({ name }) => name);
}

/**
 * Brings a file of the newest version back to an older one: its schema becomes that which the first `version` steps make,
 * with the rows that were there. A table that is the same in both is left alone.
 */
export function backTo(file: string, version: number): void {
  const former = new DatabaseSync(':memory:');
  for (const step of migrations.filter((one) => one.version <= version)) {
    former.exec(step.sql);
    step.after?.(former);
  }
  const wanted = partsOf(former);
  const database = new DatabaseSync(file);
  database.exec('PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; BEGIN');
  const as = new Map(wanted.map((one) => [one.name, one.sql]));
  const other = partsOf(database).filter(({ name, sql }) => as.get(name) !== sql);
  for (const { type, name } of other) if (type !== 'table') database.exec(`DROP ${type} ${name}`);
  for (const { name } of other.filter(({ type }) => type === 'table')) {
    const sql = as.get(name);
    if (sql === undefined) {
      database.exec(`DROP TABLE ${name}`);
      continue;
    }
    const columns = columnsOf(former, name).join(', ');
    database.exec(`CREATE TEMP TABLE kept AS SELECT * FROM main.${name}; DROP TABLE main.${name}`);
    database.exec(`${sql}; INSERT INTO ${name} (${columns}) SELECT ${columns} FROM kept; DROP TABLE kept`);
  }
  const there = new Set(partsOf(database).map(({ name }) => name));
  for (const { name, sql } of wanted) if (!there.has(name)) database.exec(sql);
  database.exec(`COMMIT; PRAGMA user_version = ${version}; PRAGMA wal_checkpoint(TRUNCATE)`);
  former.close();
  database.close();
}

/** The tables, indexes and triggers of a database, in words that two of them can be compared by. */
export function schemaOf(file: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows: unknown[] = database
    .prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_schema ORDER BY 1")
    .all();
  const lines = rows.map((row) => String(Reflect.get(Object(row), 'line')).replace(/\s+/g, ' '));
  database.close();
  return lines;
}
