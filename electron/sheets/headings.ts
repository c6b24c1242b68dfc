import { type Catalog, type FieldSpec, fieldsByName } from '../../shared/catalog';
import { searchFold, soundsSecret } from '../../shared/lib/text';
import { actionColumn, idColumn, type SheetView } from '../../shared/model/sheet';
import { isActionTitle } from './actions';
import { headingKey, squeezedKey } from './heading-key';
import { reasonHeadings } from './words';

export type MatchedBy = NonNullable<SheetView['columns'][number]['by']>;

/** A column and its match: a field's name, `idColumn`, `actionColumn`, or null. */
export interface MatchedColumn {
  readonly title: string;
  readonly field: string | null;
  readonly by: MatchedBy | null;
}

type Names = ReadonlyMap<string, string>;

const ranked = new Map<Catalog, readonly (readonly [MatchedBy, Names])[]>();

/** What fields can be called, the surest first. */
function namesOf(catalog: Catalog): readonly (readonly [MatchedBy, Names])[] {
  let found = ranked.get(catalog);
  if (!found) {
    const names = new Map([idColumn, catalog.idField].map((name) => [headingKey(name), idColumn]));
    const labels = new Map<string, string>();
    const aliases = new Map<string, string>();
    for (const { name, label, aliases: others = [] } of catalog.fields) {
      names.set(headingKey(name), name);
      for (const text of [label.en, label.fa]) labels.set(headingKey(text), name);
      for (const alias of others) aliases.set(squeezedKey(alias), name);
    }
    // A label in Persian is written with a space, a half-space or nothing between its words.
    for (const { name, label } of catalog.fields) {
      const key = squeezedKey(label.fa);
      if (label.fa.includes(' ') && !aliases.has(key)) aliases.set(key, name);
    }
    found = [
      ['name', names],
      ['label', labels],
      ['alias', aliases],
    ];
    ranked.set(catalog, found);
  }
  return found;
}

/**
 * Matches columns to fields by their headings: an earlier choice of a person first, then wire names, labels, and what
 * other programs call them. No field is matched twice: the surer match has it, then the first.
 * @param earlier by folded heading; the empty text for a column that was left out
 * @param fits whether a column's cells can be of a field; a heading alone may mean something else in another program
 */
export function matchHeadings(
  catalog: Catalog,
  titles: readonly string[],
  earlier: ReadonlyMap<string, string>,
  fits: (spec: FieldSpec, index: number, by: MatchedBy) => boolean = () => true,
): MatchedColumn[] {
  const keys = titles.map(headingKey);
  const specs = fieldsByName(catalog);
  const found: MatchedColumn[] = titles.map((title) => ({ title, field: null, by: null }));
  const taken = new Set<string>();
  const settled = new Set<number>();
  const parts = partsAmong(catalog, keys);
  const match = (by: MatchedBy, fieldOf: (key: string, index: number) => string | undefined): void => {
    keys.forEach((key, index) => {
      const field = key === '' || settled.has(index) ? undefined : fieldOf(key, index);
      if (field === undefined || taken.has(field)) return;
      const spec = specs.get(field);
      if (by !== 'earlier' && spec && !fits(spec, index, by)) return;
      if (isOneWord(by, key) && parts.has(field)) return;
      settled.add(index);
      if (field === '' || !isKnown(catalog, field)) return;
      taken.add(field);
      found[index] = { title: titles[index] ?? '', field, by };
    });
  };
  for (const [index, key] of keys.entries()) if (reasonHeadings.has(key)) settled.add(index);
  match('earlier', (key) => earlier.get(key));
  for (const [by, names] of namesOf(catalog)) {
    match(by, (key, index) => names.get(by === 'alias' ? squeezedKey(titles[index] ?? '') : key));
  }
  match('alias', (key) => (isActionTitle(key) ? actionColumn : undefined));
  return found;
}

/** Whether a heading is only the field's own short name: `Name`, and not `Full name`. */
function isOneWord(by: MatchedBy, key: string): boolean {
  return (by === 'name' || by === 'label') && !key.includes(' ');
}

/** The fields of which a heading of the file says that it holds the rest: a surname, beside a name. */
function partsAmong(catalog: Catalog, keys: readonly string[]): ReadonlySet<string> {
  const there = new Set(keys.map(squeezedKey));
  const fields = catalog.fields.filter((spec) => spec.restIn?.some((title) => there.has(squeezedKey(title))));
  return new Set(fields.map(({ name }) => name));
}

function isKnown(catalog: Catalog, field: string): boolean {
  return field === idColumn || field === actionColumn || fieldsByName(catalog).has(field);
}

/** How many cells of a row are headings that are known. */
export function countHeadings(
  catalog: Catalog,
  cells: readonly string[],
  earlier: ReadonlyMap<string, string>,
): number {
  return matchHeadings(catalog, cells, earlier).filter(({ field }) => field !== null).length;
}

/** Whether the first row of a file names its columns, judged by it and the rows below it. */
export function looksLikeHeader(
  catalog: Catalog,
  first: readonly string[],
  others: readonly (readonly string[])[],
  earlier: ReadonlyMap<string, string>,
): boolean {
  const filled = first.filter((cell) => cell.trim() !== '');
  const matches = countHeadings(catalog, first, earlier);
  if (matches >= 2 || (matches === 1 && filled.length <= 2)) return true;
  const named = new Set(filled.map(headingKey)).size === filled.length && !filled.some(hasDigitsOnly);
  if (!named) return false;
  // Words above numbers are headings; words above words may be anything.
  return matches === 1 || others.some((row) => row.some(hasDigitsOnly));
}

function hasDigitsOnly(cell: string): boolean {
  return /^[+\d][\d\s.,/:-]*$/.test(searchFold(cell));
}

const secretWords = /رمز|گذرواژه|پسورد|کلمه ?عبور|کلید|توکن/;

/** Whether a heading sounds like one of a column of secrets. */
export function headingSoundsSecret(title: string): boolean {
  return soundsSecret(title.trim()) || secretWords.test(searchFold(title));
}

/**
 * Whether a cell could be a secret by its look: one long word of letters mixed with digits or signs, and nothing that is
 * known to be something else.
 */
export function looksSecret(cell: string): boolean {
  const text = cell.trim();
  if (text.length < 6 || /\s/.test(text)) return false;
  if (/^[^@]+@[^@]+\.[^@]+$/.test(text) || /^[\d.:/\-+*#()]+$/.test(text)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w.-]/].filter((kind) => kind.test(text)).length;
  return kinds >= 3 || (kinds === 2 && /\d/.test(text) && text.length >= 8);
}
