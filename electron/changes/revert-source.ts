import { z } from 'zod';
import { catalogOf, ofCollection } from '../../shared/catalog';
import { sameValue } from '../../shared/catalog/compare';
import type { WorkOrderId } from '../../shared/model/change';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { ProblemError } from '../../shared/model/problem';
import type { RevertWhat } from '../../shared/model/revert';
import { inTurns, takeTurns } from '../jobs/turns';
import { fieldsOf } from '../journal/entries';
import { inCollection } from '../journal/journal';
import { entryAt, recordAfter, type WrittenEntry } from '../journal/moments';
import { changedFields, type FieldChange } from '../journal/written-fields';
import type { Database } from '../storage/database';
import { all, one } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import { openField } from '../values/open';
import { type Left, leftField, leftRecord, type WhyRecord } from './revert-tally';

export interface RevertSourceParts {
  readonly database: Database;
  readonly sealer: Sealer;
  /** @throws ProblemError where the connection has gone */
  readonly connection: (id: ConnectionId) => Connection;
  /** The record as last kept; null where the directory has none. */
  readonly stored: (of: RecordsOf, remoteId: string) => JsonObject | null;
}

export type Target = Pick<WrittenEntry, 'connectionId' | 'remoteId' | 'title' | 'intent'>;

/** What there is to take back: records with their fields, and what is known not to come back. */
export interface Gathered {
  readonly parts: readonly { readonly target: Target; readonly changed: readonly FieldChange[] }[];
  readonly left: readonly Left[];
}

const seqRow = z.object({ seq: z.number() });

/** Finds what there is to take back in the history. Prepares nothing. */
export class RevertSource {
  #last: { readonly key: string; readonly gathered: Gathered } | null = null;

  constructor(private readonly parts: RevertSourceParts) {}

  /** Returns what there is to take back. A long list is paged: the last result is kept until something is written. */
  async gathered(what: RevertWhat): Promise<Gathered> {
    const newest = one(this.parts.database, seqRow, 'SELECT coalesce(max(seq), 0) AS seq FROM journal')?.seq;
    const key = JSON.stringify([newest, what]);
    if (this.#last?.key !== key) this.#last = { key, gathered: await this.#gather(what) };
    return this.#last.gathered;
  }

  async #gather(what: RevertWhat): Promise<Gathered> {
    switch (what.what) {
      case 'entry':
        return this.ofEntry(what.seq, what.fields);
      case 'order':
        return this.ofOrder(what.workOrderId);
      case 'moment':
        return this.ofMoment(what.seq, what.side);
    }
  }

  /** One entry, or the fields named of it. */
  ofEntry(seq: number, fields: readonly string[] | null): Gathered {
    const entry = entryAt(this.parts.database, seq);
    const wanted = (field: string): boolean => fields === null || fields.includes(field);
    if ('note' in entry) {
      const names = fieldsOf(entry.note).filter(wanted);
      return { parts: [], left: names.map((field) => leftField(entry, field, 'not-written')) };
    }
    const { write } = entry;
    const changed = changedFields(this.parts.sealer, write).filter(({ field }) => wanted(field));
    const asked = write.intent.fields.map(({ field }) => field).filter(wanted);
    const unwritten = asked.filter((field) => !changed.some((one) => one.field === field));
    const left = unwritten.map((field) => leftField(write, field, 'not-written'));
    return { parts: [{ target: write, changed }], left };
  }

  /** All that a work order wrote, each field from before its first write to after its last. */
  async ofOrder(id: WorkOrderId): Promise<Gathered> {
    const { database, sealer } = this.parts;
    const sql = "SELECT seq FROM journal WHERE work_order_id = ? AND type = 'intent' ORDER BY seq";
    const records = new Map<string, { target: WrittenEntry; fields: Map<string, FieldChange> }>();
    await inTurns(all(database, seqRow, sql, id), takeTurns(), ({ seq }) => {
      const entry = entryAt(database, seq);
      if (!('write' in entry)) return;
      const { write } = entry;
      const key = `${write.connectionId} ${write.intent.collection ?? ''} ${write.remoteId}`;
      const record = records.get(key) ?? { target: write, fields: new Map<string, FieldChange>() };
      for (const change of changedFields(sealer, write)) {
        const first = record.fields.get(change.field);
        record.fields.set(change.field, first ? { ...change, before: first.before, seq: first.seq } : change);
      }
      records.set(key, { ...record, target: write });
    });
    const parts = [...records.values()].map(({ target, fields }) => ({
      target,
      changed: [...fields.values()],
    }));
    return { parts, left: [] };
  }

  /** A whole record: what differs between now and the moment before or after an entry. */
  ofMoment(seq: number, side: 'before' | 'after'): Gathered {
    const { database, sealer } = this.parts;
    const none = (left: Left): Gathered => ({ parts: [], left: [left] });
    const entry = entryAt(database, seq);
    if ('note' in entry) return none(leftRecord(entry, 'not-written'));
    const { write } = entry;
    if (side === 'after' && !write.ended?.after) return none(leftRecord(write, 'not-read-back'));
    const then = side === 'before' ? write.intent.before : recordAfter(write);
    const found = this.find(write);
    if ('why' in found) return none(leftRecord(write, found.why));
    const { connection, now } = found;
    const changed = catalogOf(connection).fields.flatMap((spec): FieldChange[] => {
      if (spec.volatile || spec.writeOnly) return [];
      const before = openField(sealer, spec, then);
      const after = openField(sealer, spec, now);
      const same = before !== undefined && after !== undefined && sameValue(spec, before, after);
      return same ? [] : [{ field: spec.name, before, after, seq }];
    });
    const left = this.#writtenBlind(write, side).map((field) => leftField(write, field, 'never-readable'));
    return { parts: [{ target: write, changed }], left };
  }

  /** Returns fields written since that can never be read: their former values are unknown. */
  #writtenBlind(write: WrittenEntry, side: 'before' | 'after'): string[] {
    const sql = `SELECT seq FROM journal WHERE connection_id = ? AND remote_id = ? AND ${inCollection}
      AND type = 'intent' AND seq >= ?`;
    const since = side === 'before' ? write.seq : write.seq + 1;
    const { connectionId, remoteId, intent } = write;
    const of = [connectionId, remoteId, intent.collection ?? ''];
    const rows = all(this.parts.database, seqRow, sql, ...of, since);
    const blind = new Set(
      catalogOf(ofCollection(intent))
        .fields.filter(({ writeOnly }) => writeOnly)
        .map(({ name }) => name),
    );
    const written = rows.flatMap(({ seq }) => {
      const entry = entryAt(this.parts.database, seq);
      return 'write' in entry ? entry.write.intent.fields.map(({ field }) => field) : [];
    });
    return [...new Set(written.filter((field) => blind.has(field)))];
  }

  /** Finds a record as last kept, or why it cannot be taken back. */
  find(target: Target): { connection: RecordsOf; now: JsonObject } | { why: WhyRecord } {
    try {
      const { connectionId, intent } = target;
      const connection = recordsOf(this.parts.connection(connectionId), intent.collection);
      const now = this.parts.stored(connection, target.remoteId);
      return now ? { connection, now } : { why: 'record-gone' };
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'not-found')
        return { why: 'connection-gone' };
      throw error;
    }
  }
}
