import { first } from './001-first';
import { workOrders } from './002-work-orders';

/** One step of the schema. Never changed once it has shipped: a later step mends an earlier one. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** All steps, in order, numbered from 1 without a gap. */
export const migrations: readonly Migration[] = [first, workOrders];
