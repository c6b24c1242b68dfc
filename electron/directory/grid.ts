import type { Catalog } from '../../shared/catalog';
import type { FieldSpec } from '../../shared/catalog/field';
import { fieldValue, recordTitle } from '../../shared/catalog/read';
import { searchFold } from '../../shared/lib/text';
import type { JsonObject } from '../../shared/model/json';
import { type Pace, takeTurns } from '../turns';
import { Collation, inRankOrder } from './collation';
import type { StoredRecord } from './store';

export interface GridEntry {
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

interface Answered {
  readonly key: string;
  readonly only: ReadonlySet<string> | null;
  readonly found: Promise<readonly GridEntry[]>;
}

// The grid asks one question many times, and what is selected in it or edited in bulk asks beside it.
const answersKept = 4;

/**
 * One directory held ready for the grid: filtered and sorted in memory, the last orders kept, so that scrolling
 * through 50,000 records only cuts slices. All that takes its time is done in turns.
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
      for (const record of slice) {
        grid.#places.set(record.remoteId, grid.#entries.length);
        grid.#entries.push(entryOf(catalog, searched, record));
        const rest = pace.tick();
        if (rest) await rest;
      }
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
      // Whoever sorts awaits the same promise later, so the value is in its place by then.
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
   * The entries that a query finds, in its order; where it names none, those that are called exactly so come first.
   * The same question asked twice is answered once.
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
    for (const entry of this.#entries) {
      const value = fieldValue(spec, entry.stored);
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
      const rest = pace.tick();
      if (rest) await rest;
    }
    return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  }

  async #find(needles: readonly string[], query: GridQuery, pace: Pace): Promise<readonly GridEntry[]> {
    const found: GridEntry[] = [];
    // A copy: a record that is read again meanwhile must not stand in half of the answer.
    for (const entry of [...this.#entries]) {
      const wanted = query.only === null || query.only.has(entry.remoteId);
      if (wanted && needles.every((needle) => entry.haystack.includes(needle))) found.push(entry);
      const rest = pace.tick();
      if (rest) await rest;
    }
    return query.sort ? this.#sorted(found, query.sort, pace) : exactFirst(found, needles.join(' '));
  }

  async #sorted(found: GridEntry[], sort: GridQuery['sort'], pace: Pace): Promise<readonly GridEntry[]> {
    const spec = sort && this.catalog.fields.find((one) => one.name === sort.field);
    if (!sort || !spec || spec.secret) return found;
    const ranks = await (await this.#collation(spec)).ranks(pace);
    const places = new Float64Array(found.length);
    for (const [at, entry] of found.entries()) {
      const rank = ranks.get(fieldValue(spec, entry.stored) ?? '');
      // Empty values stand at the end in both directions: they are never what one looks for.
      places[at] = rank === undefined ? ranks.size : sort.descending ? ranks.size - 1 - rank : rank;
      const rest = pace.tick();
      if (rest) await rest;
    }
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
    for (const entry of this.#entries) {
      const value = fieldValue(spec, entry.stored);
      if (value) values.add(value);
      const rest = pace.tick();
      if (rest) await rest;
    }
    return Collation.of(values, pace);
  }
}

function entryOf(
  catalog: Catalog,
  searched: readonly FieldSpec[],
  { remoteId, stored }: StoredRecord,
): GridEntry {
  const values = searched.map((spec) => fieldValue(spec, stored) ?? '');
  return {
    remoteId,
    title: recordTitle(catalog, remoteId, stored),
    stored,
    haystack: searchFold([remoteId, ...values].join('\u0001')),
    names: catalog.fields
      .filter(({ name }) => catalog.titleFields.includes(name))
      .map((spec) => searchFold(fieldValue(spec, stored) ?? '').trim()),
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
