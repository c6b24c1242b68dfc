import { type Catalog, fieldsByName } from '../../../shared/catalog';
import {
  type encodings,
  idColumn,
  type SheetDelimiter,
  type SheetSettings,
  type SheetView,
} from '../../../shared/model/sheet';

/** Words of the delimiters in `sheets.json`; a sign is no key. */
export const delimiterWords: Readonly<
  Record<SheetDelimiter, 'comma' | 'semicolon' | 'tab' | 'bar' | 'persianSemicolon' | 'persianComma'>
> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  '؛': 'persianSemicolon',
  '،': 'persianComma',
};

/** What the encodings are called; names that are alike in every language. */
export const encodingNames: Readonly<Record<(typeof encodings)[number], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1256': 'Windows-1256',
  'iso-8859-6': 'ISO 8859-6',
  'windows-1252': 'Windows-1252',
  'iso-8859-15': 'ISO 8859-15',
  'windows-1250': 'Windows-1250',
  'iso-8859-2': 'ISO 8859-2',
  'windows-1254': 'Windows-1254',
  'windows-1251': 'Windows-1251',
  'windows-1253': 'Windows-1253',
  'windows-1255': 'Windows-1255',
  'windows-1257': 'Windows-1257',
  'koi8-r': 'KOI8-R',
  ibm866: 'CP866',
  macintosh: 'Mac Roman',
};

/**
 * What is set of a file that comes after another: what the person chose about it, as far as it fits. How it is encoded
 * and cut is the new file's own matter, and headings are remembered by themselves.
 * @returns null where the file has it already
 */
export function carriedOver(sheet: SheetView, before: SheetSettings): SheetSettings | null {
  const { settings } = sheet;
  const bare = !settings.header && !before.header && settings.columns.length === before.columns.length;
  const next: SheetSettings = {
    ...settings,
    policy: before.policy,
    marker: before.marker,
    key: before.key !== null && sheet.keys.includes(before.key) ? before.key : settings.key,
    columns: bare ? before.columns : settings.columns,
  };
  const same = (Object.keys(next) as (keyof SheetSettings)[]).every((name) => next[name] === settings[name]);
  return same ? null : next;
}

/** Whether nothing is left to ask: it is known which record each row is about, and every column has its field. */
export function isSettled({ settings, columns }: SheetView): boolean {
  const matched = matchedCount(settings);
  const named = columns.filter(({ title }) => title !== '').length;
  return settings.key !== null && matched >= Math.min(2, named) && matched >= named;
}

/** How many columns are matched to a field. */
export function matchedCount({ columns }: SheetSettings): number {
  return columns.filter((field) => field !== null).length;
}

/** The fields that can tell which record a row is about. */
export function keyFields(catalog: Catalog): readonly string[] {
  return [...catalog.fields.filter((spec) => spec.unique && !spec.secret).map(({ name }) => name), idColumn];
}

/** Which columns may hold secrets: their field is one, or the main process did not show their cells. */
export function secretColumns(catalog: Catalog, { columns, settings }: SheetView): readonly string[] {
  const specs = fieldsByName(catalog);
  return columns
    .filter(({ index, samples }) => {
      const spec = specs.get(settings.columns[index] ?? '');
      return spec?.secret === true || samples.some((cell) => cell !== null && typeof cell === 'object');
    })
    .map(({ title, index }) => title || String(index + 1));
}
