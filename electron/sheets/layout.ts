import { headingKey } from './heading-key';
import type { TableRow } from './table';

/*
 * Finds the table in a file: the line of its headings, and the rows that do not belong to it. Programs put a title
 * above, people comments, and concatenated tables repeat their headings further down.
 */

/** Where the table begins: at the line of its headings, or its first row. */
export interface Layout {
  readonly header: boolean;
  readonly firstLine: number;
}

export interface Judge {
  /** How many cells of a row are headings that are known. */
  readonly headings: (cells: readonly string[]) => number;
  /** Whether a first row names the columns of the rows below it. */
  readonly looksLikeHeader: (first: readonly string[], others: readonly (readonly string[])[]) => boolean;
}

const looked = 40;
const sampled = 50;

/** Finds where the table begins, among the first rows of a file. */
export function findLayout(table: readonly TableRow[], judge: Judge): Layout {
  const rows = table.slice(0, looked);
  const known = rows.map(({ cells }) => judge.headings(cells));
  const most = Math.max(0, ...known);
  const at = known.indexOf(most);
  const best = rows[at];
  if (best && (most >= 2 || (most === 1 && filled(best) <= 2 && rows.slice(0, at).every(isAbove))))
    return { header: true, firstLine: best.line };
  const from = Math.max(
    0,
    rows.findIndex((row, index) => !isTitle(row, rows, index)),
  );
  const [first, ...others] = table.slice(from, from + sampled);
  if (!first) return { header: false, firstLine: 1 };
  const cells = others.filter((row) => !isComment(row)).map((row) => row.cells);
  return { header: judge.looksLikeHeader(first.cells, cells), firstLine: first.line };
}

/** A row above headings: a title, a comment, a line of one thing and its value. */
function isAbove(row: TableRow): boolean {
  return isComment(row) || filled(row) <= 2;
}

/** A comment, or a line of one cell while the rows below have more. */
function isTitle(row: TableRow, rows: readonly TableRow[], index: number): boolean {
  if (isComment(row)) return true;
  if (filled(row) > 1) return false;
  const below = rows.slice(index + 1).map(filled);
  return below.length > 0 && below.filter((count) => count > 1).length > below.length / 2;
}

function filled({ cells }: TableRow): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}

// What spreadsheets write instead of a value, `#N/A` or `#####`, is not a comment.
const comment = /^(?:#(?!#|[^\s#]{1,20}[!?]$|n\/?a$|nv$|n\/d$)|\/\/)/i;

/** Whether a row is a comment: its first cell begins as one. */
export function isComment({ cells: [first = ''] }: TableRow): boolean {
  return comment.test(first.trim());
}

/** Whether a row says the headings once more. */
export function repeatsHeadings(titles: readonly string[], cells: readonly string[]): boolean {
  const at = titles.findIndex((title) => title !== '');
  if (at < 0 || headingKey(cells[at] ?? '') !== headingKey(titles[at] ?? '')) return false;
  let same = 0;
  for (const [index, cell] of cells.entries()) {
    if (cell.trim() === '') continue;
    if (headingKey(cell) !== headingKey(titles[index] ?? '')) return false;
    same += 1;
  }
  return same >= 2 || titles.filter((title) => title !== '').length === 1;
}
