import type { Catalog } from '../../shared/catalog';
import type { FieldSpec } from '../../shared/catalog/field';
import { fieldValue } from '../../shared/catalog/read';
import { searchFold } from '../../shared/lib/text';
import { inTurns, type Pace, takeTurns } from '../jobs/turns';
import { Collation, inRankOrder } from './collation';
import { SearchText } from './search-text';
import type { StoredRecord } from './store';
import type { GridSource } from './windows';

/** A record as the grid finds it: who it is, and its place in the server's order. */
export interface GridRecord {
  readonly remoteId: string;
  readonly place: number;
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
  readonly found: Promise<readonly GridRecord[]>;
}

/** The values of a field by place, and their order once somebody sorts by it. */
interface Column {
  readonly values: string[];
  collation: Promise<Collation> | null;
}

// The grid asks one question many times, and what is selected in it or edited in bulk asks beside it.
const answersKept = 4;
// In no folded text: names are looked for whole between two of them.
const aroundName = '\u0002';

/**
 * One directory prepared for the grid: what is searched in one buffer, and of fields that somebody sorted by the values.
 * Records are not in it. The last orders are cached, so that scrolling through 50,000 records only cuts slices. Long work
 * runs in turns.
 */
export class Grid {
  readonly #records: GridRecord[] = [];
  readonly #places = new Map<string, number>();
  readonly #text = new SearchText();
  readonly #columns = new Map<string, Promise<Column>>();
  readonly #searched: readonly FieldSpec[];
  #answers: Answered[] = [];

  private constructor(
    private readonly catalog: Catalog,
    private readonly source: GridSource,
  ) {
    this.#searched = catalog.fields.filter((spec) => !spec.secret && spec.type !== 'json');
  }

  /** Makes a grid of a directory. */
  static async of(catalog: Catalog, source: GridSource, pace: Pace = takeTurns()): Promise<Grid> {
    const grid = new Grid(catalog, source);
    for (const slice of source.records()) {
      await inTurns(slice, pace, (record) => {
        const place = grid.#records.length;
        grid.#places.set(record.remoteId, place);
        grid.#records.push({ remoteId: record.remoteId, place });
        grid.#text.set(place, searchTextOf(catalog, grid.#searched, record));
      });
    }
    return grid;
  }

  get size(): number {
    return this.#records.length;
  }

  /** Takes a record that was read again. */
  refresh(record: StoredRecord): void {
    const place = this.#places.get(record.remoteId);
    if (place === undefined) return;
    this.#text.set(place, searchTextOf(this.catalog, this.#searched, record));
    this.#answers = [];
    for (const spec of this.catalog.fields) {
      const value = fieldValue(spec, record.stored) ?? '';
      // Everyone who sorts awaits the same promises, so the value is in place by then.
      void this.#columns.get(spec.name)?.then(
        async (column) => {
          column.values[place] = value;
          if (value !== '') (await column.collation)?.add(value);
        },
        () => undefined,
      );
    }
  }

  /**
   * Returns the records that a query finds, in its order; without an order, exact matches come first. The same query
   * is computed once.
   */
  find(query: GridQuery): Promise<readonly GridRecord[]> {
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
    await inTurns((await this.#column(spec)).values, pace, (value) => {
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    });
    return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  }

  async #find(
    needles: readonly string[],
    { only, sort }: GridQuery,
    pace: Pace,
  ): Promise<readonly GridRecord[]> {
    // How many of the needles each has; a record that is read again in between must not appear in half of the answer.
    const marks = new Uint8Array(this.#records.length);
    const wanted = needles.slice(0, needlesAtMost);
    for (const [level, needle] of wanted.entries()) await this.#text.mark(needle, marks, level, pace);
    const found: GridRecord[] = [];
    await inTurns(this.#records, pace, (record) => {
      if (marks[record.place] === wanted.length && (only === null || only.has(record.remoteId)))
        found.push(record);
    });
    if (sort) return this.#sorted(found, sort, pace);
    if (needles.length === 0) return found;
    const name = `${aroundName}${needles.join(' ')}${aroundName}`;
    await this.#text.mark(name, marks, wanted.length, pace);
    const isExact = ({ place }: GridRecord): boolean => (marks[place] ?? 0) > wanted.length;
    if (!found.some(isExact)) return found;
    return [...found.filter(isExact), ...found.filter((record) => !isExact(record))];
  }

  async #sorted(
    found: GridRecord[],
    sort: NonNullable<GridQuery['sort']>,
    pace: Pace,
  ): Promise<readonly GridRecord[]> {
    const spec = this.catalog.fields.find((one) => one.name === sort.field);
    if (!spec || spec.secret) return found;
    const column = await this.#column(spec);
    column.collation ??= collationOf(column);
    const ranks = await (await column.collation).ranks(pace);
    const keys = new Float64Array(found.length);
    await inTurns(found, pace, ({ place }, at) => {
      const rank = ranks.get(column.values[place] ?? '');
      // Empty values come last in both directions: nobody looks for them.
      keys[at] = rank === undefined ? ranks.size : sort.descending ? ranks.size - 1 - rank : rank;
    });
    return inRankOrder(found, keys);
  }

  #column(spec: FieldSpec): Promise<Column> {
    const known = this.#columns.get(spec.name);
    if (known) return known;
    const made = this.#read(spec);
    this.#columns.set(spec.name, made);
    made.catch(() => this.#columns.delete(spec.name));
    return made;
  }

  async #read(spec: FieldSpec): Promise<Column> {
    const pace = takeTurns();
    const values = new Array<string>(this.#records.length).fill('');
    // The same value is the same text in memory: most fields have few.
    const same = new Map<string, string>();
    for (const slice of this.source.values(spec)) {
      await inTurns(slice, pace, ([remoteId, value]) => {
        const place = this.#places.get(remoteId);
        if (!value || place === undefined) return;
        const text = same.get(value) ?? value;
        if (text === value) same.set(value, value);
        values[place] = text;
      });
    }
    return { values, collation: null };
  }
}

// More words than a mark can count narrow nothing down that the first did not.
const needlesAtMost = 250;

async function collationOf({ values }: Column): Promise<Collation> {
  const pace = takeTurns();
  const distinct = new Set<string>();
  await inTurns(values, pace, (value) => {
    if (value !== '') distinct.add(value);
  });
  return Collation.of(distinct, pace);
}

/** What a record is found by: its names, whole, and every non-secret value, folded. */
function searchTextOf(
  catalog: Catalog,
  searched: readonly FieldSpec[],
  { remoteId, stored }: StoredRecord,
): string {
  const values = searched.map((spec) => fieldValue(spec, stored) ?? '');
  // The number or name that people say: who types exactly that means this record.
  const names = catalog.fields
    .filter(({ name }) => catalog.titleFields.includes(name))
    .map((spec) => searchFold(fieldValue(spec, stored) ?? '').trim());
  // A name of two parts is looked for as one as often: `علی رضا`, `علیرضا`.
  const joined = names.filter((name) => name.includes(' ')).map((name) => name.replace(/\s+/g, ''));
  const exact = ['', ...names, ''].join(aroundName);
  return [exact, searchFold([remoteId, ...values].join('\u0001')), ...joined].join('\u0001');
}

/** Whether two sets hold the same; a set of 50,000 is asked for with every window of the grid. */
function sameSet(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  if (a.size !== b.size) return false;
  for (const one of b) if (!a.has(one)) return false;
  return true;
}
