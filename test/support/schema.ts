import { DatabaseSync } from '@photostructure/sqlite';
import { migrations } from '../../electron/storage/migrations';

/**
 * Leaves a database file as a Patchbay of an older schema would have left it: the first `version` steps, and nothing
 * else. What a test wants to find again after the step is put in by `fill`.
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
