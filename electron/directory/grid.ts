import type { Catalog } from '../../shared/catalog';
import { fieldValue, recordTitle } from '../../shared/catalog/read';
import { searchFold } from '../../shared/lib/text';
import type { JsonObject } from '../../shared/model/json';
import type { StoredRecord } from './store';

interface Entry {
  readonly remoteId: string;
  readonly title: string;
  readonly stored: JsonObject;
  /** Every value that is no secret, folded for searching. */
  readonly haystack: string;
  /** The number or name that people say, folded: who types exactly that means this record. */
  readonly names: readonly string[];
}

export interface GridQuery {
  readonly text: string;
  readonly sort: { readonly field: string; readonly descending: boolean } | null;
  /** Only records in this set, where given. */
  readonly only: ReadonlySet<string> | null;
}

const collator = new Intl.Collator(['fa', 'en'], { numeric: true, sensitivity: 'base' });

/**
 * One directory held ready for the grid: filtered and sorted in memory, the last order kept, so that scrolling
 * through 50,000 records only cuts slices.
 */
export class Grid {
  readonly #entries: Entry[];
  readonly #byId: Map<string, Entry>;
  #lastKey = '';
  #lastOrder: Entry[] = [];

  constructor(
    private readonly catalog: Catalog,
    records: readonly StoredRecord[],
  ) {
    this.#entries = records.map((record) => this.#entry(record));
    this.#byId = new Map(this.#entries.map((entry) => [entry.remoteId, entry]));
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Takes a record that was read again. */
  refresh(record: StoredRecord): void {
    const at = this.#entries.findIndex((entry) => entry.remoteId === record.remoteId);
    if (at < 0) return;
    const entry = this.#entry(record);
    this.#entries[at] = entry;
    this.#byId.set(entry.remoteId, entry);
    this.#lastKey = '';
  }

  get(remoteId: string): Entry | undefined {
    return this.#byId.get(remoteId);
  }

  /** The entries that a query finds, in its order; where it names none, those that are called exactly so come first. */
  find(query: GridQuery): readonly Entry[] {
    const needles = searchFold(query.text).split(/\s+/).filter(Boolean);
    const key = JSON.stringify([needles, query.sort, query.only ? [...query.only] : null]);
    if (key !== this.#lastKey) {
      const found = this.#filtered(needles, query.only);
      this.#lastOrder = this.#sorted(query.sort ? found : exactFirst(found, needles.join(' ')), query.sort);
      this.#lastKey = key;
    }
    return this.#lastOrder;
  }

  /** The distinct values of a field with how often each occurs, the most frequent first. */
  distinct(field: string): { value: string; count: number }[] {
    const spec = this.catalog.fields.find((one) => one.name === field);
    if (!spec || spec.secret) return [];
    const counts = new Map<string, number>();
    for (const entry of this.#entries) {
      const value = fieldValue(spec, entry.stored);
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  }

  #entry({ remoteId, stored }: StoredRecord): Entry {
    const values = this.catalog.fields
      .filter((spec) => !spec.secret && spec.type !== 'json')
      .map((spec) => fieldValue(spec, stored) ?? '');
    return {
      remoteId,
      title: recordTitle(this.catalog, remoteId, stored),
      stored,
      haystack: searchFold([remoteId, ...values].join('\u0001')),
      names: this.catalog.fields
        .filter(({ name }) => this.catalog.titleFields.includes(name))
        .map((spec) => searchFold(fieldValue(spec, stored) ?? '').trim()),
    };
  }

  #filtered(needles: readonly string[], only: ReadonlySet<string> | null): Entry[] {
    return this.#entries.filter(
      (entry) =>
        (only === null || only.has(entry.remoteId)) &&
        needles.every((needle) => entry.haystack.includes(needle)),
    );
  }

  #sorted(entries: Entry[], sort: GridQuery['sort']): Entry[] {
    const spec = sort && this.catalog.fields.find((one) => one.name === sort.field);
    if (!sort || !spec || spec.secret) return entries;
    const keyed = entries.map((entry) => ({ entry, key: fieldValue(spec, entry.stored) ?? '' }));
    const direction = sort.descending ? -1 : 1;
    // Empty values stand at the end in both directions: they are never what one looks for.
    keyed.sort((a, b) => {
      if (a.key === '' || b.key === '') return a.key === b.key ? 0 : a.key === '' ? 1 : -1;
      return direction * collator.compare(a.key, b.key);
    });
    return keyed.map(({ entry }) => entry);
  }
}

function exactFirst(entries: Entry[], text: string): Entry[] {
  if (text === '') return entries;
  const isExact = ({ names }: Entry): boolean => names.includes(text);
  return [...entries.filter(isExact), ...entries.filter((entry) => !isExact(entry))];
}
