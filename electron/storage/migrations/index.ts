import type { Database } from '../database';
import { first } from './001-first';
import { workOrders } from './002-work-orders';
import { history } from './003-history';
import { historySpeed } from './004-history-speed';
import { many } from './005-many';
import { generations } from './006-generations';

/** One step of the schema. Never changed once it has shipped: a later step mends an earlier one. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** What SQL cannot say, in the same transaction. */
  readonly after?: (database: Database) => void;
}

/** All steps, in order, numbered from 1 without a gap. */
export const migrations: readonly Migration[] = [first, workOrders, history, historySpeed, many, generations];
