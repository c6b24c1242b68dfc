import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FieldValue } from '../../shared/catalog/compare';
import {
  type ChangeId,
  changeIdSchema,
  type WorkOrderId,
  workOrderIdSchema,
} from '../../shared/model/change';
import { type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { Database } from '../storage/database';
import { all, one, run } from '../storage/rows';

const changeRow = z.object({
  id: changeIdSchema,
  work_order_id: workOrderIdSchema,
  connection_id: connectionIdSchema,
  remote_id: z.string(),
  title: z.string(),
  updated_at: z.number(),
});
export type ChangeRow = z.infer<typeof changeRow>;

const fieldRow = z.object({ field: z.string(), base: z.string().nullable(), next: z.string().nullable() });
export type FieldRow = z.infer<typeof fieldRow>;

const ofChange = fieldRow.extend({ change_id: changeIdSchema });

// Changes read at once.
const together = 200;

/** The tables of changes and their fields; values as stored, those of secrets sealed. */
export class ChangeRows {
  constructor(private readonly database: Database) {}

  /** As they were prepared, by connection; of one connection where named. */
  list(workOrderId: WorkOrderId, connectionId: ConnectionId | null): ChangeRow[] {
    const sql = `SELECT * FROM changes WHERE work_order_id = ? AND (? IS NULL OR connection_id = ?)
      ORDER BY connection_id, created_at, id`;
    return all(this.database, changeRow, sql, workOrderId, connectionId, connectionId);
  }

  /** The same, some at a time; what is prepared meanwhile may be among them or not. */
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

  /** Those of these ids that are there, in no order. */
  some(ids: readonly ChangeId[]): ChangeRow[] {
    const sql = 'SELECT * FROM changes WHERE id IN (SELECT value FROM json_each(?))';
    return all(this.database, changeRow, sql, JSON.stringify(ids));
  }

  byId(id: ChangeId): ChangeRow | undefined {
    return one(this.database, changeRow, 'SELECT * FROM changes WHERE id = ?', id);
  }

  /** The change of a record in a work order. */
  of(workOrderId: WorkOrderId, connectionId: ConnectionId, remoteId: string): ChangeRow | undefined {
    const sql = 'SELECT * FROM changes WHERE work_order_id = ? AND connection_id = ? AND remote_id = ?';
    return one(this.database, changeRow, sql, workOrderId, connectionId, remoteId);
  }

  fields(id: ChangeId): FieldRow[] {
    const sql = 'SELECT field, base, next FROM change_fields WHERE change_id = ?';
    return all(this.database, fieldRow, sql, id);
  }

  /** The fields of many changes, asked for at once. */
  fieldsOf(ids: readonly ChangeId[]): ReadonlyMap<ChangeId, readonly FieldRow[]> {
    const sql = `SELECT change_id, field, base, next FROM change_fields
      WHERE change_id IN (SELECT value FROM json_each(?))`;
    const found = new Map<ChangeId, FieldRow[]>();
    for (const row of all(this.database, ofChange, sql, JSON.stringify(ids))) {
      const fields = found.get(row.change_id);
      if (fields) fields.push(row);
      else found.set(row.change_id, [row]);
    }
    return found;
  }

  insert(workOrderId: WorkOrderId, connectionId: ConnectionId, remoteId: string, title: string): ChangeRow {
    const now = Date.now();
    const id = changeIdSchema.parse(randomUUID());
    run(
      this.database,
      `INSERT INTO changes (id, work_order_id, connection_id, remote_id, title, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
      id,
      workOrderId,
      connectionId,
      remoteId,
      title,
      now,
      now,
    );
    return {
      id,
      work_order_id: workOrderId,
      connection_id: connectionId,
      remote_id: remoteId,
      title,
      updated_at: now,
    };
  }

  touch(id: ChangeId): void {
    run(this.database, 'UPDATE changes SET updated_at = ? WHERE id = ?', Date.now(), id);
  }

  remove(id: ChangeId): void {
    run(this.database, 'DELETE FROM changes WHERE id = ?', id);
  }

  put(id: ChangeId, field: string, base: FieldValue, next: FieldValue): void {
    run(
      this.database,
      `INSERT INTO change_fields (change_id, field, base, next, updated_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET base = excluded.base, next = excluded.next, updated_at = excluded.updated_at`,
      id,
      field,
      base,
      next,
      Date.now(),
    );
  }

  rebase(id: ChangeId, field: string, base: FieldValue): void {
    const sql = 'UPDATE change_fields SET base = ?, updated_at = ? WHERE change_id = ? AND field = ?';
    run(this.database, sql, base, Date.now(), id, field);
  }

  /** Takes an edit away, and the change with its last one. */
  drop(id: ChangeId, field: string): void {
    run(this.database, 'DELETE FROM change_fields WHERE change_id = ? AND field = ?', id, field);
    const sql =
      'DELETE FROM changes WHERE id = ? AND NOT EXISTS (SELECT 1 FROM change_fields WHERE change_id = ?)';
    run(this.database, sql, id, id);
  }
}
