import { type Catalog, catalogOf } from '../../shared/catalog';
import type { FieldSpec } from '../../shared/catalog/field';
import { validateField } from '../../shared/catalog/validate';
import type { FieldEdit } from '../../shared/diff';
import type { Change, ChangeField, ChangeId, WorkOrderId } from '../../shared/model/change';
import type { Connection, ConnectionId } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import type { ShownValue } from '../../shared/model/record';
import { masked } from '../directory/view';
import type { Database } from '../storage/database';
import type { Sealer } from '../storage/sealing';
import { type Pace, takeTurns } from '../turns';
import { type ChangeRow, ChangeRows, type FieldRow } from './change-rows';
import { ChangeValues, type Opened } from './change-values';
import type { WorkOrders } from './work-orders';

/** A change as the main process needs it: values open. `unreadable` names fields whose seal cannot be opened now. */
export interface OpenChange {
  readonly id: ChangeId;
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
  readonly title: string;
  readonly edits: readonly FieldEdit[];
  readonly unreadable: readonly string[];
}

// Changes whose fields are asked for at once.
const together = 200;

/** The prepared edits, read: as they may be shown, and opened for planning and writing. */
export class Prepared {
  protected readonly rows: ChangeRows;
  protected readonly values: ChangeValues;

  constructor(
    protected readonly database: Database,
    sealer: Sealer,
    protected readonly workOrders: WorkOrders,
    protected readonly kindOf: (id: ConnectionId) => Connection,
  ) {
    this.rows = new ChangeRows(database);
    this.values = new ChangeValues(sealer);
  }

  /** The changes of a work order (the current one where none is named), of one connection where named. */
  list(connectionId: ConnectionId | null, workOrderId: WorkOrderId | null = null): Change[] {
    const rows = this.rows.list(workOrderId ?? this.workOrders.currentId(), connectionId);
    return inParts(rows).flatMap((part) => this.#shown(part));
  }

  /** These changes, in this order; those that are gone are left out. For a window of a long list. */
  some(ids: readonly ChangeId[]): Change[] {
    const found = new Map(this.rows.some(ids).map((row) => [row.id, row]));
    return this.#shown(ids.flatMap((id) => found.get(id) ?? []));
  }

  get(connectionId: ConnectionId, remoteId: string): Change | null {
    const row = this.row(connectionId, remoteId);
    return row ? (this.#shown([row])[0] ?? null) : null;
  }

  byId(id: ChangeId): ChangeRow {
    return this.rows.byId(id) ?? fail('not-found', { what: 'change' });
  }

  /** A change with its values open, for planning. @throws ProblemError `not-found` */
  open(id: ChangeId): OpenChange {
    return this.find(id) ?? fail('not-found', { what: 'change' });
  }

  /** A change with its values open; null where it is not prepared any more. */
  find(id: ChangeId): OpenChange | null {
    const row = this.rows.byId(id);
    return row ? this.#opened(row, this.rows.fields(id)) : null;
  }

  /** All changes of a work order, of one connection where named, with their values open; in turns. */
  async openAll(
    workOrderId: WorkOrderId,
    connectionId: ConnectionId | null,
    pace: Pace = takeTurns(),
  ): Promise<OpenChange[]> {
    const found: OpenChange[] = [];
    for (const part of this.rows.slices(workOrderId, connectionId)) {
      const fields = this.rows.fieldsOf(part.map(({ id }) => id));
      // One that was taken away meanwhile has no fields any more.
      for (const row of part) if (fields.has(row.id)) found.push(this.#opened(row, fields.get(row.id) ?? []));
      const rest = pace.tick();
      if (rest) await rest;
    }
    return found;
  }

  /** The prepared value of a secret field, open; null where there is none. @throws where its seal does not open */
  prepared(connectionId: ConnectionId, remoteId: string, spec: FieldSpec): string | null {
    const row = this.row(connectionId, remoteId);
    const stored = row && this.rows.fields(row.id).find((one) => one.field === spec.name);
    if (!stored) return null;
    const next = this.values.open(spec, stored.next);
    return next.ok ? next.value : this.values.unreadable(spec);
  }

  /** The change of a record in the current work order. */
  protected row(connectionId: ConnectionId, remoteId: string): ChangeRow | undefined {
    return this.rows.of(this.workOrders.currentId(), connectionId, remoteId);
  }

  #opened(row: ChangeRow, fields: readonly FieldRow[]): OpenChange {
    const edits: FieldEdit[] = [];
    const unreadable: string[] = [];
    for (const { spec, stored } of inOrder(catalogOf(this.kindOf(row.connection_id).kind), fields)) {
      const base = this.values.open(spec, stored.base);
      const next = this.values.open(spec, stored.next);
      if (base.ok && next.ok) edits.push({ field: spec.name, base: base.value, next: next.value });
      else unreadable.push(spec.name);
    }
    const { id, connection_id: connectionId, remote_id: remoteId, title } = row;
    return { id, connectionId, remoteId, title, edits, unreadable };
  }

  #shown(rows: readonly ChangeRow[]): Change[] {
    const fields = this.rows.fieldsOf(rows.map(({ id }) => id));
    return rows.map((row) => ({
      id: row.id,
      workOrderId: row.work_order_id,
      connectionId: row.connection_id,
      remoteId: row.remote_id,
      title: row.title,
      fields: inOrder(catalogOf(this.kindOf(row.connection_id).kind), fields.get(row.id) ?? []).map(
        ({ spec, stored }) => this.#shownField(spec, stored),
      ),
      updatedAt: row.updated_at,
    }));
  }

  #shownField(spec: FieldSpec, stored: FieldRow): ChangeField {
    const base = this.values.open(spec, stored.base);
    const next = this.values.open(spec, stored.next);
    const show = (opened: Opened): ShownValue =>
      opened.ok ? masked(spec, opened.value) : { secret: 'unreadable' };
    return {
      field: spec.name,
      base: show(base),
      next: show(next),
      problem: next.ok ? validateField(spec, next.value, base.ok ? base.value : null) : null,
    };
  }
}

/** The edits in catalog order. Fields of a catalog that has shrunk since are kept in the database, not shown. */
export function inOrder(
  catalog: Catalog,
  fields: readonly FieldRow[],
): { spec: FieldSpec; stored: FieldRow }[] {
  const stored = new Map(fields.map((row) => [row.field, row]));
  return catalog.fields.flatMap((spec) => {
    const found = stored.get(spec.name);
    return found ? [{ spec, stored: found }] : [];
  });
}

function inParts<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < rows.length; at += together) parts.push(rows.slice(at, at + together));
  return parts;
}
