import { defaultMarker } from '../../shared/model/sheet';

/*
 * Cells that a spreadsheet would take for a formula, or that would mean something else when they are taken in again, are
 * written with an apostrophe before them, and lose it on the way in. One apostrophe more for a value that already looks
 * so: then every value comes back as it was.
 */

// What spreadsheets begin a formula with, in both widths, and the characters that they skip before it.
const formula = /^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/;

function needsGuard(value: string): boolean {
  const bare = value.replace(/^'+/, '');
  return formula.test(bare) || bare.trim() === defaultMarker;
}

/** A value as a cell that no spreadsheet calculates. */
export function guarded(value: string): string {
  return needsGuard(value) ? `'${value}` : value;
}

/** The value of a cell: without the apostrophe that `guarded` has put there, or somebody who had the same reason. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && needsGuard(cell.slice(1)) ? cell.slice(1) : cell;
}

/** A cell of somebody else's file: it keeps what it means, and is no formula. */
export function disarmed(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a null byte ends a file for some readers
const unwritable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether a value survives being written as UTF-8: a null byte and half of a surrogate pair do not. */
export function canBeWritten(value: string): boolean {
  return !unwritable.test(value);
}
