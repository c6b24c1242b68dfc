import type { Migration } from './migrations/migration';
import { type Database, inTransaction } from './sqlite';

/** Migrates a database: each step in a transaction; a new file in a single one, which needs the least room. */
export function migrate(database: Database, from: number, steps: readonly Migration[]): void {
  const take = (step: Migration): void => {
    database.exec(step.sql);
    step.after?.(database);
    database.exec(`PRAGMA user_version = ${step.version}`);
  };
  const wanted = steps.filter((one) => one.version > from);
  if (from === 0) inTransaction(database, () => wanted.forEach(take));
  else for (const step of wanted) inTransaction(database, () => take(step));
}
