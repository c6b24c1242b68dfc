import type { Migration } from './migrations/migration';
import { type Database, inTransaction } from './sqlite';

/** Migrates a database, each step in a transaction. */
export function migrate(database: Database, from: number, steps: readonly Migration[]): void {
  for (const step of steps.filter((one) => one.version > from)) {
    inTransaction(database, () => {
      database.exec(step.sql);
      step.after?.(database);
      database.exec(`PRAGMA user_version = ${step.version}`);
    });
  }
}
