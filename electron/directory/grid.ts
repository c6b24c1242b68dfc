import type { Catalog } from '../../shared/catalog';
import type { FieldSpec } from '../../shared/catalog/field';
import { fieldValue, recordTitle } from '../../shared/catalog/read';
import { searchFold } from '../../shared/lib/text';
import type { JsonObject } from '../../shared/model/json';
import { inTurns, type Pace, takeTurns } from '../jobs/turns';
import { Collation, inRankOrder } from './collation';
import type { StoredRecord } from './store';

export interface GridEntry {
  readonly remoteId: string;
  readonly title: string;
  readonly stored: JsonObject;
  /** Every non-secret value, folded for searching. */
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

interface Answered {
  readonly key: string;
  readonly only: ReadonlySet<string> | null;
  readonly found: Promise<readonly GridEntry[]>;
}

// The grid asks one question many times, and what is selected in it or edited in bulk asks beside it.
const answersKept = 4;

/**
 * One directory prepared for the grid: filtered and sorted in memory, with the last orders cached, so that scrolling
 * through 50,000 records only cuts slices. Long work runs in turns.
 */
export class Grid {
  readonly #entries: GridEntry[] = [];
  readonly #places = new Map<string, number>();
  readonly #collations = new Map<string, Promise<Collation>>();
  #answers: Answered[] = [];

  private constructor(private readonly catalog: Catalog) {}

  /** Makes a grid of records that come in slices. */
  static async of(
    catalog: Catalog,
    slices: Iterable<readonly StoredRecord[]>,
    pace: Pace = takeTurns(),
  ): Promise<Grid> {
    const grid = new Grid(catalog);
    const searched = catalog.fields.filter((spec) => !spec.secret && spec.type !== 'json');
    for (const slice of slices) {
      await inTurns(slice, pace, (record) => {
        grid.#places.set(record.remoteId, grid.#entries.length);
        grid.#entries.push(entryOf(catalog, searched, record));
      });
    }
    return grid;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Takes a record that was read again. */
  refresh(record: StoredRecord): void {
    const at = this.#places.get(record.remoteId);
    if (at === undefined) return;
    const searched = this.catalog.fields.filter((spec) => !spec.secret && spec.type !== 'json');
    this.#entries[at] = entryOf(this.catalog, searched, record);
    this.#answers = [];
    for (const spec of this.catalog.fields) {
      const value = fieldValue(spec, record.stored) ?? '';
      // Everyone who sorts awaits the same promise, so the value is in place by then.
      if (value === '') continue;
      void this.#collations.get(spec.name)?.then(
        (collation) => collation.add(value),
        () => undefined,
      );
    }
  }

  get(remoteId: string): GridEntry | undefined {
    const at = this.#places.get(remoteId);
    return at === undefined ? undefined : this.#entries[at];
  }

  /**
   * Returns the entries that a query finds, in its order; without an order, exact matches come first. The same query
   * is computed once.
   */
  find(query: GridQuery): Promise<readonly GridEntry[]> {
    const needles = searchFold(query.text).split(/\s+/).filter(Boolean);
    const key = JSON.stringify([needles, query.sort]);
    const known = this.#answers.find((one) => one.key === key && sameSet(one.only, query.only));
    if (known) return known.found;
    const found = this.#find(needles, query, takeTurns());
    const answered = { key, only: query.only, found };
    this.#answers = [answered, ...this.#answers].slice(0, answersKept);
    found.catch(() => {
      this.#answers = this.#answers.filter((one) => one !== answered);
    });
    return found;
  }

  /** The distinct values of a field with how often each occurs, the most frequent first. */
  async distinct(field: string, pace: Pace = takeTurns()): Promise<{ value: string; count: number }[]> {
    const spec = this.catalog.fields.find((one) => one.name === field);
    if (!spec || spec.secret) return [];
    const counts = new Map<string, number>();
    await inTurns(this.#entries, pace, (entry) => {
      const value = fieldValue(spec, entry.stored);
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    });
    return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  }

  async #find(needles: readonly string[], query: GridQuery, pace: Pace): Promise<readonly GridEntry[]> {
    const found: GridEntry[] = [];
    // A copy: a record that is read again in between must not appear in half of the answer.
    await inTurns([...this.#entries], pace, (entry) => {
      const wanted = query.only === null || query.only.has(entry.remoteId);
      if (wanted && needles.every((needle) => entry.haystack.includes(needle))) found.push(entry);
    });
    return query.sort ? this.#sorted(found, query.sort, pace) : exactFirst(found, needles.join(' '));
  }

  async #sorted(found: GridEntry[], sort: GridQuery['sort'], pace: Pace): Promise<readonly GridEntry[]> {
    const spec = sort && this.catalog.fields.find((one) => one.name === sort.field);
    if (!sort || !spec || spec.secret) return found;
    const ranks = await (await this.#collation(spec)).ranks(pace);
    const places = new Float64Array(found.length);
    await inTurns(found, pace, (entry, at) => {
      const rank = ranks.get(fieldValue(spec, entry.stored) ?? '');
      // Empty values come last in both directions: nobody looks for them.
      places[at] = rank === undefined ? ranks.size : sort.descending ? ranks.size - 1 - rank : rank;
    });
    return inRankOrder(found, places);
  }

  #collation(spec: FieldSpec): Promise<Collation> {
    const known = this.#collations.get(spec.name);
    if (known) return known;
    const made = this.#collate(spec);
    this.#collations.set(spec.name, made);
    made.catch(() => this.#collations.delete(spec.name));
    return made;
  }

  async #collate(spec: FieldSpec): Promise<Collation> {
    const pace = takeTurns();
    const values = new Set<string>();
    await inTurns(this.#entries, pace, (entry) => {
      const value = fieldValue(spec, entry.stored);
      if (value) values.add(value);
    });
    return Collation.of(values, pace);
  }
}

function entryOf(
  catalog: Catalog,
  searched: readonly FieldSpec[],
  { remoteId, stored }: StoredRecord,
): GridEntry {
  const values = searched.map((spec) => fieldValue(spec, stored) ?? '');
  const names = catalog.fields
    .filter(({ name }) => catalog.titleFields.includes(name))
    .map((spec) => searchFold(fieldValue(spec, stored) ?? '').trim());
  // A name of two parts is looked for as one as often: `علی رضا`, `علیرضا`.
  const joined = names.filter((name) => name.includes(' ')).map((name) => name.replace(/\s+/g, ''));
  return {
    remoteId,
    title: recordTitle(catalog, remoteId, stored),
    stored,
    haystack: [searchFold([remoteId, ...values].join('\u0001')), ...joined].join('\u0001'),
    names,
  };
}

function exactFirst(entries: GridEntry[], text: string): readonly GridEntry[] {
  if (text === '') return entries;
  const isExact = ({ names }: GridEntry): boolean => names.includes(text);
  if (!entries.some(isExact)) return entries;
  return [...entries.filter(isExact), ...entries.filter((entry) => !isExact(entry))];
}

/** Whether two sets hold the same; a set of 50,000 is asked for with every window of the grid. */
function sameSet(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  if (a.size !== b.size) return false;
  for (const one of b) if (!a.has(one)) return false;
  return true;
}
