import { z } from 'zod';
import { type Catalog, type CollectionId, catalogOf } from '../../shared/catalog';
import type { FieldSpec } from '../../shared/catalog/field';
import { recordTitle } from '../../shared/catalog/read';
import { validateField } from '../../shared/catalog/validate';
import type { FieldEdit } from '../../shared/diff';
import type { Change, ChangeField, ChangeId, WorkOrderId } from '../../shared/model/change';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import { onlyTold } from '../apply/told-title';
import { type Pace, takeTurns } from '../jobs/turns';
import { HadValues } from '../journal/had';
import type { Database } from '../storage/database';
import { recordKey, storedCollection } from '../storage/owner';
import { jsonObject, one } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import { shown } from '../values/show';
import { type ChangeRow, ChangeRows, type FieldRow } from './change-rows';
import { ChangeValues } from './change-values';
import { Present } from './present';
import type { WorkOrders } from './work-orders';

/** A change as the main process needs it: values open. `unreadable` names fields whose seal cannot be opened now. */
export interface OpenChange {
  readonly id: ChangeId;
  readonly connectionId: ConnectionId;
  readonly collection: CollectionId;
  readonly remoteId: string;
  readonly title: string;
  /** Only a file gives the record this title. */
  readonly told?: true;
  readonly edits: readonly FieldEdit[];
  readonly unreadable: readonly string[];
}

// Changes per query for fields.
const together = 200;

/** Reads prepared edits: masked for showing, open for planning and writing. */
export class Prepared {
  protected readonly rows: ChangeRows;
  protected readonly values: ChangeValues;
  readonly #had: HadValues;

  constructor(
    protected readonly database: Database,
    sealer: Sealer,
    protected readonly workOrders: WorkOrders,
    protected readonly connection: (id: ConnectionId) => Connection,
  ) {
    this.rows = new ChangeRows(database);
    this.values = new ChangeValues(sealer);
    this.#had = new HadValues(database, sealer);
  }

  /** The changes of a work order (the current one where none is named), of one connection where named. */
  list(connectionId: ConnectionId | null, workOrderId: WorkOrderId | null = null): Change[] {
    const rows = this.rows.list(workOrderId ?? this.workOrders.currentId(), connectionId);
    return inParts(rows).flatMap((part) => this.#shown(part));
  }

  /** Returns these changes, in this order, without those that are gone. For a page of a long list. */
  some(ids: readonly ChangeId[]): Change[] {
    const found = new Map(this.rows.some(ids).map((row) => [row.id, row]));
    return this.#shown(ids.flatMap((id) => found.get(id) ?? []));
  }

  get(of: RecordsOf, remoteId: string): Change | null {
    const row = this.row(of, remoteId);
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
      // A change removed meanwhile has no fields.
      for (const row of part) if (fields.has(row.id)) found.push(this.#opened(row, fields.get(row.id) ?? []));
      await pace.tick();
    }
    return found;
  }

  /** The prepared value of a secret field, open; null where there is none. @throws where its seal does not open */
  prepared(of: RecordsOf, remoteId: string, spec: FieldSpec): string | null {
    const row = this.row(of, remoteId);
    const stored = row && this.rows.fields(row.id).find((one) => one.field === spec.name);
    if (!stored) return null;
    const next = this.values.open(row, spec, 'next', stored.next);
    return next === undefined ? this.values.unreadable(spec) : next;
  }

  /** The records of a directory with what the current work order has prepared of them. */
  present(of: RecordsOf): Present {
    return new Present(this.rows, this.values, of, this.workOrders.currentId());
  }

  /** The change of a record in the current work order. */
  protected row(of: RecordsOf, remoteId: string): ChangeRow | undefined {
    return this.rows.of(this.workOrders.currentId(), recordKey(of, remoteId));
  }

  /** Which records a change is one of. */
  protected recordsOf({
    connection_id,
    collection,
  }: Pick<ChangeRow, 'connection_id' | 'collection'>): RecordsOf {
    const connection = this.connection(connection_id);
    return recordsOf(connection, storedCollection(connection.kind, collection));
  }

  #opened(row: ChangeRow, fields: readonly FieldRow[]): OpenChange {
    const { id, connection_id: connectionId, remote_id: remoteId } = row;
    const told = onlyTold(row.title);
    const named = told === null ? { title: row.title } : { title: told, told: true as const };
    const edits: FieldEdit[] = [];
    const unreadable: string[] = [];
    const of = this.recordsOf(row);
    const { kind, collection } = of;
    for (const { spec, stored } of inOrder(catalogOf(of), fields)) {
      const base = this.values.open(row, spec, 'base', stored.base);
      const next = this.values.open(row, spec, 'next', stored.next);
      if (base === undefined || next === undefined) {
        unreadable.push(spec.name);
        continue;
      }
      const edit = { field: spec.name, base, next };
      edits.push(this.#had.vouch({ connectionId, kind, collection, remoteId }, edit, stored.returns));
    }
    return { id, connectionId, collection, remoteId, ...named, edits, unreadable };
  }

  /** Returns the title of a change's record; if only a file gives one, the directory's title, or the id. */
  #title({ title, connection_id, collection, remote_id }: ChangeRow, of: RecordsOf): string {
    if (onlyTold(title) === null) return title;
    const sql = 'SELECT raw FROM records WHERE connection_id = ? AND collection = ? AND remote_id = ?';
    const row = z.object({ raw: z.string() });
    const record = one(this.database, row, sql, connection_id, collection, remote_id);
    const raw = record && jsonObject(record.raw);
    return raw ? recordTitle(catalogOf(of), remote_id, raw) : remote_id;
  }

  #shown(rows: readonly ChangeRow[]): Change[] {
    const fields = this.rows.fieldsOf(rows.map(({ id }) => id));
    return rows.map((row) => {
      const of = this.recordsOf(row);
      return {
        id: row.id,
        workOrderId: row.work_order_id,
        connectionId: row.connection_id,
        collection: of.collection,
        remoteId: row.remote_id,
        title: this.#title(row, of),
        fields: inOrder(catalogOf(of), fields.get(row.id) ?? []).map(({ spec, stored }) =>
          this.#shownField(row, of, spec, stored),
        ),
        updatedAt: row.updated_at,
      };
    });
  }

  #shownField(
    row: ChangeRow,
    { kind, collection }: RecordsOf,
    spec: FieldSpec,
    stored: FieldRow,
  ): ChangeField {
    const base = this.values.open(row, spec, 'base', stored.base);
    const next = this.values.open(row, spec, 'next', stored.next);
    const target = { connectionId: row.connection_id, kind, collection, remoteId: row.remote_id };
    const both = { field: spec.name, base: shown(spec, base), next: shown(spec, next) };
    if (next === undefined) return { ...both, problem: null };
    const edit = { field: spec.name, base: base ?? null, next };
    const returned = this.#had.vouch(target, edit, stored.returns).returns !== undefined;
    if (returned) return { ...both, problem: null, returned };
    return { ...both, problem: validateField(spec, next, base ?? null) };
  }
}

/** The edits in catalog order. Fields that the catalog no longer has stay stored, not shown. */
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
