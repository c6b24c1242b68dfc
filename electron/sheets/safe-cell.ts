import { armed, armless, hidesFormula, isFormula } from '../../shared/lib/formula';
import { isStorable } from '../../shared/lib/storable';
import { defaultMarker } from '../../shared/model/sheet';

/*
 * Cells that a spreadsheet would take for a formula, or that would mean something else when imported again, are
 * written with an apostrophe before them, and lose it on import. A value that already looks so gets one more: then
 * every value comes back unchanged.
 */

function needsGuard(value: string): boolean {
  const bare = value.replace(/^'+/, '');
  return isFormula(bare) || hidesFormula(bare) || bare.trim() === defaultMarker;
}

/** A value as a cell that no spreadsheet calculates. */
export function guarded(value: string): string {
  return needsGuard(value) ? armless(value) : value;
}

/** The value of a cell: without the apostrophe that `guarded`, or someone with the same reason, has added. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && needsGuard(cell.slice(1)) ? armed(cell) : cell;
}

/** A cell of a foreign file: it keeps its meaning, but is not a formula. */
export function disarmed(cell: string): string {
  const value = unguarded(cell);
  return value === cell && !isFormula(cell) && !hidesFormula(cell) ? cell : guarded(value);
}

/** Whether a value survives being written as UTF-8: a null byte and half of a surrogate pair do not. */
export function canBeWritten(value: string): boolean {
  return isStorable(value);
}
