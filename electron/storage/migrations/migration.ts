import type { Database } from '../sqlite';

/** One step of the schema. Never changed once it has shipped: a later step mends an earlier one. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** What SQL cannot say, in the same transaction. Like the SQL it is frozen: it calls nothing outside of this folder. */
  readonly after?: (database: Database) => void;
}
