import { z } from 'zod';
import type { FieldValue } from '../../shared/catalog/compare';
import { type FieldSpec, readPath } from '../../shared/catalog/field';
import { fieldValue, valueAt } from '../../shared/catalog/read';
import type { WorkOrderId } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { Database } from '../storage/database';
import { isSealed, openRecord, type Sealer, sealedText } from '../storage/sealing';

const preparedRow = z.object({ field: z.string(), next: z.string().nullable() });
const none: ReadonlyMap<string, FieldValue> = new Map();

/**
 * Records with what is prepared of them: what they will be, as far as anybody knows now. What is prepared is read record
 * by record, as it is asked for: all of 50,000 at once would hold everything else up.
 */
export class Present {
  readonly #statement: ReturnType<Database['prepare']> | null;
  #last: { readonly remoteId: string; readonly fields: ReadonlyMap<string, FieldValue> } | null = null;

  /** @param workOrderId the work order whose prepared edits count, null for none */
  constructor(
    database: Database,
    private readonly sealer: Sealer,
    private readonly connection: Connection,
    private readonly workOrderId: WorkOrderId | null,
  ) {
    const sql = `SELECT f.field, f.next FROM changes c JOIN change_fields f ON f.change_id = c.id
      WHERE c.work_order_id = ? AND c.connection_id = ? AND c.remote_id = ?`;
    this.#statement = workOrderId === null ? null : database.prepare(sql);
  }

  /** Whether anything is prepared of a record. */
  hasEdits(remoteId: string): boolean {
    return this.#prepared(remoteId).size > 0;
  }

  /** Whether this field of a record has a prepared edit. */
  isPrepared(remoteId: string, field: string): boolean {
    return this.#prepared(remoteId).has(field);
  }

  /**
   * A field's value: as prepared, else as stored; secrets open. Undefined where a seal does not open now.
   * @param stored the record as the directory keeps it, secrets sealed
   */
  value(spec: FieldSpec, remoteId: string, stored: JsonObject): FieldValue | undefined {
    const prepared = this.#prepared(remoteId);
    if (prepared.has(spec.name)) return openValue(this.sealer, spec, prepared.get(spec.name) ?? null);
    return storedValue(this.sealer, spec, stored);
  }

  #prepared(remoteId: string): ReadonlyMap<string, FieldValue> {
    // The fields of one record are asked for one after the other.
    if (this.#last?.remoteId === remoteId) return this.#last.fields;
    const rows: unknown[] = this.#statement?.all(this.workOrderId, this.connection.id, remoteId) ?? [];
    const fields =
      rows.length === 0
        ? none
        : new Map(rows.map((row) => preparedRow.parse(row)).map(({ field, next }) => [field, next]));
    this.#last = { remoteId, fields };
    return fields;
  }
}

/** A value as prepared edits are stored, its seal opened; undefined where it does not open now. */
export function openValue(sealer: Sealer, spec: FieldSpec, stored: FieldValue): FieldValue | undefined {
  if (!spec.secret || stored === null || !isSealed(stored)) return stored;
  return sealer.open(stored) ?? undefined;
}

/** A value as prepared edits are stored: that of a secret field sealed. @throws ProblemError the keychain's */
export function closeValue(sealer: Sealer, spec: FieldSpec, value: FieldValue): FieldValue {
  return spec.secret && value !== null && value !== '' ? sealer.seal(value) : value;
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
