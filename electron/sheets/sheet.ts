import type { Catalog } from '../../shared/catalog';
import type { ConnectionId } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import { defaultMarker, type SheetId, type SheetSettings, type SheetView } from '../../shared/model/sheet';
import type { Turn } from '../many/jobs';
import { decode, findEncoding } from './decode';
import { countHeadings, looksLikeHeader, type MatchedColumn, matchHeadings } from './headings';
import { type Findable, orderKeys } from './keys';
import { findDelimiter } from './separator';
import { readTable, type TableRow } from './table';

/** A file that was opened, as it is read with its settings. Never changed: setting something makes another. */
export interface OpenSheet {
  readonly id: SheetId;
  readonly connectionId: ConnectionId;
  /** The file's name; empty for pasted cells. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly bom: boolean;
  readonly found: SheetView['found'];
  readonly settings: SheetSettings;
  /** All rows with something in them, that with the headings too. */
  readonly table: readonly TableRow[];
  readonly columns: readonly MatchedColumn[];
  readonly keys: readonly string[];
}

/** What a file is read against. */
export interface Around {
  readonly catalog: Catalog;
  readonly records: readonly Findable[];
  /** Columns that a person matched earlier, by folded heading. */
  readonly earlier: ReadonlyMap<string, string>;
}

type Source = Pick<OpenSheet, 'id' | 'connectionId' | 'name' | 'bytes'>;

// More columns than any catalog has fields, by far.
const mostColumns = 500;
const sampled = 50;

/** The rows of a sheet without that of the headings. */
export function dataRows({ table, settings }: Pick<OpenSheet, 'table' | 'settings'>): readonly TableRow[] {
  return settings.header ? table.slice(1) : table;
}

/** The first rows of a sheet, for looking at. */
export function firstRows({ table, settings }: OpenSheet, count: number): readonly TableRow[] {
  const from = settings.header ? 1 : 0;
  return table.slice(from, from + count);
}

/** Reads a file, everything about it found by itself. @throws ProblemError `sheet-empty`, `sheet-not-text` */
export async function readSheet(source: Source, around: Around, turn: Turn): Promise<OpenSheet> {
  if (isWorkbook(source.bytes)) fail('sheet-not-text', { name: source.name });
  const { encoding, bom } = await findEncoding(source.bytes, turn);
  const pieces = await decode(source.bytes, encoding, turn);
  const delimiter = findDelimiter(pieces, headingsIn(around));
  const table = await readTable(pieces, delimiter, turn, source.bytes.length / 2);
  const [first, ...others] = table.slice(0, sampled);
  // Nothing but delimiters: what a program writes of an empty sheet.
  if (!first || !pieces.some((piece) => /[^\s,;|]/.test(piece))) return fail('sheet-empty');
  const cells = others.map((row) => row.cells);
  const header = looksLikeHeader(around.catalog, first.cells, cells, around.earlier);
  const settings = { encoding, delimiter, header, policy: 'update', marker: defaultMarker } as const;
  const read = { ...source, bom, found: { encoding, delimiter, header }, table };
  return matched(read, settings, null, around, turn);
}

/**
 * The same file with other settings. Where it is cut otherwise, its columns are matched anew.
 * @throws ProblemError `sheet-empty` where nothing is left of it
 */
export async function setUp(
  sheet: OpenSheet,
  wanted: SheetSettings,
  around: Around,
  turn: Turn,
): Promise<OpenSheet> {
  const now = sheet.settings;
  const recoded = wanted.encoding !== now.encoding;
  let { delimiter } = wanted;
  let { table } = sheet;
  if (recoded || delimiter !== now.delimiter) {
    const pieces = await decode(sheet.bytes, wanted.encoding, turn);
    // In the wrong encoding the delimiter could not be found either.
    if (recoded && delimiter === now.delimiter) delimiter = findDelimiter(pieces, headingsIn(around));
    table = await readTable(pieces, delimiter, turn, sheet.bytes.length / 2);
    if (table.length === 0) fail('sheet-empty');
  }
  const anew = table !== sheet.table || wanted.header !== now.header;
  const columns = anew ? null : chosen(sheet.columns, wanted.columns);
  return matched({ ...sheet, table }, { ...wanted, delimiter }, columns, around, turn);
}

async function matched(
  sheet: Omit<OpenSheet, 'settings' | 'columns' | 'keys'>,
  wanted: Omit<SheetSettings, 'columns' | 'key'> & { readonly key?: string | null },
  given: readonly MatchedColumn[] | null,
  { catalog, earlier, records }: Around,
  turn: Turn,
): Promise<OpenSheet> {
  const columns = given ?? matchHeadings(catalog, titlesOf(sheet.table, wanted.header), earlier);
  const fields = columns.map(({ field }) => field);
  const rows = dataRows({ ...sheet, settings: { ...wanted, columns: fields, key: null } });
  const done = { ...turn, tick: () => turn.tick(sheet.bytes.length) };
  const keys = await orderKeys(catalog, fields, rows, records, done);
  const kept = wanted.key && keys.includes(wanted.key) ? wanted.key : null;
  return { ...sheet, columns, keys, settings: { ...wanted, columns: fields, key: kept ?? keys[0] ?? null } };
}

function headingsIn({ catalog, earlier }: Around): (cells: readonly string[]) => number {
  return (cells) => countHeadings(catalog, cells, earlier);
}

/** The columns as a person set them. A field that he gave to another column leaves the one that had it. */
function chosen(
  columns: readonly MatchedColumn[],
  wanted: readonly (string | null)[],
): readonly MatchedColumn[] {
  const changed = columns.map(({ field }, index) => (wanted[index] ?? null) !== field);
  const given = new Set(wanted.filter((field, index) => field !== null && changed[index]));
  const taken = new Set<string>();
  return columns.map((column, index): MatchedColumn => {
    const field = wanted[index] ?? null;
    if (!changed[index]) {
      return field !== null && given.has(field) ? { ...column, field: null, by: null } : column;
    }
    if (field === null || taken.has(field)) return { ...column, field: null, by: null };
    taken.add(field);
    return { ...column, field, by: 'person' };
  });
}

/** The headings; as many empty ones as most rows have cells where there are none. */
function titlesOf(table: readonly TableRow[], header: boolean): string[] {
  const [first] = table;
  if (header) return (first?.cells ?? []).slice(0, mostColumns).map((cell) => cell.trim());
  const widths = new Map<number, number>();
  for (const { cells } of table.slice(0, sampled)) {
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  }
  const width = [...widths].sort(([, n], [, m]) => m - n)[0]?.[0] ?? 0;
  return Array.from({ length: Math.min(width, mostColumns) }, () => '');
}

/** The files of Excel and LibreOffice themselves: archives, or of the old kind. */
function isWorkbook(bytes: Uint8Array): boolean {
  return [
    [0x50, 0x4b, 0x03, 0x04],
    [0xd0, 0xcf, 0x11, 0xe0],
  ].some((mark) => mark.every((byte, at) => bytes[at] === byte));
}
