import { catalogOf } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { recordTitle } from '../../shared/catalog/read';
import type { FieldEdit } from '../../shared/diff';
import { beginning } from '../../shared/lib/storable';
import { isMaskedByServer } from '../../shared/lib/text';
import type { WorkOrder, WorkOrderId } from '../../shared/model/change';
import type {
  RevertInto,
  RevertLine,
  RevertPreview,
  RevertReport,
  RevertWhat,
} from '../../shared/model/revert';
import type { FieldChange } from '../journal/written-fields';
import { inTransaction } from '../storage/database';
import { masked, specOf } from '../values/show';
import type { Changes } from './changes';
import { type Gathered, RevertSource, type RevertSourceParts, type Target } from './revert-source';
import { leftField, leftRecord, RevertTally, type WhyField } from './revert-tally';
import { type WorkOrders, workOrderLabel } from './work-orders';

export interface ReverterParts extends RevertSourceParts {
  readonly changes: Changes;
  readonly workOrders: WorkOrders;
}

// The longest name of a work order.
const nameLimit = 120;

/**
 * Takes journal entries back by preparing changes, in the current work order or a new one; writes nothing to a
 * server. An edit's base is the value the entry left, so that later edits show as conflicts in the plan.
 */
export class Reverter {
  readonly #source: RevertSource;

  constructor(private readonly parts: ReverterParts) {
    this.#source = new RevertSource(parts);
  }

  /** Takes one entry back, or the fields named of it. @throws ProblemError `not-found` */
  revert(seq: number, fields: readonly string[] | null): RevertReport {
    return this.#prepareAll(this.#source.ofEntry(seq, fields), 'current');
  }

  /** Takes back all that a work order wrote: each field to what it was before its first write in it. */
  async revertWorkOrder(id: WorkOrderId, into?: RevertInto): Promise<RevertReport> {
    const own = { own: beginning(`Revert of ${workOrderLabel(this.parts.workOrders.get(id))}`, nameLimit) };
    return this.#prepareAll(await this.#source.ofOrder(id), into ?? own);
  }

  /** Puts a whole record back to what it was before or after an entry, from what it is now as last kept. */
  revertTo(seq: number, side: 'before' | 'after', into?: RevertInto): RevertReport {
    const gathered = this.#source.ofMoment(seq, side);
    const [first] = gathered.parts;
    const own = { own: beginning(`Revert of ${first?.target.title ?? ''}`.trim(), nameLimit) };
    return this.#prepareAll(gathered, into ?? own);
  }

  /** Returns some lines of what would be taken back. Prepares nothing. */
  async preview(what: RevertWhat, offset: number, limit: number): Promise<RevertPreview> {
    const { parts, left: before } = await this.#source.gathered(what);
    const report = new RevertTally([...before]);
    const lines: RevertLine[] = [];
    let records = 0;
    let total = 0;
    for (const { target, changed } of parts) {
      const found = this.#editsOf(target, changed, report);
      if (!found || found.edits.length === 0) continue;
      const { connection, edits, title } = found;
      const { id: connectionId, kind, collection } = connection;
      const catalog = catalogOf(connection);
      records += 1;
      for (const { field, base, next } of edits) {
        total += 1;
        if (total <= offset || lines.length === limit) continue;
        const spec = specOf(catalog, field);
        const shown = { from: masked(spec, base), to: masked(spec, next) };
        lines.push({ connectionId, kind, collection, remoteId: target.remoteId, title, field, ...shown });
      }
    }
    return { records, total, lines, left: report.left, current: this.parts.workOrders.wouldTakeEdit() };
  }

  /** Prepares everything in one transaction; makes a new work order only if there is something to put into it. */
  #prepareAll({ parts, left }: Gathered, into: RevertInto): RevertReport {
    const report = new RevertTally([...left]);
    const order = inTransaction(this.parts.database, (): WorkOrder | null => {
      let made: WorkOrder | null = null;
      for (const { target, changed } of parts) {
        const found = this.#editsOf(target, changed, report);
        if (!found || found.edits.length === 0) continue;
        made ??= this.#order(into);
        const { connection, title, edits } = found;
        const of = { workOrderId: made.id, connection, remoteId: target.remoteId, title, stored: null };
        // Other edits of the record stay; an edit of the same field is replaced.
        this.parts.changes.apply(of, edits);
        report.add(edits.length);
      }
      return made;
    });
    return into === 'current' || !order
      ? report.done
      : { ...report.done, into: this.parts.workOrders.get(order.id) };
  }

  #order(into: RevertInto): WorkOrder {
    const { workOrders } = this.parts;
    return into === 'current'
      ? workOrders.forNewEdit()
      : workOrders.create({ name: into.own, customer: '', ticket: '', note: '' });
  }

  /** Returns the edits that take a record's fields back, and notes those that cannot be. Null if the record is gone. */
  #editsOf(target: Target, changed: readonly FieldChange[], report: RevertTally) {
    if (changed.length === 0) return null;
    const found = this.#source.find(target);
    if ('why' in found) {
      report.left.push(leftRecord(target, found.why));
      return null;
    }
    const { connection, now } = found;
    const catalog = catalogOf(connection);
    const edits: FieldEdit[] = [];
    for (const change of changed) {
      const verdict = editOf(specOf(catalog, change.field), change);
      if (typeof verdict === 'string') report.left.push(leftField(target, change.field, verdict));
      else edits.push(verdict);
    }
    // The title as the directory shows it now: the record may have been renamed since the entry.
    return { connection, edits, title: recordTitle(catalog, target.remoteId, now) };
  }
}

/** The edit that takes a field back, or why there is none. */
function editOf(
  spec: FieldSpec | undefined,
  { field, before, after, seq }: FieldChange,
): FieldEdit | WhyField {
  if (spec?.writeOnly) return 'never-readable';
  if (!spec || spec.readOnly) return 'read-only';
  if (before === undefined || after === undefined) return 'unreadable';
  if (spec.secret && isMaskedByServer(before ?? '')) return 'never-readable';
  const next: FieldValue = before ?? '';
  // A value that the server had goes back even if today's checks refuse it; the plan warns.
  return { field, base: after, next, returns: { seq, form: next } };
}
