import { z } from 'zod';
import { catalogOf, type FieldSpec, fieldsByName } from '../../shared/catalog';
import { type FieldValue, isBaseAgain } from '../../shared/catalog/compare';
import { changeIdSchema, type WorkOrderId } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import { jsonObject } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import type { BatchItem } from './batch';
import { orderedIds } from './ordered-id';
import { closeValue, openValue, storedValue } from './present';
import type { StepField, StoredEdit } from './step-store';

const recordRow = z.object({ raw: z.string() });
const changeRow = z.object({ id: changeIdSchema, title: z.string(), updated_at: z.number() });
const fieldRow = z.object({ field: z.string(), base: z.string().nullable(), next: z.string().nullable() });
type Statement = ReturnType<Database['prepare']>;

/**
 * The statements that a step works with, prepared once: making them anew for every one of 50,000 records would take
 * longer than all the rest. Made for one step and let go with it.
 */
export class StepWriter {
  readonly #database: Database;
  readonly #kept = new Map<string, Statement>();
  readonly #nextId = orderedIds();

  constructor(
    database: Database,
    private readonly sealer: Sealer,
    private readonly connection: Connection,
    private readonly workOrderId: WorkOrderId,
  ) {
    this.#database = database;
  }

  /**
   * Prepares a row of a batch. Call inside a transaction.
   * @param alone what else is prepared of the record goes
   * @param madeAt when the batch was made
   * @returns what was done to which field; null where the record was read or edited since, and is left alone
   */
  prepare(item: BatchItem, alone: boolean, madeAt: number): StepField[] | null {
    const { remoteId } = item;
    if (remoteId === null) return null;
    const record = this.#get('SELECT raw FROM records WHERE connection_id = ? AND remote_id = ?', remoteId);
    const stored = record === undefined ? null : jsonObject(recordRow.parse(record).raw);
    if (!stored) return null;
    const found = this.#change(remoteId);
    // An edit that nobody saw when the batch was looked at must not go with it.
    if (alone && found && found.updated_at > madeAt) return null;
    const edits = found ? this.#edits(found.id) : new Map<string, StoredEdit>();

    const wanted: { spec: FieldSpec; next: FieldValue; was: StoredEdit; base: FieldValue | undefined }[] = [];
    for (const { field, from, to } of item.edits) {
      const spec =
        fieldsByName(catalogOf(this.connection.kind)).get(field) ?? fail('invalid-input', { field });
      const was = edits.get(field) ?? null;
      const base = was ? openValue(this.sealer, spec, was.base) : storedValue(this.sealer, spec, stored);
      const now = was ? openValue(this.sealer, spec, was.next) : base;
      if (now === undefined || (now ?? '') !== (from ?? '')) return null;
      wanted.push({ spec, next: to, was, base });
    }

    const changeId = found?.id ?? changeIdSchema.parse(this.#nextId());
    const title = found?.title ?? item.title;
    const done: StepField[] = [];
    let there = found !== undefined;
    const note = (field: string, was: StoredEdit, is: StoredEdit): void => {
      if (is && !there) this.#make(changeId, remoteId, title);
      there ||= is !== null;
      this.#set(changeId, field, is);
      done.push({ remoteId, field, changeId, title, was, is });
    };
    for (const { spec, next, was, base } of wanted) {
      // An edit whose base does not open now cannot be the base again as far as anybody knows.
      if (base !== undefined && isBaseAgain(spec, base, next)) {
        if (was) note(spec.name, was, null);
        continue;
      }
      const kept = was ? was.base : closeValue(this.sealer, spec, base ?? null);
      note(spec.name, was, { base: kept, next: closeValue(this.sealer, spec, next) });
    }
    if (alone) {
      for (const [field, was] of edits) {
        if (!item.edits.some((edit) => edit.field === field)) note(field, was, null);
      }
    }
    if (found && done.length > 0) this.#touch(changeId);
    return done;
  }

  /** Keeps what a step did to a field. */
  keep(stepId: string, { remoteId, field, changeId, title, was, is }: StepField): void {
    this.#run(
      `INSERT INTO bulk_step_fields (step_id, remote_id, field, change_id, title,
          was_edited, was_base, was_next, is_edited, base, next)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      stepId,
      remoteId,
      field,
      changeId,
      title,
      was ? 1 : 0,
      was?.base ?? null,
      was?.next ?? null,
      is ? 1 : 0,
      is?.base ?? null,
      is?.next ?? null,
    );
  }

  /**
   * Puts a field's edit from what it is expected to be to what it is to be. Texts are compared as they stand, sealed
   * ones too: what was typed anew is sealed anew, so this needs no key.
   * @returns whether it was as expected; if not, nothing is done
   */
  replace({ remoteId, field, changeId, title }: StepField, expected: StoredEdit, edit: StoredEdit): boolean {
    // The change may have been moved to another work order, or have gone and been made again in this one.
    const sql = 'SELECT id, title, updated_at FROM changes WHERE id = ?';
    const row: unknown = this.#statement(sql).get(changeId);
    const change = row === undefined ? this.#change(remoteId) : changeRow.parse(row);
    const now = change ? (this.#edits(change.id).get(field) ?? null) : null;
    if (now?.base !== expected?.base || now?.next !== expected?.next) return false;
    if (edit && !change) this.#make(changeId, remoteId, title);
    this.#set(change?.id ?? changeId, field, edit);
    if (change) this.#touch(change.id);
    return true;
  }

  /** Marks a field of a step. */
  mark(stepId: string, { remoteId, field }: StepField, takenBack: boolean): void {
    const sql =
      'UPDATE bulk_step_fields SET taken_back = ? WHERE step_id = ? AND remote_id = ? AND field = ?';
    this.#run(sql, takenBack ? 1 : 0, stepId, remoteId, field);
  }

  /** Forgets a field of a step. */
  forget(stepId: string, { remoteId, field }: StepField): void {
    const sql = 'DELETE FROM bulk_step_fields WHERE step_id = ? AND remote_id = ? AND field = ?';
    this.#run(sql, stepId, remoteId, field);
  }

  #change(remoteId: string): z.infer<typeof changeRow> | undefined {
    const sql = `SELECT id, title, updated_at FROM changes WHERE work_order_id = ? AND connection_id = ? AND remote_id = ?`;
    const row: unknown = this.#statement(sql).get(this.workOrderId, this.connection.id, remoteId);
    return row === undefined ? undefined : changeRow.parse(row);
  }

  #edits(changeId: string): Map<string, StoredEdit> {
    const rows: unknown[] = this.#statement(
      'SELECT field, base, next FROM change_fields WHERE change_id = ?',
    ).all(changeId);
    return new Map(
      rows.map((row) => fieldRow.parse(row)).map(({ field, base, next }) => [field, { base, next }]),
    );
  }

  #make(changeId: string, remoteId: string, title: string): void {
    const now = Date.now();
    this.#run(
      `INSERT INTO changes (id, work_order_id, connection_id, remote_id, title, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
      changeId,
      this.workOrderId,
      this.connection.id,
      remoteId,
      title,
      now,
      now,
    );
  }

  /** Makes a field's edit what it is to be. */
  #set(changeId: string, field: string, edit: StoredEdit): void {
    if (!edit) {
      this.#run('DELETE FROM change_fields WHERE change_id = ? AND field = ?', changeId, field);
      return;
    }
    this.#run(
      `INSERT INTO change_fields (change_id, field, base, next, updated_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET base = excluded.base, next = excluded.next, updated_at = excluded.updated_at`,
      changeId,
      field,
      edit.base,
      edit.next,
      Date.now(),
    );
  }

  /** Marks a change as edited; it goes with its last edit. */
  #touch(changeId: string): void {
    const gone = this.#run(
      'DELETE FROM changes WHERE id = ? AND NOT EXISTS (SELECT 1 FROM change_fields WHERE change_id = ?)',
      changeId,
      changeId,
    );
    if (!gone) this.#run('UPDATE changes SET updated_at = ? WHERE id = ?', Date.now(), changeId);
  }

  #get(sql: string, remoteId: string): unknown {
    return this.#statement(sql).get(this.connection.id, remoteId);
  }

  /** @returns whether a row was touched */
  #run(sql: string, ...values: (string | number | null)[]): boolean {
    return Number(this.#statement(sql).run(...values).changes) > 0;
  }

  #statement(sql: string): Statement {
    let statement = this.#kept.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#kept.set(sql, statement);
    }
    return statement;
  }
}
