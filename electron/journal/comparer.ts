import { ofCollection } from '../../shared/catalog';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import type { Moments } from '../../shared/model/journal';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import type { Sealer } from '../storage/sealing';
import { differences, entryAt, isSameRecord, recordAfter, type WrittenEntry } from './moments';

export interface ComparerParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly connection: (id: ConnectionId) => Connection;
  readonly stored: (of: RecordsOf, remoteId: string) => JsonObject | null;
}

/** Compares two moments of a record. */
export class Comparer {
  constructor(private readonly parts: ComparerParts) {}

  /**
   * The record after one entry and after a later one, or as last read where `to` is null.
   * @throws ProblemError `not-found` where a moment is none of a record, `invalid-input` for two records
   */
  compare(from: number, to: number | null): Moments['differences'] {
    const first = this.#write(from);
    const second = to === null ? this.#now(first) : this.#after(first, this.#write(to));
    return differences(this.parts.sealer, ofCollection(first.intent), recordAfter(first), second);
  }

  #write(seq: number): WrittenEntry {
    const entry = entryAt(this.parts.database, seq);
    return 'write' in entry ? entry.write : fail('not-found', { what: 'record' });
  }

  #after(first: WrittenEntry, second: WrittenEntry): JsonObject {
    const { connectionId, remoteId, intent } = first;
    const same = isSameRecord(second, { connectionId, remoteId, ...ofCollection(intent) });
    return same ? recordAfter(second) : fail('invalid-input', { field: 'to' });
  }

  #now({ connectionId, remoteId, intent }: WrittenEntry): JsonObject {
    const of = recordsOf(this.parts.connection(connectionId), intent.collection);
    const stored = this.parts.stored(of, remoteId);
    return stored ?? fail('not-found', { what: 'record', id: remoteId });
  }
}
