import { DatabaseSync } from '@photostructure/sqlite';
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

/** Returns the tables, indexes and triggers of a database in comparable form. */
export function schemaOf(file: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows: unknown[] = database
    .prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_schema ORDER BY 1")
    .all();
  const lines = rows.map((row) => String(Reflect.get(Object(row), 'line')).replace(/\s+/g, ' '));
  database.close();
  return lines;
}
