import { type Catalog, fieldsByName } from '../../shared/catalog';
import { searchFold, soundsSecret } from '../../shared/lib/text';
import { idColumn, type SheetView } from '../../shared/model/sheet';
import { headingKey } from './heading-key';
import { reasonHeadings } from './words';

export type MatchedBy = NonNullable<SheetView['columns'][number]['by']>;

/** A column and what it was matched to: a field's name, `idColumn`, or null. */
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
      for (const alias of others) aliases.set(headingKey(alias), name);
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
 */
export function matchHeadings(
  catalog: Catalog,
  titles: readonly string[],
  earlier: ReadonlyMap<string, string>,
): MatchedColumn[] {
  const keys = titles.map(headingKey);
  const found: MatchedColumn[] = titles.map((title) => ({ title, field: null, by: null }));
  const taken = new Set<string>();
  const settled = new Set<number>();
  const match = (by: MatchedBy, names: Names): void => {
    keys.forEach((key, index) => {
      const field = key === '' || settled.has(index) ? undefined : names.get(key);
      if (field === undefined || taken.has(field)) return;
      settled.add(index);
      if (field === '' || !isKnown(catalog, field)) return;
      taken.add(field);
      found[index] = { title: titles[index] ?? '', field, by };
    });
  };
  for (const [index, key] of keys.entries()) if (reasonHeadings.has(key)) settled.add(index);
  match('earlier', earlier);
  for (const [by, names] of namesOf(catalog)) match(by, names);
  return found;
}

function isKnown(catalog: Catalog, field: string): boolean {
  return field === idColumn || fieldsByName(catalog).has(field);
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
