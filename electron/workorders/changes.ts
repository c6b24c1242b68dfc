import { catalogOf, fieldSpec } from '../../shared/catalog';
import { type FieldValue, isBaseAgain } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { recordTitle } from '../../shared/catalog/read';
import type { Change, ChangeId, WorkOrderId } from '../../shared/model/change';
import type { Connection, ConnectionId } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import { inTransaction } from '../storage/database';
import type { ChangeRow } from './change-rows';
import { inOrder, type OpenChange, Prepared } from './prepared';

/**
 * The prepared edits. Each is stored the moment it is typed, with the base it was prepared against; the value of a
 * secret field is sealed.
 */
export class Changes extends Prepared {
  /**
   * Stores what was typed into one field. The base is taken from the record when the field is first edited and kept
   * from then on. A value that is the base again removes the edit, and the change with its last one.
   * @param record the record as stored in the directory; null where it has gone, then only an existing edit can go on
   * @returns the change as it is now, null where nothing differs any more
   */
  setField(
    connection: Connection,
    remoteId: string,
    record: JsonObject | null,
    field: string,
    next: string,
  ): Change | null {
    const spec = fieldSpec(connection.kind, field);
    if (!spec || spec.readOnly) fail('invalid-input', { field });
    inTransaction(this.database, () => {
      const row = this.row(connection.id, remoteId) ?? this.#create(connection, remoteId, record);
      const known = this.rows.fields(row.id).find((one) => one.field === field);
      const base = known
        ? this.values.open(spec, known.base)
        : { ok: true, value: this.values.base(spec, record) };
      if (base.ok && isBaseAgain(spec, base.value, next)) {
        this.rows.drop(row.id, field);
        return;
      }
      const storedBase = known ? known.base : this.values.close(spec, base.value);
      this.rows.put(row.id, field, storedBase, this.values.close(spec, next));
      this.rows.touch(row.id);
    });
    return this.get(connection.id, remoteId);
  }

  undoField(connectionId: ConnectionId, remoteId: string, field: string): Change | null {
    const row = this.row(connectionId, remoteId);
    if (row) inTransaction(this.database, () => this.rows.drop(row.id, field));
    return this.get(connectionId, remoteId);
  }

  undoRecord(connectionId: ConnectionId, remoteId: string): void {
    const row = this.row(connectionId, remoteId);
    if (row) this.rows.remove(row.id);
  }

  /** Takes whole changes out of the work orders that they are in. */
  drop(ids: readonly ChangeId[]): void {
    inTransaction(this.database, () => {
      for (const id of ids) this.rows.remove(id);
    });
  }

  /** Settles a conflict: the edit is now against what the server has, or it is dropped. */
  settle(id: ChangeId, field: string, keep: 'mine' | 'theirs', live: FieldValue): Change | null {
    const row = this.byId(id);
    const spec = fieldSpec(this.kindOf(row.connection_id).kind, field) ?? fail('invalid-input', { field });
    inTransaction(this.database, () => {
      if (keep === 'theirs') this.rows.drop(id, field);
      else this.#rebase(id, spec, live);
    });
    return this.get(row.connection_id, row.remote_id);
  }

  /**
   * Removes the edits that are on the server now; the change goes with its last one. An edit that was typed anew while
   * it was written stays, against what the server has now.
   * @param written the values that were written, by field
   */
  removeWritten(id: ChangeId, written: ReadonlyMap<string, FieldValue>): void {
    inTransaction(this.database, () => {
      const row = this.rows.byId(id);
      if (!row) return;
      const catalog = catalogOf(this.kindOf(row.connection_id).kind);
      for (const { spec, stored } of inOrder(catalog, this.rows.fields(id))) {
        const value = written.get(spec.name);
        if (value === undefined) continue;
        const next = this.values.open(spec, stored.next);
        if (next.ok && (next.value ?? '') === (value ?? '')) this.rows.drop(id, spec.name);
        else if (!spec.writeOnly) this.#rebase(id, spec, value);
      }
    });
  }

  /**
   * Prepares edits that were prepared elsewhere, each against the base that it brings; what else the record has prepared
   * in that work order goes, but for the fields to keep.
   * @returns the change, null where nothing is prepared of the record then
   */
  takeIn(
    workOrderId: WorkOrderId,
    connection: Connection,
    record: Pick<OpenChange, 'remoteId' | 'title' | 'edits'>,
    keep: readonly string[],
  ): ChangeId | null {
    const { remoteId, title, edits } = record;
    const specs = edits.map(
      ({ field }) => fieldSpec(connection.kind, field) ?? fail('invalid-input', { field }),
    );
    return inTransaction(this.database, () => {
      const found = this.rows.of(workOrderId, connection.id, remoteId);
      if (!found && edits.length === 0) return null;
      const { id } = found ?? this.rows.insert(workOrderId, connection.id, remoteId, title);
      this.rows.touch(id);
      edits.forEach(({ base, next }, index) => {
        const spec = specs[index];
        if (spec) this.rows.put(id, spec.name, this.values.close(spec, base), this.values.close(spec, next));
      });
      // After the new ones: a change goes with its last field.
      for (const { field } of this.rows.fields(id)) {
        if (!keep.includes(field) && !edits.some((edit) => edit.field === field)) this.rows.drop(id, field);
      }
      return this.rows.byId(id) ? id : null;
    });
  }

  #create(connection: Connection, remoteId: string, record: JsonObject | null): ChangeRow {
    if (!record) fail('not-found', { what: 'record', id: remoteId });
    const workOrderId = this.workOrders.forNewEdit().id;
    const title = recordTitle(catalogOf(connection.kind), remoteId, record);
    return this.rows.insert(workOrderId, connection.id, remoteId, title);
  }

  #rebase(id: ChangeId, spec: FieldSpec, base: FieldValue): void {
    this.rows.rebase(id, spec.name, this.values.close(spec, base));
  }
}
