import Papa from 'papaparse';
import { fail } from '../../shared/model/problem';
import type { SheetDelimiter } from '../../shared/model/sheet';
import type { Turn } from '../jobs/jobs';
import type { Pieces } from './decode';
import { findNewline, type Newline, separatorAt } from './separator';

/** One row of a file. */
export interface TableRow {
  /** The line that it begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Its quotes do not close, or there is text behind a closing one: its cells mean nothing. */
  readonly badQuotes: boolean;
}

// A row longer than this is one whose quotes were never closed.
const longestRow = 1024 * 1024;
const pieceSize = 64 * 1024;
// Ten times the largest directory. A file of 64 MB can hold many more rows (short lines, or only delimiters), each of
// which takes a hundred times its own size in memory.
const mostRows = 500_000;
const mostCells = 10_000_000;
// Rows by columns, for people.
const mostWords = '500,000 × 20';

/**
 * Cuts a text into rows, in turns. Rows without anything in them are left out. Where quotes do not close, only the line
 * that they were opened on is lost: what comes after it is read as if nothing had been.
 * @param before how much was done before, for the progress
 * @throws ProblemError `sheet-too-large`
 */
export async function readTable(
  pieces: Pieces,
  delimiter: SheetDelimiter,
  turn: Turn,
  before = 0,
): Promise<readonly TableRow[]> {
  const rows: TableRow[] = [];
  const newline = await findNewline(pieces, turn);
  const reader = new Reader(delimiter, newline, rows);
  let rest = '';
  let done = Math.floor(before);
  for (const piece of cut(withoutSeparator(pieces, reader))) {
    rest = await reader.read(rest + piece, false, turn, done);
    done += Math.floor(piece.length / 2);
  }
  await reader.read(rest, true, turn, done);
  return rows;
}

function* cut(pieces: Pieces): Generator<string> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += pieceSize) yield piece.slice(at, at + pieceSize);
  }
}

/** A first line `sep=;` declares the delimiter and is not a row. */
function withoutSeparator(pieces: Pieces, reader: Reader): Pieces {
  const [first = '', ...others] = pieces;
  const separator = separatorAt(first);
  if (!separator) return pieces;
  reader.line += separator.line.split(/\r\n|\r|\n/).length - 1;
  return [first.slice(separator.line.length), ...others];
}

/** Parses what has come so far, row by row, and keeps what may not be a whole row yet. */
class Reader {
  line = 1;
  #cells = 0;

  constructor(
    private readonly delimiter: SheetDelimiter,
    private readonly newline: Newline,
    private readonly rows: TableRow[],
  ) {}

  /** @returns the beginning of a row whose end has not come */
  async read(text: string, last: boolean, turn: Turn, done: number): Promise<string> {
    let at = 0;
    while (at < text.length) {
      const { used, stuck } = this.#parse(text.slice(at), last);
      at += used;
      await turn.tick(done);
      if (!stuck) break;
      at += this.#loseLine(text.slice(at));
    }
    return text.slice(at);
  }

  /**
   * Takes the whole rows at the beginning of a text.
   * @returns how many characters they are, and whether the row behind them is one whose quotes are wrong
   */
  #parse(text: string, last: boolean): { used: number; stuck: boolean } {
    let used = 0;
    let stuck = false;
    let held: { cells: string[]; end: number } | null = null;
    const take = (): void => {
      if (!held) return;
      this.#add(held.cells);
      used = held.end;
    };
    Papa.parse<string[]>(text, {
      delimiter: this.delimiter,
      newline: this.newline.text,
      step: ({ data, errors, meta }, parser) => {
        // What came before is whole: something follows it.
        take();
        held = { cells: data, end: meta.cursor };
        if (errors.length === 0) return;
        held = null;
        // Only the end of the text shows whether quotes never close or just not yet.
        stuck = last || meta.cursor < text.length;
        parser.abort();
      },
    });
    if (last && !stuck) take();
    if (!last && used === 0 && text.length > longestRow) stuck = true;
    return { used, stuck };
  }

  /** Gives one line up. @returns how long it is, with its end */
  #loseLine(text: string): number {
    const found = text.indexOf(this.newline.text);
    const end = found < 0 ? text.length : found + this.newline.text.length;
    const cells = text.slice(0, end).trim().split(this.delimiter);
    this.#push({ line: this.line, cells, badQuotes: true });
    this.line += 1;
    return end;
  }

  #add(cells: string[]): void {
    const { line } = this;
    const ended = this.newline.strip ? withoutReturn(cells) : cells;
    this.line += 1 + lineEnds(ended);
    if (ended.some((cell) => cell.trim() !== '')) this.#push({ line, cells: ended, badQuotes: false });
  }

  #push(row: TableRow): void {
    this.rows.push(row);
    this.#cells += row.cells.length;
    if (this.rows.length > mostRows || this.#cells > mostCells) fail('sheet-too-large', { limit: mostWords });
  }
}

function lineEnds(cells: readonly string[]): number {
  let found = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r'))
      found += cell.replace(/\r\n/g, '\n').split(/[\r\n]/).length - 1;
  }
  return found;
}

/** In a file that mixes line ends, the return before a line feed is part of the end and not of the last cell. */
function withoutReturn(cells: string[]): string[] {
  const last = cells.at(-1);
  return last?.endsWith('\r') ? [...cells.slice(0, -1), last.slice(0, -1)] : cells;
}
