import { z } from 'zod';
import type { FieldValue } from '../../shared/catalog/compare';
import { type FieldSpec, readPath } from '../../shared/catalog/field';
import { fieldValue, valueAt } from '../../shared/catalog/read';
import type { WorkOrderId } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { Database } from '../storage/database';
import { all } from '../storage/rows';
import { isSealed, openRecord, type Sealer, sealedText } from '../storage/sealing';

const preparedRow = z.object({ remote_id: z.string(), field: z.string(), next: z.string().nullable() });

/** Records with what is prepared of them: what they will be, as far as anybody knows now. */
export class Present {
  readonly #prepared = new Map<string, Map<string, FieldValue>>();

  /** @param workOrderId the work order whose prepared edits count, null for none */
  constructor(
    database: Database,
    private readonly sealer: Sealer,
    connection: Connection,
    workOrderId: WorkOrderId | null,
  ) {
    if (workOrderId === null) return;
    const sql = `SELECT c.remote_id, f.field, f.next FROM changes c JOIN change_fields f ON f.change_id = c.id
      WHERE c.work_order_id = ? AND c.connection_id = ?`;
    for (const row of all(database, preparedRow, sql, workOrderId, connection.id)) {
      const fields = this.#prepared.get(row.remote_id) ?? new Map<string, FieldValue>();
      fields.set(row.field, row.next);
      this.#prepared.set(row.remote_id, fields);
    }
  }

  /** Whether anything is prepared of a record. */
  hasEdits(remoteId: string): boolean {
    return this.#prepared.has(remoteId);
  }

  /** Whether this field of a record has a prepared edit. */
  isPrepared(remoteId: string, field: string): boolean {
    return this.#prepared.get(remoteId)?.has(field) ?? false;
  }

  /**
   * A field's value: as prepared, else as stored; secrets open. Undefined where a seal does not open now.
   * @param stored the record as the directory keeps it, secrets sealed
   */
  value(spec: FieldSpec, remoteId: string, stored: JsonObject): FieldValue | undefined {
    const prepared = this.#prepared.get(remoteId);
    if (prepared?.has(spec.name)) return this.#open(spec, prepared.get(spec.name) ?? null);
    return storedValue(this.sealer, spec, stored);
  }

  #open(spec: FieldSpec, next: FieldValue): FieldValue | undefined {
    if (!spec.secret || next === null || !isSealed(next)) return next;
    return this.sealer.open(next) ?? undefined;
  }
}

/** A field's value as last read, its seal opened; undefined where it does not open now. */
export function storedValue(sealer: Sealer, spec: FieldSpec, stored: JsonObject): FieldValue | undefined {
  if (!spec.secret) return fieldValue(spec, stored);
  const path = readPath(spec);
  const value = valueAt(stored, path);
  if (sealedText(value) === null) return fieldValue(spec, stored);
  // Only this one value is opened: a record has several, and each costs.
  const [root = ''] = path;
  const open = openRecord(sealer, { [root]: stored[root] ?? null });
  return open ? fieldValue(spec, open) : undefined;
}
