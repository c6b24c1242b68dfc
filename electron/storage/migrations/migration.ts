import type { Database } from '../sqlite';

/** One step of the schema. Never changed once it has shipped: a later step corrects an earlier one. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** What SQL cannot do, in the same transaction. Frozen like the SQL: it calls nothing outside this folder. */
  readonly after?: (database: Database) => void;
}
