import { z } from 'zod';
import type { FieldValue } from '../../shared/catalog/compare';
import {
  type ChangeId,
  changeIdSchema,
  type WorkOrderId,
  workOrderIdSchema,
} from '../../shared/model/change';
import { type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import { returnsSchema } from '../journal/had';
import type { Database } from '../storage/database';
import type { RecordKey } from '../storage/owner';
import { all, one, run } from '../storage/rows';
import { orderedIds } from './ordered-id';

const changeRow = z.object({
  id: changeIdSchema,
  work_order_id: workOrderIdSchema,
  connection_id: connectionIdSchema,
  collection: z.string(),
  remote_id: z.string(),
  title: z.string(),
  updated_at: z.number(),
  /** Its last edit's number in the database-wide count. */
  edit: z.number(),
});
export type ChangeRow = z.infer<typeof changeRow>;

const fieldRow = z.object({
  field: z.string(),
  base: z.string().nullable(),
  next: z.string().nullable(),
  /** The entry of the history whose value `next` puts back; null where it was typed. */
  returns: returnsSchema,
});
export type FieldRow = z.infer<typeof fieldRow>;

/** An edit as stored: sealed for a secret field. Null: there is none. */
export type StoredEdit = Omit<FieldRow, 'field'> | null;

const ofChange = fieldRow.extend({ change_id: changeIdSchema });

// Changes read at once.
const together = 200;

/** The tables of changes and their fields; values as stored, those of secrets sealed. Nothing else writes them. */
export class ChangeRows {
  readonly #nextId = orderedIds();

  constructor(private readonly database: Database) {}

  /** As they were prepared, by connection; of one connection where named. */
  list(workOrderId: WorkOrderId, connectionId: ConnectionId | null): ChangeRow[] {
    const sql = `SELECT * FROM changes WHERE work_order_id = ? AND (? IS NULL OR connection_id = ?)
      ORDER BY connection_id, created_at, id`;
    return all(this.database, changeRow, sql, workOrderId, connectionId, connectionId);
  }

  /** The same, in portions; edits prepared meanwhile may be included or not. */
  *slices(workOrderId: WorkOrderId, connectionId: ConnectionId | null): Iterable<readonly ChangeRow[]> {
    const row = changeRow.extend({ created_at: z.number() });
    const sql = `SELECT * FROM changes WHERE work_order_id = ? AND (connection_id, created_at, id) > (?, ?, ?)
      AND (? IS NULL OR connection_id = ?) ORDER BY connection_id, created_at, id LIMIT ${together}`;
    const from = connectionId ?? '';
    for (let last: [string, number, string] = [from, -1, '']; ; ) {
      const rows = all(this.database, row, sql, workOrderId, ...last, connectionId, connectionId);
      const end = rows.at(-1);
      if (!end) return;
      last = [end.connection_id, end.created_at, end.id];
      yield rows;
    }
  }

  /** Returns the existing changes among these ids, unordered. */
  some(ids: readonly ChangeId[]): ChangeRow[] {
    const sql = 'SELECT * FROM changes WHERE id IN (SELECT value FROM json_each(?))';
    return all(this.database, changeRow, sql, JSON.stringify(ids));
  }

  byId(id: ChangeId): ChangeRow | undefined {
    return one(this.database, changeRow, 'SELECT * FROM changes WHERE id = ?', id);
  }

  /** The change of a record in a work order. */
  of(workOrderId: WorkOrderId, { connection_id, collection, remote_id }: RecordKey): ChangeRow | undefined {
    const sql = `SELECT * FROM changes
      WHERE work_order_id = ? AND connection_id = ? AND collection = ? AND remote_id = ?`;
    return one(this.database, changeRow, sql, workOrderId, connection_id, collection, remote_id);
  }

  fields(id: ChangeId): FieldRow[] {
    const sql = 'SELECT field, base, next, returns FROM change_fields WHERE change_id = ?';
    return all(this.database, fieldRow, sql, id);
  }

  /** The fields of many changes, asked for at once. */
  fieldsOf(ids: readonly ChangeId[]): ReadonlyMap<ChangeId, readonly FieldRow[]> {
    const sql = `SELECT change_id, field, base, next, returns FROM change_fields
      WHERE change_id IN (SELECT value FROM json_each(?))`;
    const found = new Map<ChangeId, FieldRow[]>();
    for (const row of all(this.database, ofChange, sql, JSON.stringify(ids))) {
      const fields = found.get(row.change_id);
      if (fields) fields.push(row);
      else found.set(row.change_id, [row]);
    }
    return found;
  }

  /** The fields that a record has prepared in a work order. */
  prepared(workOrderId: WorkOrderId, { connection_id, collection, remote_id }: RecordKey): FieldRow[] {
    const sql = `SELECT f.field, f.base, f.next, f.returns FROM changes c JOIN change_fields f ON f.change_id = c.id
      WHERE c.work_order_id = ? AND c.connection_id = ? AND c.collection = ? AND c.remote_id = ?`;
    return all(this.database, fieldRow, sql, workOrderId, connection_id, collection, remote_id);
  }

  newId(): ChangeId {
    return changeIdSchema.parse(this.#nextId());
  }

  /** Makes a change; `set` gives it its edits. */
  insert(id: ChangeId, workOrderId: WorkOrderId, of: RecordKey, title: string): void {
    const sql = `INSERT INTO changes
      (id, work_order_id, connection_id, collection, remote_id, title, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
    const { connection_id, collection, remote_id } = of;
    const now = Date.now();
    run(this.database, sql, id, workOrderId, connection_id, collection, remote_id, title, now, now);
  }

  /** Stores a field's edit. */
  set(id: ChangeId, field: string, edit: StoredEdit): void {
    if (!edit) {
      run(this.database, 'DELETE FROM change_fields WHERE change_id = ? AND field = ?', id, field);
      return;
    }
    const sql = `INSERT INTO change_fields (change_id, field, base, next, returns, updated_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET base = excluded.base, next = excluded.next, returns = excluded.returns,
        updated_at = excluded.updated_at`;
    run(this.database, sql, id, field, edit.base, edit.next, edit.returns, Date.now());
  }

  rebase(id: ChangeId, field: string, base: FieldValue): void {
    const sql = 'UPDATE change_fields SET base = ?, updated_at = ? WHERE change_id = ? AND field = ?';
    run(this.database, sql, base, Date.now(), id, field);
  }

  /** Removes an edit, and the change with its last one. */
  drop(id: ChangeId, field: string): void {
    this.set(id, field, null);
    this.#removeEmpty(id);
  }

  /** Marks a change as edited now; removes one without edits. @returns whether it still exists */
  touch(id: ChangeId): boolean {
    if (this.#removeEmpty(id)) return false;
    run(this.database, 'UPDATE changes SET updated_at = ? WHERE id = ?', Date.now(), id);
    return true;
  }

  retitle(id: ChangeId, title: string): void {
    run(this.database, 'UPDATE changes SET title = ? WHERE id = ?', title, id);
  }

  remove(id: ChangeId): void {
    run(this.database, 'DELETE FROM changes WHERE id = ?', id);
  }

  /** Puts a change into another work order, which has none of the same record. */
  place(id: ChangeId, workOrderId: WorkOrderId): void {
    run(this.database, 'UPDATE changes SET work_order_id = ? WHERE id = ?', workOrderId, id);
  }

  /** Puts all changes of a work order into an empty one. @returns how many */
  placeAll(from: WorkOrderId, to: WorkOrderId): number {
    const sql = 'UPDATE changes SET work_order_id = ? WHERE work_order_id = ?';
    return run(this.database, sql, to, from).changes;
  }

  /** Merges two changes of a record: the second's edits win. */
  merge(into: ChangeId, from: ChangeId): void {
    const sql = 'UPDATE OR REPLACE change_fields SET change_id = ? WHERE change_id = ?';
    run(this.database, sql, into, from);
    this.remove(from);
  }

  #removeEmpty(id: ChangeId): boolean {
    const sql =
      'DELETE FROM changes WHERE id = ? AND NOT EXISTS (SELECT 1 FROM change_fields WHERE change_id = ?)';
    return run(this.database, sql, id, id).changes > 0;
  }
}
