import { catalogOf, fieldSpec } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { recordTitle } from '../../shared/catalog/read';
import type { Change, ChangeId } from '../../shared/model/change';
import type { RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import { inTransaction } from '../storage/database';
import type { ChangeRow } from './change-rows';
import { type Applied, Edits } from './edits';
import { inOrder, Prepared } from './prepared';

/** A field that somebody changed on the server since its edit was prepared. */
export interface Conflict {
  readonly changeId: ChangeId;
  readonly field: string;
  readonly live: FieldValue;
  /** What the record is called now, where nothing but the edits themselves stands against that. */
  readonly title: string | null;
}

/** Reads, prepares, settles, moves and removes prepared edits. */
export class Changes extends Prepared {
  readonly #edits = new Edits(this.database, this.rows, this.values);

  /** Prepares edits of one record, whole or not at all (`Edits.apply`). */
  apply(...asked: Parameters<Edits['apply']>): Applied | null {
    return this.#edits.apply(...asked);
  }

  /** Replaces a field's edit that `apply` reported by another form (`Edits.replace`). */
  replace(...asked: Parameters<Edits['replace']>): boolean {
    return this.#edits.replace(...asked);
  }

  /**
   * Stores what was typed into one field. A value equal to the base removes the edit, and the change with its last
   * one.
   * @param record the record as stored in the directory; null if it is gone, then only an existing edit can change
   * @returns the change as it is now, null if nothing differs any more
   */
  setField(
    connection: RecordsOf,
    remoteId: string,
    record: JsonObject | null,
    field: string,
    next: string,
  ): Change | null {
    const spec = fieldSpec(connection, field);
    if (!spec || spec.readOnly) fail('invalid-input', { field });
    inTransaction(this.database, () => {
      const row = this.row(connection, remoteId);
      if (!row && !record) fail('not-found', { what: 'record', id: remoteId });
      const workOrderId = row?.work_order_id ?? this.workOrders.forNewEdit().id;
      const title = record ? recordTitle(catalogOf(connection), remoteId, record) : remoteId;
      const target = { workOrderId, connection, remoteId, title, stored: record };
      this.apply(target, [{ field, next: { typed: next } }]);
    });
    return this.get(connection, remoteId);
  }

  undoField(of: RecordsOf, remoteId: string, field: string): Change | null {
    const row = this.row(of, remoteId);
    if (row) inTransaction(this.database, () => this.rows.drop(row.id, field));
    return this.get(of, remoteId);
  }

  undoRecord(of: RecordsOf, remoteId: string): void {
    const row = this.row(of, remoteId);
    if (row) this.rows.remove(row.id);
  }

  /** Removes whole changes from their work orders. */
  drop(ids: readonly ChangeId[]): void {
    inTransaction(this.database, () => {
      for (const id of ids) this.rows.remove(id);
    });
  }

  /**
   * Settles conflicts, all or none: edits take the server's value as their new base, or are dropped. A change that is
   * no longer prepared has nothing to settle.
   */
  settle(conflicts: readonly Conflict[], keep: 'mine' | 'theirs'): void {
    inTransaction(this.database, () => {
      for (const { changeId, field, live, title } of conflicts) {
        const row = this.rows.byId(changeId);
        if (!row) continue;
        const spec = fieldSpec(this.recordsOf(row), field) ?? fail('invalid-input', { field });
        if (keep === 'theirs') this.rows.drop(changeId, field);
        else this.#rebase(row, spec, live);
        if (title !== null) this.rows.retitle(changeId, title);
      }
    });
  }

  /**
   * Removes edits that are on the server now, and the change with its last one. An edit typed again during the write
   * stays, with the server's value as its base.
   * @param written the values that were written, by field
   * @param now the record as read back, possibly with a new title; null if it could not be read
   */
  removeWritten(id: ChangeId, written: ReadonlyMap<string, FieldValue>, now: JsonObject | null): void {
    inTransaction(this.database, () => {
      const row = this.rows.byId(id);
      if (!row) return;
      const catalog = catalogOf(this.recordsOf(row));
      if (now && catalog.titleFields.some((field) => written.has(field)))
        this.rows.retitle(id, recordTitle(catalog, row.remote_id, now));
      for (const { spec, stored } of inOrder(catalog, this.rows.fields(id))) {
        const value = written.get(spec.name);
        if (value === undefined) continue;
        const next = this.values.open(row, spec, 'next', stored.next);
        if (next !== undefined && (next ?? '') === (value ?? '')) this.rows.drop(id, spec.name);
        else if (!spec.writeOnly) this.#rebase(row, spec, value);
      }
    });
  }

  #rebase(row: ChangeRow, spec: FieldSpec, base: FieldValue): void {
    this.rows.rebase(row.id, spec.name, this.values.close(row, spec, 'base', base));
  }
}
