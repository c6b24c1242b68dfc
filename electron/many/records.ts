import type { RecordsOf } from '../../shared/model/connection';
import type { GridQueryInput } from '../../shared/model/many';
import type { GridEntry } from '../directory/entries';

/** What is needed of the directories: all records in an order. */
export interface RecordsPort {
  readonly found: (
    of: RecordsOf,
    sort: GridQueryInput['sort'],
  ) => readonly GridEntry[] | Promise<readonly GridEntry[]>;
}

const indexes = new WeakMap<readonly GridEntry[], ReadonlyMap<string, GridEntry>>();

/** The records of a list by their ids; made once a list. */
export function byId(entries: readonly GridEntry[]): ReadonlyMap<string, GridEntry> {
  let index = indexes.get(entries);
  if (!index) {
    index = new Map(entries.map((entry) => [entry.remoteId, entry]));
    indexes.set(entries, index);
  }
  return index;
}
