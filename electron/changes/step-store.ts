import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Kind } from '../../shared/catalog';
import { type Step, type StepId, stepIdSchema, stepSchema } from '../../shared/model/batch';
import type { WorkOrderId } from '../../shared/model/change';
import { changeIdSchema, workOrderIdSchema } from '../../shared/model/change';
import { type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import { type Owner, storedCollection } from '../storage/owner';
import { all, one, run } from '../storage/rows';
import type { DoneEdit } from './edits';

/** `preparing` and `undoing`: under way or interrupted. */
export type StepState = 'preparing' | 'prepared' | 'undoing' | 'undone';

const stepRow = z.object({
  id: stepIdSchema,
  work_order_id: workOrderIdSchema,
  connection_id: connectionIdSchema,
  collection: z.string(),
  at: z.number(),
  what: stepSchema.shape.what,
  name: z.string(),
  records: z.number(),
  fields: z.string(),
  state: z.enum(['preparing', 'prepared', 'undoing', 'undone']),
});
type StepRow = z.infer<typeof stepRow>;

const fieldRow = z.object({
  remote_id: z.string(),
  field: z.string(),
  change_id: changeIdSchema,
  title: z.string(),
  was_edited: z.number(),
  was_base: z.string().nullable(),
  was_next: z.string().nullable(),
  was_returns: z.number().nullable(),
  is_edited: z.number(),
  base: z.string().nullable(),
  next: z.string().nullable(),
});

/** A step and how far it is. */
export interface KeptStep extends Omit<Step, 'collection'> {
  readonly owner: Owner;
  readonly state: StepState;
}

/** The position of a field in a step; the next slice begins after it. */
export interface StepPlace {
  readonly remoteId: string;
  readonly field: string;
}

export const beforeAll: StepPlace = { remoteId: '', field: '' };

/** Keeps steps and what each did to which field, for undoing. */
export class StepStore {
  constructor(private readonly database: Database) {}

  /** Returns the prepared steps of a work order, newest first. */
  list(workOrderId: WorkOrderId): KeptStep[] {
    const sql = `SELECT * FROM bulk_steps WHERE work_order_id = ? AND state <> 'preparing' ORDER BY at DESC, rowid DESC`;
    return all(this.database, stepRow, sql, workOrderId).map(toKept);
  }

  /** @throws ProblemError `not-found` */
  get(id: StepId): KeptStep {
    const row = one(this.database, stepRow, 'SELECT * FROM bulk_steps WHERE id = ?', id);
    return row ? toKept(row) : fail('not-found', { what: 'step' });
  }

  /** Returns interrupted steps, of one connection or of all. */
  cutOff(connectionId: ConnectionId | null): KeptStep[] {
    const sql = `SELECT * FROM bulk_steps WHERE state IN ('preparing', 'undoing') AND (? IS NULL OR connection_id = ?)`;
    return all(this.database, stepRow, sql, connectionId, connectionId).map(toKept);
  }

  begin(step: Pick<KeptStep, 'workOrderId' | 'owner' | 'what' | 'name'>): StepId {
    const id = stepIdSchema.parse(randomUUID());
    run(
      this.database,
      `INSERT INTO bulk_steps (id, work_order_id, connection_id, collection, at, what, name, records, fields, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, 0, '[]', 'preparing')`,
      id,
      step.workOrderId,
      step.owner.connection_id,
      step.owner.collection,
      Date.now(),
      step.what,
      step.name,
    );
    return id;
  }

  end(id: StepId, records: number, fields: readonly string[]): void {
    const sql = `UPDATE bulk_steps SET state = 'prepared', records = ?, fields = ? WHERE id = ?`;
    run(this.database, sql, records, JSON.stringify(fields), id);
  }

  setState(id: StepId, state: StepState): void {
    run(this.database, 'UPDATE bulk_steps SET state = ? WHERE id = ?', state, id);
  }

  remove(id: StepId): void {
    run(this.database, 'DELETE FROM bulk_steps WHERE id = ?', id);
  }

  /** How many fields of a step are (or are not) taken back. */
  count(id: StepId, takenBack: boolean): number {
    const sql = 'SELECT count(*) AS n FROM bulk_step_fields WHERE step_id = ? AND taken_back = ?';
    return one(this.database, z.object({ n: z.number() }), sql, id, takenBack ? 1 : 0)?.n ?? 0;
  }

  /** Returns the next fields of a step after a position. */
  slice(id: StepId, takenBack: boolean, after: StepPlace, limit: number): DoneEdit[] {
    const sql = `SELECT * FROM bulk_step_fields WHERE step_id = ? AND taken_back = ?
      AND (remote_id, field) > (?, ?) ORDER BY remote_id, field LIMIT ?`;
    const rows = all(this.database, fieldRow, sql, id, takenBack ? 1 : 0, after.remoteId, after.field, limit);
    return rows.map((row) => ({
      remoteId: row.remote_id,
      field: row.field,
      changeId: row.change_id,
      title: row.title,
      was: row.was_edited === 1 ? { base: row.was_base, next: row.was_next, returns: row.was_returns } : null,
      is: row.is_edited === 1 ? { base: row.base, next: row.next, returns: null } : null,
    }));
  }

  /** Keeps what a step did to a field. */
  keep(id: StepId, { remoteId, field, changeId, title, was, is }: DoneEdit): void {
    run(
      this.database,
      `INSERT INTO bulk_step_fields (step_id, remote_id, field, change_id, title,
          was_edited, was_base, was_next, was_returns, is_edited, base, next)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      remoteId,
      field,
      changeId,
      title,
      was ? 1 : 0,
      was?.base ?? null,
      was?.next ?? null,
      was?.returns ?? null,
      is ? 1 : 0,
      is?.base ?? null,
      is?.next ?? null,
    );
  }

  /** Marks a field of a step. */
  mark(id: StepId, { remoteId, field }: DoneEdit, takenBack: boolean): void {
    const sql =
      'UPDATE bulk_step_fields SET taken_back = ? WHERE step_id = ? AND remote_id = ? AND field = ?';
    run(this.database, sql, takenBack ? 1 : 0, id, remoteId, field);
  }

  /** Forgets a field of a step. */
  forgetField(id: StepId, { remoteId, field }: DoneEdit): void {
    const sql = 'DELETE FROM bulk_step_fields WHERE step_id = ? AND remote_id = ? AND field = ?';
    run(this.database, sql, id, remoteId, field);
  }

  /** Forgets a limited number of fields of a finished step. @returns how many */
  forget(id: StepId, limit: number): number {
    const sql = `DELETE FROM bulk_step_fields WHERE step_id = ? AND (remote_id, field) IN
      (SELECT remote_id, field FROM bulk_step_fields WHERE step_id = ? LIMIT ?)`;
    return run(this.database, sql, id, id, limit).changes;
  }

  /** Forgets what is left of steps that were undone. */
  forgetUndone(): void {
    const sql = `DELETE FROM bulk_step_fields WHERE step_id IN (SELECT id FROM bulk_steps WHERE state = 'undone')`;
    run(this.database, sql);
  }
}

function toKept(row: StepRow): KeptStep {
  return {
    id: row.id,
    workOrderId: row.work_order_id,
    connectionId: row.connection_id,
    owner: { connection_id: row.connection_id, collection: row.collection },
    at: row.at,
    what: row.what,
    name: row.name,
    records: row.records,
    fields: stepSchema.shape.fields.parse(JSON.parse(row.fields)),
    undone: row.state === 'undone',
    state: row.state,
  };
}

/** A step as the window may see it. */
export function stepOf({ state: _state, owner, ...step }: KeptStep, kind: Kind): Step {
  return { ...step, collection: storedCollection(kind, owner.collection) };
}
