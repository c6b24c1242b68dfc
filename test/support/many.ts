import { randomUUID } from 'node:crypto';
import type { TypedRule } from '../../shared/bulk/rule';
import type { BatchRow, BatchStatus, BatchSummary, Step } from '../../shared/model/batch';
import type { Change } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import type { BulkDraft } from '../../shared/model/many';
import { changesIn, type House, ok } from './house';

/** Returns a new job id. */
export const job = (): string => randomUUID();

/** Opens a bulk edit. */
export function openDraft(
  house: House,
  { id }: Connection,
  records: 'selected' | 'all' | string[],
): Promise<BulkDraft> {
  return ok(house.ask.bulk.open({ connectionId: id, records, sort: null, rules: { none: true } }));
}

/** Types a rule into the draft. */
export function rule(
  house: House,
  { id }: Connection,
  field: string,
  typed: TypedRule | null,
): Promise<BulkDraft> {
  return ok(house.ask.bulk.setRule({ connectionId: id, field, rule: typed }));
}

/** Computes the draft. */
export function preview(house: House, { id }: Connection): Promise<BatchSummary> {
  return ok(house.ask.bulk.preview({ connectionId: id, job: job() }));
}

/** Returns the rows of a batch, all or those with a status. */
export async function rowsOf(
  house: House,
  { id }: BatchSummary,
  status: BatchStatus | null = null,
): Promise<BatchRow[]> {
  const limit = 500;
  return (await ok(house.ask.batches.rows({ batchId: id, status, offset: 0, limit }))).rows;
}

export function prepare(house: House, { id }: BatchSummary): Promise<{ step: Step | null; left: number }> {
  return ok(house.ask.batches.prepare({ batchId: id, job: job() }));
}

/** Opens a bulk edit of records with rules, computes and prepares it. */
export async function edit(
  house: House,
  connection: Connection,
  records: 'selected' | 'all' | string[],
  rules: Record<string, TypedRule>,
): Promise<Step> {
  await openDraft(house, connection, records);
  for (const [field, typed] of Object.entries(rules)) await rule(house, connection, field, typed);
  const { step } = await prepare(house, await preview(house, connection));
  if (!step) throw new Error('nothing was prepared');
  return step;
}

export function undo(house: House, { id }: Step): Promise<{ fields: number; left: number }> {
  return ok(house.ask.steps.undo({ stepId: id, job: job() }));
}

/** Returns what is prepared in the current work order by record and field: `base → next`. */
export async function prepared(
  house: House,
  { id }: Connection,
): Promise<Record<string, Record<string, string>>> {
  const changes: Change[] = await changesIn(house, id);
  const said = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.fromEntries(
    changes.map(({ remoteId, fields }) => [
      remoteId,
      Object.fromEntries(fields.map(({ field, base, next }) => [field, `${said(base)} → ${said(next)}`])),
    ]),
  );
}
