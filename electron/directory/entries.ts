import type { Catalog } from '../../shared/catalog';
import { recordTitle } from '../../shared/catalog/read';
import type { JsonObject } from '../../shared/model/json';
import { inTurns, type Pace, takeTurns } from '../jobs/turns';
import type { GridRecord } from './grid';
import type { StoredRecord } from './store';

export interface GridEntry {
  readonly remoteId: string;
  readonly title: string;
  readonly stored: JsonObject;
}

/**
 * All records of a directory in memory, for what is done with many of them at once: a bulk edit, a spreadsheet. They take
 * several times what the grid takes, so they are read when they are needed and given up some time after.
 */
export class Entries {
  readonly #byId = new Map<string, GridEntry>();
  #lists = new WeakMap<readonly GridRecord[], readonly GridEntry[]>();

  private constructor(private readonly catalog: Catalog) {}

  /** Reads the records, which come in slices. */
  static async of(
    catalog: Catalog,
    slices: Iterable<readonly StoredRecord[]>,
    pace: Pace = takeTurns(),
  ): Promise<Entries> {
    const entries = new Entries(catalog);
    for (const slice of slices) await inTurns(slice, pace, (record) => entries.#set(record));
    return entries;
  }

  /** Takes a record that was read again. */
  refresh(record: StoredRecord): void {
    if (!this.#byId.has(record.remoteId)) return;
    this.#set(record);
    this.#lists = new WeakMap();
  }

  /** What a grid found, as records; the same list for the same answer. */
  list(found: readonly GridRecord[]): readonly GridEntry[] {
    const known = this.#lists.get(found);
    if (known) return known;
    const list = found.flatMap(({ remoteId }) => this.#byId.get(remoteId) ?? []);
    this.#lists.set(found, list);
    return list;
  }

  #set({ remoteId, stored }: StoredRecord): void {
    this.#byId.set(remoteId, { remoteId, title: recordTitle(this.catalog, remoteId, stored), stored });
  }
}
