import type { Catalog, CollectionId } from '../../shared/catalog';
import type { ConnectionId } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import {
  actionColumn,
  defaultMarker,
  idColumn,
  type SheetId,
  type SheetSettings,
  type SheetView,
} from '../../shared/model/sheet';
import type { Turn } from '../jobs/jobs';
import { hasActionsOnly, mayBeActionTitle } from './actions';
import { canBeOf } from './column-fit';
import { decode, findEncoding, type Pieces } from './decode';
import { binaryKind, type FileKind, looksBinary, tailOf, textKind, wayToCsv } from './file-kind';
import { headingKey } from './heading-key';
import { countHeadings, looksLikeHeader, type MatchedColumn, matchHeadings } from './headings';
import { type Findable, orderKeys } from './keys';
import { findLayout, isComment, type Judge, repeatsHeadings } from './layout';
import { findDelimiter } from './separator';
import { readTable, type TableRow } from './table';

/** A file that was opened, as it is read with its settings. Never changed: setting something makes another. */
export interface OpenSheet {
  readonly id: SheetId;
  readonly connectionId: ConnectionId;
  readonly collection: CollectionId;
  /** The file's name; empty for pasted cells. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly bom: boolean;
  readonly found: SheetView['found'];
  readonly settings: SheetSettings;
  /** All non-empty rows, including the headings and what is above them. */
  readonly table: readonly TableRow[];
  /** The row with the headings; null if there is none. */
  readonly heading: TableRow | null;
  /** The rows that are about records. */
  readonly body: readonly TableRow[];
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

type Source = Pick<OpenSheet, 'id' | 'connectionId' | 'collection' | 'name' | 'bytes'>;

// More columns than any catalog has fields, by far.
const mostColumns = 500;
const sampled = 50;

/**
 * Whether a row has as many cells as there are columns, up to the last one that is called something. `short`: it ends before; spreadsheets
 * leave empty cells at the end out. `long`: it has more, and not empty ones.
 */
export function cellsOf({ columns, settings }: OpenSheet, { cells }: TableRow): 'whole' | 'short' | 'long' {
  const most = columns.length;
  if (cells.slice(most).some((cell) => cell.trim() !== '')) return 'long';
  const least = settings.header ? columns.findLastIndex(({ title }) => title !== '') + 1 : most;
  return cells.length >= least ? 'whole' : 'short';
}

/** Reads a file and detects everything about it. @throws ProblemError `sheet-empty`, `sheet-not-text` */
export async function readSheet(source: Source, around: Around, turn: Turn): Promise<OpenSheet> {
  refuse(source, binaryKind(source.bytes));
  const { encoding, bom } = await findEncoding(source.bytes, turn);
  const pieces = await decode(source.bytes, encoding, turn);
  const [head = ''] = pieces;
  refuse(source, textKind(head, tailOf(source.bytes, encoding)) ?? (looksBinary(head) ? 'binary' : null));
  const delimiter = findDelimiter(pieces, headingsIn(around));
  const table = await readTable(pieces, delimiter, turn, source.bytes.length / 2);
  if (isEmpty(table, pieces)) return fail('sheet-empty');
  const layout = findLayout(table, judgeOf(around));
  const settings = { encoding, delimiter, ...layout, policy: 'update', marker: defaultMarker } as const;
  const read = { ...source, bom, found: { encoding, delimiter, ...layout }, table };
  return matched(read, settings, null, around, turn);
}

function refuse({ name }: Source, kind: FileKind | null): void {
  if (kind) fail('sheet-not-text', { name, is: kind, way: wayToCsv(kind) });
}

/** Nothing but delimiters: what a program writes of an empty sheet. */
function isEmpty(table: readonly TableRow[], pieces: Pieces): boolean {
  return table.length === 0 || !pieces.some((piece) => /[^\s,;|؛،]/.test(piece));
}

/**
 * The same file with other settings. If it is split differently, its columns are matched again.
 * @throws ProblemError `sheet-empty` if nothing is left of it
 */
export async function setUp(
  sheet: OpenSheet,
  wanted: SheetSettings,
  around: Around,
  turn: Turn,
): Promise<OpenSheet> {
  const now = sheet.settings;
  const recoded = wanted.encoding !== now.encoding;
  let { delimiter, firstLine } = wanted;
  let { table } = sheet;
  if (recoded || delimiter !== now.delimiter) {
    const pieces = await decode(sheet.bytes, wanted.encoding, turn);
    // In the wrong encoding the delimiter could not be found either.
    if (recoded && delimiter === now.delimiter) delimiter = findDelimiter(pieces, headingsIn(around));
    table = await readTable(pieces, delimiter, turn, sheet.bytes.length / 2);
    if (table.length === 0) fail('sheet-empty');
    // Nor could the headings, if nobody has chosen them.
    if (firstLine === now.firstLine && firstLine === sheet.found.firstLine)
      firstLine = findLayout(table, judgeOf(around)).firstLine;
  }
  const anew = table !== sheet.table || wanted.header !== now.header || firstLine !== now.firstLine;
  const columns = anew ? null : chosen(sheet.columns, wanted.columns);
  return matched({ ...sheet, table }, { ...wanted, delimiter, firstLine }, columns, around, turn);
}

type Unmatched = Omit<OpenSheet, 'settings' | 'columns' | 'keys' | 'heading' | 'body'>;
type Wanted = Omit<SheetSettings, 'columns' | 'key'> & { readonly key?: string | null };

async function matched(
  sheet: Unmatched,
  wanted: Wanted,
  given: readonly MatchedColumn[] | null,
  around: Around,
  turn: Turn,
): Promise<OpenSheet> {
  const from = Math.max(
    0,
    sheet.table.findIndex(({ line }) => line >= wanted.firstLine),
  );
  const heading = wanted.header ? (sheet.table[from] ?? null) : null;
  const rows = sheet.table.slice(heading ? from + 1 : from);
  const done = { ...turn, tick: () => turn.tick(sheet.bytes.length) };
  const found = given ?? matchColumns(around, titlesOf(rows, heading), rows);
  const fields = found.map(({ field }) => field);
  const { keys, idle } = await orderKeys(around.catalog, fields, rows, around.records, done);
  // By its heading alone; in a file of another program it is something else.
  const strange = given === null && idle.includes(idColumn);
  const columns = found.map((column) =>
    strange && column.field === idColumn && column.by === 'name'
      ? { ...column, field: null, by: null }
      : column,
  );
  const left = keys.filter((field) => columns.some((column) => column.field === field));
  const key = wanted.key && left.includes(wanted.key) ? wanted.key : (left[0] ?? null);
  const body = await bodyOf(around.catalog, rows, columns, heading, key, done);
  const firstLine = heading?.line ?? wanted.firstLine;
  const settings = { ...wanted, firstLine, columns: columns.map(({ field }) => field), key };
  return { ...sheet, heading, body, columns, keys: left, settings };
}

/** Matches the columns by their headings, and by their cells if those say more than a heading, or there is none. */
function matchColumns(
  { catalog, earlier }: Around,
  titles: readonly string[],
  rows: readonly TableRow[],
): readonly MatchedColumn[] {
  const first = rows.slice(0, sampled).filter((row) => !row.badQuotes && !isComment(row));
  const cellsAt = (index: number): string[] => first.map(({ cells }) => cells[index] ?? '');
  const fits: Parameters<typeof matchHeadings>[3] = (spec, index, by) =>
    canBeOf(catalog, spec, cellsAt(index), by);
  const plain = matchHeadings(catalog, titles, earlier);
  // Ids first and every heading a field's own name: it was exported here, whatever a server has in its fields.
  const ours = plain[0]?.field === idColumn && plain.every(({ by }) => by === 'name' || by === 'label');
  const columns = ours ? plain : matchHeadings(catalog, titles, earlier, fits);
  if (columns.some(({ field }) => field === actionColumn)) return columns;
  const at = titles.findIndex((title, index) => {
    const key = headingKey(title);
    return columns[index]?.field === null && mayBeActionTitle(key) && hasActionsOnly(cellsAt(index), key);
  });
  return columns.map((column, index) =>
    index === at ? { ...column, field: actionColumn, by: 'cells' } : column,
  );
}

/** The rows that are about records: without comments, and without headings that are said again. */
async function bodyOf(
  catalog: Catalog,
  rows: readonly TableRow[],
  columns: readonly MatchedColumn[],
  heading: TableRow | null,
  key: string | null,
  turn: Turn,
): Promise<readonly TableRow[]> {
  const titles = heading?.cells.map((cell) => cell.trim()) ?? [];
  // A cell that begins with a sign may be a name; if it is to be the key, or nothing else is, it is not.
  const keyFirst = key !== null && columns[0]?.field === key;
  const body: TableRow[] = [];
  for (const row of rows) {
    await turn.tick(0);
    if (heading && repeatsHeadings(titles, row.cells)) continue;
    if (heading && body.length === 0 && meansTheSame(catalog, columns, row)) continue;
    const alone = keyFirst || row.cells.slice(1).every((cell) => cell.trim() === '');
    if (alone && isComment(row)) continue;
    body.push(row);
  }
  return body;
}

/** Whether a row right below the headings says them in another language. */
function meansTheSame(catalog: Catalog, columns: readonly MatchedColumn[], { cells }: TableRow): boolean {
  const named = matchHeadings(catalog, cells, new Map());
  const filled = cells.filter((cell) => cell.trim() !== '').length;
  const same = named.filter(({ field }, index) => field !== null && field === columns[index]?.field).length;
  return same >= 2 && same >= filled / 2;
}

function judgeOf({ catalog, earlier }: Around): Judge {
  return {
    headings: (cells) => countHeadings(catalog, cells, earlier),
    looksLikeHeader: (first, others) => looksLikeHeader(catalog, first, others, earlier),
  };
}

function headingsIn({ catalog, earlier }: Around): (cells: readonly string[]) => number {
  return (cells) => countHeadings(catalog, cells, earlier);
}

/** The columns as the user set them. A field given to another column is removed from the former one. */
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

/** The headings; if there are none, as many empty ones as most rows have cells. */
function titlesOf(rows: readonly TableRow[], heading: TableRow | null): string[] {
  if (heading) return heading.cells.slice(0, mostColumns).map((cell) => cell.trim());
  const widths = new Map<number, number>();
  for (const { cells } of rows.slice(0, sampled)) {
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  }
  const width = [...widths].sort(([a, n], [b, m]) => m - n || b - a)[0]?.[0] ?? 0;
  return Array.from({ length: Math.min(width, mostColumns) }, () => '');
}
