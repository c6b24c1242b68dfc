import { type CollectionId, catalogOf } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { recordTitle } from '../../shared/catalog/read';
import type { WorkOrderId } from '../../shared/model/change';
import type { ConnectionId, RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { recordKey } from '../storage/owner';
import type { ChangeRows } from './change-rows';
import type { ChangeValues } from './change-values';

/**
 * Records with their prepared edits applied. Edits are read record by record on demand: reading all of 50,000 at once
 * would block.
 */
export class Present {
  #last: { readonly remoteId: string; readonly next: ReadonlyMap<string, FieldValue> } | null = null;

  /** @param workOrderId the work order whose prepared edits count */
  constructor(
    private readonly rows: ChangeRows,
    private readonly values: ChangeValues,
    private readonly of: RecordsOf,
    private readonly workOrderId: WorkOrderId,
  ) {}

  /** Whether anything is prepared of a record. */
  hasEdits(remoteId: string): boolean {
    return this.#prepared(remoteId).size > 0;
  }

  /** Whether this field of a record has a prepared edit. */
  isPrepared(remoteId: string, field: string): boolean {
    return this.#prepared(remoteId).has(field);
  }

  /**
   * Returns a field's value, open: as prepared, else as stored. Undefined if a seal cannot be opened now.
   * @param stored the record as the directory keeps it, secrets sealed
   */
  value(spec: FieldSpec, remoteId: string, stored: JsonObject): FieldValue | undefined {
    const next = this.#prepared(remoteId).get(spec.name);
    if (next === undefined) return this.values.stored(spec, stored);
    return this.values.open(recordKey(this.of, remoteId), spec, 'next', next);
  }

  #prepared(remoteId: string): ReadonlyMap<string, FieldValue> {
    // The fields of one record are queried in a row.
    if (this.#last?.remoteId === remoteId) return this.#last.next;
    const rows = this.rows.prepared(this.workOrderId, recordKey(this.of, remoteId));
    const next = new Map(rows.map((row) => [row.field, row.next]));
    this.#last = { remoteId, next };
    return next;
  }
}

export interface PresentOneParts {
  readonly changes: { readonly present: (of: RecordsOf) => Present };
  readonly stored: (of: RecordsOf, remoteId: string) => JsonObject | null;
}

/** One record as it will be, as known now. */
export interface PresentOne {
  readonly connectionId: ConnectionId;
  readonly collection: CollectionId;
  readonly remoteId: string;
  readonly title: string;
  readonly stored: JsonObject;
  isPrepared(field: string): boolean;
  /** Open; undefined where a seal does not open now. */
  value(spec: FieldSpec): FieldValue | undefined;
}

/** A record with what the current work order has prepared of it; null where it is not in its directory. */
export function presentOne(
  { changes, stored: storedOf }: PresentOneParts,
  of: RecordsOf,
  remoteId: string,
): PresentOne | null {
  const stored = storedOf(of, remoteId);
  if (!stored) return null;
  const present = changes.present(of);
  return {
    connectionId: of.id,
    collection: of.collection,
    remoteId,
    title: recordTitle(catalogOf(of), remoteId, stored),
    stored,
    isPrepared: (field) => present.isPrepared(remoteId, field),
    value: (spec) => present.value(spec, remoteId, stored),
  };
}
