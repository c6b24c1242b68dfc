import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Catalog, catalogOf, fieldSpec } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { fieldValue, recordTitle } from '../../shared/catalog/read';
import { validateField } from '../../shared/catalog/validate';
import type { FieldEdit } from '../../shared/diff';
import {
  type Change,
  type ChangeField,
  type ChangeId,
  changeIdSchema,
  type WorkOrderId,
  workOrderIdSchema,
} from '../../shared/model/change';
import { type Connection, type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import type { ShownValue } from '../../shared/model/record';
import { masked } from '../directory/view';
import { type Database, inTransaction } from '../storage/database';
import { all, one, run } from '../storage/rows';
import { openRecord, type Sealer } from '../storage/sealing';
import { takeTurns } from '../turns';
import type { WorkOrders } from './work-orders';

const changeRow = z.object({
  id: changeIdSchema,
  work_order_id: workOrderIdSchema,
  connection_id: connectionIdSchema,
  remote_id: z.string(),
  title: z.string(),
  updated_at: z.number(),
});
type ChangeRow = z.infer<typeof changeRow>;

const fieldRow = z.object({ field: z.string(), base: z.string().nullable(), next: z.string().nullable() });
type FieldRow = z.infer<typeof fieldRow>;

/** A change as the main process needs it: values open. `unreadable` names fields whose seal cannot be opened now. */
export interface OpenChange {
  readonly id: ChangeId;
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
  readonly title: string;
  readonly edits: readonly FieldEdit[];
  readonly unreadable: readonly string[];
}

/**
 * The prepared edits. Each is stored the moment it is typed, with the base it was prepared against; the value of a
 * secret field is sealed.
 */
export class Changes {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly workOrders: WorkOrders,
    private readonly kindOf: (id: ConnectionId) => Connection,
  ) {}

  /** The changes of a work order (the current one where none is named), of one connection where named. */
  list(connectionId: ConnectionId | null, workOrderId: WorkOrderId | null = null): Change[] {
    const sql = `SELECT * FROM changes WHERE work_order_id = ? AND (? IS NULL OR connection_id = ?)
      ORDER BY connection_id, created_at, id`;
    const order = workOrderId ?? this.workOrders.current().id;
    const rows = all(this.database, changeRow, sql, order, connectionId, connectionId);
    return rows.map((row) => this.#shown(row));
  }

  get(connectionId: ConnectionId, remoteId: string): Change | null {
    const row = this.#row(connectionId, remoteId);
    return row ? this.#shown(row) : null;
  }

  byId(id: ChangeId): ChangeRow {
    return this.#byId(id) ?? fail('not-found', { what: 'change' });
  }

  /** Of how many fields each of these records has prepared edits. */
  counts(connectionId: ConnectionId, remoteIds: readonly string[]): ReadonlyMap<string, number> {
    const sql = `SELECT c.remote_id, count(*) AS n FROM changes c JOIN change_fields f ON f.change_id = c.id
      WHERE c.work_order_id = ? AND c.connection_id = ? AND c.remote_id IN (SELECT value FROM json_each(?))
      GROUP BY c.remote_id`;
    const row = z.object({ remote_id: z.string(), n: z.number() });
    const order = this.workOrders.current().id;
    const found = all(this.database, row, sql, order, connectionId, JSON.stringify(remoteIds));
    return new Map(found.map(({ remote_id, n }) => [remote_id, n]));
  }

  /** The records that have prepared edits in the current work order; asked for in turns. */
  async changedRecords(connectionId: ConnectionId): Promise<ReadonlySet<string>> {
    const sql = `SELECT remote_id FROM changes WHERE work_order_id = ? AND connection_id = ? AND remote_id > ?
      ORDER BY remote_id LIMIT 1000`;
    const order = this.workOrders.current().id;
    const pace = takeTurns();
    const found = new Set<string>();
    for (let last = ''; ; ) {
      const rows = all(this.database, z.object({ remote_id: z.string() }), sql, order, connectionId, last);
      for (const { remote_id } of rows) found.add(remote_id);
      const end = rows.at(-1);
      if (!end) return found;
      last = end.remote_id;
      const rest = pace.tick();
      if (rest) await rest;
    }
  }

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
      const row = this.#row(connection.id, remoteId) ?? this.#create(connection, remoteId, record);
      const known = this.#fields(row.id).find((one) => one.field === field);
      const base = known ? this.#open(spec, known.base) : { ok: true, value: this.#baseOf(spec, record) };
      if (base.ok && isBase(spec, base.value, next)) {
        this.#drop(row.id, field);
        return;
      }
      const storedBase = known ? known.base : this.#close(spec, base.value);
      this.#put(row.id, field, storedBase, this.#close(spec, next));
      run(this.database, 'UPDATE changes SET updated_at = ? WHERE id = ?', Date.now(), row.id);
    });
    return this.get(connection.id, remoteId);
  }

  undoField(connectionId: ConnectionId, remoteId: string, field: string): Change | null {
    const row = this.#row(connectionId, remoteId);
    if (row) inTransaction(this.database, () => this.#drop(row.id, field));
    return this.get(connectionId, remoteId);
  }

  undoRecord(connectionId: ConnectionId, remoteId: string): void {
    const row = this.#row(connectionId, remoteId);
    if (row) run(this.database, 'DELETE FROM changes WHERE id = ?', row.id);
  }

  /** Takes whole changes out of the work orders that they are in. */
  drop(ids: readonly ChangeId[]): void {
    inTransaction(this.database, () => {
      for (const id of ids) run(this.database, 'DELETE FROM changes WHERE id = ?', id);
    });
  }

  /** Settles a conflict: the edit is now against what the server has, or it is dropped. */
  settle(id: ChangeId, field: string, keep: 'mine' | 'theirs', live: FieldValue): Change | null {
    const row = this.byId(id);
    const spec = fieldSpec(this.kindOf(row.connection_id).kind, field) ?? fail('invalid-input', { field });
    inTransaction(this.database, () => {
      if (keep === 'theirs') this.#drop(id, field);
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
      const row = this.#byId(id);
      if (!row) return;
      for (const { spec, stored } of this.#inOrder(catalogOf(this.kindOf(row.connection_id).kind), id)) {
        const value = written.get(spec.name);
        if (value === undefined) continue;
        const next = this.#open(spec, stored.next);
        if (next.ok && (next.value ?? '') === (value ?? '')) this.#drop(id, spec.name);
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
      const sql = 'SELECT * FROM changes WHERE work_order_id = ? AND connection_id = ? AND remote_id = ?';
      const found = one(this.database, changeRow, sql, workOrderId, connection.id, remoteId);
      if (!found && edits.length === 0) return null;
      const { id } = found ?? this.#insert(workOrderId, connection.id, remoteId, title);
      run(this.database, 'UPDATE changes SET updated_at = ? WHERE id = ?', Date.now(), id);
      edits.forEach(({ base, next }, index) => {
        const spec = specs[index];
        if (spec) this.#put(id, spec.name, this.#close(spec, base), this.#close(spec, next));
      });
      // After the new ones: a change goes with its last field.
      for (const { field } of this.#fields(id)) {
        if (!keep.includes(field) && !edits.some((edit) => edit.field === field)) this.#drop(id, field);
      }
      return this.#byId(id) ? id : null;
    });
  }

  /** A change with its values open, for planning. @throws ProblemError `not-found` */
  open(id: ChangeId): OpenChange {
    return this.find(id) ?? fail('not-found', { what: 'change' });
  }

  /** A change with its values open; null where it is not prepared any more. */
  find(id: ChangeId): OpenChange | null {
    const row = this.#byId(id);
    if (!row) return null;
    const catalog = catalogOf(this.kindOf(row.connection_id).kind);
    const edits: FieldEdit[] = [];
    const unreadable: string[] = [];
    for (const { spec, stored } of this.#inOrder(catalog, id)) {
      const base = this.#open(spec, stored.base);
      const next = this.#open(spec, stored.next);
      if (base.ok && next.ok) edits.push({ field: spec.name, base: base.value, next: next.value });
      else unreadable.push(spec.name);
    }
    return {
      id,
      connectionId: row.connection_id,
      remoteId: row.remote_id,
      title: row.title,
      edits,
      unreadable,
    };
  }

  /** The prepared value of a secret field, open; null where there is none. @throws where its seal does not open */
  prepared(connectionId: ConnectionId, remoteId: string, spec: FieldSpec): string | null {
    const row = this.#row(connectionId, remoteId);
    const stored = row && this.#fields(row.id).find((one) => one.field === spec.name);
    if (!stored) return null;
    const next = this.#open(spec, stored.next);
    return next.ok ? next.value : fail(this.sealer.whyUnreadable, { field: spec.name });
  }

  #byId(id: ChangeId): ChangeRow | undefined {
    return one(this.database, changeRow, 'SELECT * FROM changes WHERE id = ?', id);
  }

  #row(connectionId: ConnectionId, remoteId: string): ChangeRow | undefined {
    const sql = 'SELECT * FROM changes WHERE work_order_id = ? AND connection_id = ? AND remote_id = ?';
    return one(this.database, changeRow, sql, this.workOrders.current().id, connectionId, remoteId);
  }

  #create(connection: Connection, remoteId: string, record: JsonObject | null): ChangeRow {
    if (!record) fail('not-found', { what: 'record', id: remoteId });
    const workOrderId = this.workOrders.forNewEdit().id;
    const title = recordTitle(catalogOf(connection.kind), remoteId, record);
    return this.#insert(workOrderId, connection.id, remoteId, title);
  }

  #insert(workOrderId: WorkOrderId, connectionId: ConnectionId, remoteId: string, title: string): ChangeRow {
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

  #rebase(id: ChangeId, spec: FieldSpec, base: FieldValue): void {
    const sql = 'UPDATE change_fields SET base = ?, updated_at = ? WHERE change_id = ? AND field = ?';
    run(this.database, sql, this.#close(spec, base), Date.now(), id, spec.name);
  }

  #put(id: ChangeId, field: string, base: FieldValue, next: FieldValue): void {
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

  #drop(id: ChangeId, field: string): void {
    run(this.database, 'DELETE FROM change_fields WHERE change_id = ? AND field = ?', id, field);
    const sql =
      'DELETE FROM changes WHERE id = ? AND NOT EXISTS (SELECT 1 FROM change_fields WHERE change_id = ?)';
    run(this.database, sql, id, id);
  }

  #fields(id: ChangeId): FieldRow[] {
    return all(
      this.database,
      fieldRow,
      'SELECT field, base, next FROM change_fields WHERE change_id = ?',
      id,
    );
  }

  /** The edits in catalog order. Fields of a catalog that has shrunk since are kept in the database, not shown. */
  #inOrder(catalog: Catalog, id: ChangeId): { spec: FieldSpec; stored: FieldRow }[] {
    const stored = new Map(this.#fields(id).map((row) => [row.field, row]));
    return catalog.fields.flatMap((spec) => {
      const found = stored.get(spec.name);
      return found ? [{ spec, stored: found }] : [];
    });
  }

  #shown(row: ChangeRow): Change {
    const catalog = catalogOf(this.kindOf(row.connection_id).kind);
    return {
      id: row.id,
      workOrderId: row.work_order_id,
      connectionId: row.connection_id,
      remoteId: row.remote_id,
      title: row.title,
      fields: this.#inOrder(catalog, row.id).map(({ spec, stored }) => this.#shownField(spec, stored)),
      updatedAt: row.updated_at,
    };
  }

  #shownField(spec: FieldSpec, stored: FieldRow): ChangeField {
    const base = this.#open(spec, stored.base);
    const next = this.#open(spec, stored.next);
    const show = (opened: Opened): ShownValue =>
      opened.ok ? masked(spec, opened.value) : { secret: 'unreadable' };
    return {
      field: spec.name,
      base: show(base),
      next: show(next),
      problem: next.ok ? validateField(spec, next.value, base.ok ? base.value : null) : null,
    };
  }

  #baseOf(spec: FieldSpec, record: JsonObject | null): FieldValue {
    if (!record) fail('not-found', { what: 'record' });
    if (!spec.secret) return fieldValue(spec, record);
    const open = openRecord(this.sealer, record);
    return open ? fieldValue(spec, open) : fail(this.sealer.whyUnreadable, { field: spec.name });
  }

  #close(spec: FieldSpec, value: FieldValue): FieldValue {
    return spec.secret && value !== null && value !== '' ? this.sealer.seal(value) : value;
  }

  #open(spec: FieldSpec, stored: FieldValue): Opened {
    if (!spec.secret || stored === null || stored === '') return { ok: true, value: stored };
    const open = this.sealer.open(stored);
    return open === null ? { ok: false, value: null } : { ok: true, value: open };
  }
}

interface Opened {
  readonly ok: boolean;
  readonly value: FieldValue;
}

/** While typing, only the very same text is the base again; a telephone number written otherwise is still an edit. */
function isBase(spec: FieldSpec, base: FieldValue, next: string): boolean {
  if (spec.writeOnly) return next === '';
  return spec.type === 'phone' ? (base ?? '') === next : sameValue(spec, base, next);
}
