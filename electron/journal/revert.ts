import { z } from 'zod';
import { catalogOf } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { validateField } from '../../shared/catalog/validate';
import type { FieldEdit } from '../../shared/diff';
import { isMaskedByServer } from '../../shared/lib/text';
import type { WorkOrderId } from '../../shared/model/change';
import type { Connection, ConnectionId } from '../../shared/model/connection';
import type { RevertReport } from '../../shared/model/journal';
import type { JsonObject } from '../../shared/model/json';
import { ProblemError } from '../../shared/model/problem';
import { type Database, inTransaction } from '../storage/database';
import { all } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import type { Changes } from '../workorders/changes';
import type { WorkOrders } from '../workorders/work-orders';
import { fieldsOf } from './entries';
import { entryAt, openField, recordAfter, type WrittenEntry } from './moments';
import { changedFields, type FieldChange } from './written-fields';

export interface ReverterParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly changes: Changes;
  readonly workOrders: WorkOrders;
  /** @throws ProblemError where the connection has gone */
  readonly connection: (id: ConnectionId) => Connection;
  /** The record as last kept; null where the directory has none. */
  readonly stored: (connection: Connection, remoteId: string) => JsonObject | null;
}

type Left = RevertReport['left'][number];
type WhyField = Extract<Left, { what: 'field' }>['why'];
type WhyRecord = Extract<Left, { what: 'record' }>['why'];
type Target = Pick<WrittenEntry, 'connectionId' | 'remoteId' | 'title'>;

const seqRow = z.object({ seq: z.number() });

/**
 * Takes entries of the history back by preparing changes in the current work order; nothing is ever written at once.
 * An edit's base is what the entry left behind, so that whatever was edited since shows as a conflict in the plan.
 */
export class Reverter {
  constructor(private readonly parts: ReverterParts) {}

  /** Takes one entry back, or the fields named of it. @throws ProblemError `not-found` */
  revert(seq: number, fields: readonly string[] | null): RevertReport {
    const entry = entryAt(this.parts.database, seq);
    const wanted = (field: string): boolean => fields === null || fields.includes(field);
    if ('note' in entry) {
      const names = fieldsOf(entry.note).filter(wanted);
      return nothing(names.map((field) => leftField(entry, field, 'not-written')));
    }
    const { write } = entry;
    const changed = changedFields(this.parts.sealer, write).filter(({ field }) => wanted(field));
    const asked = write.intent.fields.map(({ field }) => field).filter(wanted);
    const unwritten = asked.filter((field) => !changed.some((one) => one.field === field));
    const report = new Report(unwritten.map((field) => leftField(write, field, 'not-written')));
    inTransaction(this.parts.database, () => this.#prepare(write, changed, report));
    return report.done;
  }

  /** Takes back all that a work order wrote: each field to what it was before its first write in it. */
  revertWorkOrder(id: WorkOrderId): RevertReport {
    const { database, sealer } = this.parts;
    const sql = "SELECT seq FROM journal WHERE work_order_id = ? AND type = 'intent' ORDER BY seq";
    const records = new Map<string, { target: WrittenEntry; fields: Map<string, FieldChange> }>();
    for (const { seq } of all(database, seqRow, sql, id)) {
      const entry = entryAt(database, seq);
      if (!('write' in entry)) continue;
      const { write } = entry;
      const key = `${write.connectionId} ${write.remoteId}`;
      const record = records.get(key) ?? { target: write, fields: new Map<string, FieldChange>() };
      for (const change of changedFields(sealer, write)) {
        const first = record.fields.get(change.field);
        record.fields.set(change.field, first ? { ...change, before: first.before } : change);
      }
      records.set(key, { ...record, target: write });
    }
    const report = new Report([]);
    inTransaction(database, () => {
      for (const { target, fields } of records.values()) this.#prepare(target, [...fields.values()], report);
    });
    return report.done;
  }

  /** Puts a whole record back to what it was before or after an entry, from what it is now as last kept. */
  revertTo(seq: number, side: 'before' | 'after'): RevertReport {
    const { database, sealer } = this.parts;
    const entry = entryAt(database, seq);
    if ('note' in entry) return nothing([leftRecord(entry, 'not-written')]);
    const { write } = entry;
    if (side === 'after' && !write.ended?.after) return nothing([leftRecord(write, 'not-read-back')]);
    const then = side === 'before' ? write.intent.before : recordAfter(write);
    const found = this.#find(write);
    if ('why' in found) return nothing([leftRecord(write, found.why)]);
    const { connection, now } = found;
    const changes = catalogOf(connection.kind).fields.flatMap((spec): FieldChange[] => {
      if (spec.volatile || spec.writeOnly) return [];
      const before = openField(sealer, spec, then);
      const after = openField(sealer, spec, now);
      const same = before !== undefined && after !== undefined && sameValue(spec, before, after);
      return same ? [] : [{ field: spec.name, before, after }];
    });
    const blind = this.#writtenBlind(write, side).map((field) => leftField(write, field, 'never-readable'));
    const report = new Report(blind);
    inTransaction(database, () => this.#prepare(write, changes, report));
    return report.done;
  }

  /** Fields that were written since and can never be read: what they were before, nobody knows. */
  #writtenBlind(write: WrittenEntry, side: 'before' | 'after'): string[] {
    const sql = `SELECT seq FROM journal WHERE connection_id = ? AND remote_id = ? AND type = 'intent' AND seq >= ?`;
    const since = side === 'before' ? write.seq : write.seq + 1;
    const rows = all(this.parts.database, seqRow, sql, write.connectionId, write.remoteId, since);
    const blind = new Set(
      catalogOf(write.intent.kind)
        .fields.filter(({ writeOnly }) => writeOnly)
        .map(({ name }) => name),
    );
    const written = rows.flatMap(({ seq }) => {
      const entry = entryAt(this.parts.database, seq);
      return 'write' in entry ? entry.write.intent.fields.map(({ field }) => field) : [];
    });
    return [...new Set(written.filter((field) => blind.has(field)))];
  }

  #find(target: Target): { connection: Connection; now: JsonObject } | { why: WhyRecord } {
    try {
      const connection = this.parts.connection(target.connectionId);
      const now = this.parts.stored(connection, target.remoteId);
      return now ? { connection, now } : { why: 'record-gone' };
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'not-found')
        return { why: 'connection-gone' };
      throw error;
    }
  }

  #prepare(target: Target, changed: readonly FieldChange[], report: Report): void {
    if (changed.length === 0) return;
    const found = this.#find(target);
    if ('why' in found) {
      report.left.push(leftRecord(target, found.why));
      return;
    }
    const specs = new Map(catalogOf(found.connection.kind).fields.map((spec) => [spec.name, spec]));
    const edits: FieldEdit[] = [];
    for (const change of changed) {
      const verdict = editOf(specs.get(change.field), change);
      if (typeof verdict === 'string') report.left.push(leftField(target, change.field, verdict));
      else edits.push(verdict);
    }
    if (edits.length > 0) this.#take(found.connection, target, edits);
    report.add(edits.length);
  }

  /** What else is prepared of the record stays; an edit of the same field gives way. */
  #take(connection: Connection, { remoteId, title }: Target, edits: readonly FieldEdit[]): void {
    const { changes, workOrders } = this.parts;
    const order = workOrders.forNewEdit().id;
    const keep = changes.get(connection.id, remoteId)?.fields.map(({ field }) => field) ?? [];
    changes.takeIn(order, connection, { remoteId, title, edits }, keep);
  }
}

/** The edit that takes a field back, or why there is none. */
function editOf(spec: FieldSpec | undefined, { field, before, after }: FieldChange): FieldEdit | WhyField {
  if (spec?.writeOnly) return 'never-readable';
  if (!spec || spec.readOnly) return 'read-only';
  if (before === undefined || after === undefined) return 'unreadable';
  if (spec.secret && isMaskedByServer(before ?? '')) return 'never-readable';
  const next: FieldValue = before ?? '';
  // An emptied expiry, a value that no list has: said now, not found out in the plan.
  if (validateField(spec, next, after)) return 'not-settable';
  return { field, base: after, next };
}

class Report {
  #changes = 0;
  #fields = 0;

  constructor(readonly left: Left[]) {}

  add(fields: number): void {
    if (fields > 0) this.#changes += 1;
    this.#fields += fields;
  }

  get done(): RevertReport {
    return { changes: this.#changes, fields: this.#fields, left: this.left };
  }
}

function nothing(why: Left[]): RevertReport {
  return { changes: 0, fields: 0, left: why };
}

function leftField({ title }: { readonly title: string }, field: string, why: WhyField): Left {
  return { what: 'field', title, field, why };
}

function leftRecord({ title }: { readonly title: string }, why: WhyRecord): Left {
  return { what: 'record', title, why };
}
