import { type Catalog, type FieldSpec, fieldsByName } from '../../shared/catalog';
import { fieldValue } from '../../shared/catalog/read';
import type { JsonObject } from '../../shared/model/json';
import { idColumn } from '../../shared/model/sheet';
import { identifyingText } from '../../shared/values/cell-form';
import { isCounted } from '../../shared/values/clean';
import { isShortenedNumber } from '../../shared/values/digits';
import type { Turn } from '../jobs/jobs';
import { unguarded } from './safe-cell';
import type { TableRow } from './table';

/** A record as far as it is looked for. */
export interface Findable {
  readonly remoteId: string;
  readonly stored: JsonObject;
}

/** A record that a row may be about. */
export interface Target extends Findable {
  readonly title: string;
}

/** What a key leads to. `zeros`: to nothing, but with zeros before it there would be one. */
export type Found<R> =
  | { readonly found: 'record'; readonly record: R }
  | { readonly found: 'ambiguous' | 'nothing' | 'scientific' | 'empty' | 'unreadable' }
  | { readonly found: 'zeros'; readonly key: string };

/** The fields that can tell which record a row is about, the surest first: the record's id, then what is unique. */
export function keyFields(catalog: Catalog): readonly string[] {
  const unique = catalog.fields.filter((spec) => spec.unique && !spec.secret);
  return [idColumn, ...unique.map(({ name }) => name)];
}

/** What a cell says that identifies a record: the value of a field, or the record's id where there is none. */
export function identifying(spec: FieldSpec | undefined, cell: string): string {
  // An id of digits is one whatever a spreadsheet has made of it; a user name `1.0` is another than `1`.
  return identifyingText(unguarded(cell), spec ? isCounted(spec) : true);
}

/** A directory by one of its keys. */
export class KeyIndex<R extends Findable> {
  readonly #records = new Map<string, R | null>();
  /** Keys by what is left of them without the zeros in front. */
  readonly #bare = new Map<string, string>();

  private constructor(private readonly read: (cell: string) => string) {}

  static async of<R extends Findable>(
    catalog: Catalog,
    field: string,
    records: readonly R[],
    turn: Turn,
  ): Promise<KeyIndex<R>> {
    const spec = fieldsByName(catalog).get(field);
    const index = new KeyIndex<R>((cell) => identifying(spec, cell));
    for (const record of records) {
      index.#add(spec ? (fieldValue(spec, record.stored) ?? '') : record.remoteId, record);
      await turn.tick(0);
    }
    return index;
  }

  find(cell: string): Found<R> {
    const key = this.read(cell);
    if (key === '') return { found: 'empty' };
    if (key.includes('\ufffd')) return { found: 'unreadable' };
    const record = this.#records.get(key);
    if (record) return { found: 'record', record };
    if (record === null) return { found: 'ambiguous' };
    const longer = this.#bare.get(key);
    if (longer !== undefined) return { found: 'zeros', key: longer };
    return { found: isShortenedNumber(key, false) ? 'scientific' : 'nothing' };
  }

  #add(value: string, record: R): void {
    const key = this.read(value);
    if (key === '') return;
    this.#records.set(key, this.#records.has(key) ? null : record);
    const bare = key.replace(/^0+(?=\d)/, '');
    if (bare !== key) this.#bare.set(bare, key);
  }
}

const looked = 300;

/**
 * The keys that a file has, the one by which most of its first rows are found first. A program of another kind may call
 * something `id` that is none of ours; then the number finds the rows and the id does not.
 * @returns beside the keys those of them by which nothing is found, where something is by another
 */
export async function orderKeys<R extends Findable>(
  catalog: Catalog,
  columns: readonly (string | null)[],
  rows: readonly TableRow[],
  records: readonly R[],
  turn: Turn,
): Promise<{ readonly keys: string[]; readonly idle: readonly string[] }> {
  const there = keyFields(catalog).filter((field) => columns.includes(field));
  if (there.length < 2) return { keys: there, idle: [] };
  const hits = new Map<string, number>();
  for (const field of there) {
    const index = await KeyIndex.of(catalog, field, records, turn);
    const at = columns.indexOf(field);
    const cells = rows.slice(0, looked).map((row) => row.cells[at] ?? '');
    hits.set(field, cells.filter((cell) => index.find(cell).found === 'record').length);
  }
  const keys = there.sort((a, b) => (hits.get(b) ?? 0) - (hits.get(a) ?? 0));
  const useful = (hits.get(keys[0] ?? '') ?? 0) > 0;
  return { keys, idle: useful ? keys.filter((field) => hits.get(field) === 0) : [] };
}
