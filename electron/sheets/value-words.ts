import type { FieldSpec } from '../../shared/catalog';
import { searchFold } from '../../shared/lib/text';
import type { LookupItem } from '../../shared/model/record';

// What people and other programs write for yes and no, folded.
const yes = ['yes', 'y', 'true', '1', 'on', 'enabled', 'بله', 'بلی', 'آری'].map(searchFold);
const no = ['no', 'n', 'false', '0', 'off', 'disabled', 'خیر', 'نه'].map(searchFold);

/** The wire value by what people may write for it, folded; one for each field, made once. */
export class ValueWords {
  readonly #words = new Map<string, ReadonlyMap<string, string>>();

  /** @param lookup the list that the server keeps for a field */
  constructor(private readonly lookup: (field: string) => readonly LookupItem[]) {}

  /** The wire value that a cell means; the cell itself if it means none. */
  read(spec: FieldSpec, cell: string): string {
    if (!spec.values && spec.suggest !== 'lookup') return cell;
    let words = this.#words.get(spec.name);
    if (!words) {
      words = wordsOf(spec, spec.suggest === 'lookup' ? this.lookup(spec.name) : []);
      this.#words.set(spec.name, words);
    }
    return words.get(searchFold(cell)) ?? cell;
  }
}

function wordsOf(spec: FieldSpec, items: readonly LookupItem[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const put = (word: string, value: string): void => {
    const folded = searchFold(word);
    if (folded !== '' && !words.has(folded)) words.set(folded, value);
  };
  const values = spec.values ?? [];
  for (const { value } of [...values, ...items]) put(value, value);
  for (const { value, label } of values) for (const text of [label.en, label.fa]) put(text, value);
  // A name shared by two entries of a list identifies neither.
  const names = items.map(({ label }) => searchFold(label));
  for (const { value, label } of items) {
    if (names.filter((name) => name === searchFold(label)).length === 1) put(label, value);
  }
  for (const [same, wire] of [
    [yes, ['yes', '1']],
    [no, ['no', '0']],
  ] as const) {
    const value = values.find((one) => wire.some((word) => word === one.value))?.value;
    if (value !== undefined) for (const word of same) put(word, value);
  }
  return words;
}
