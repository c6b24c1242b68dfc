import { type Catalog, fieldsByName } from '../../shared/catalog';
import { headingSoundsSecret, looksSecret } from './headings';
import { cellsOf, type OpenSheet } from './sheet';
import type { TableRow } from './table';

/* Which columns may hold secrets, and which rows may hold them elsewhere. */

const looked = 50;
// Found out once a sheet, and not for each of many rows.
const secretColumns = new WeakMap<OpenSheet, readonly boolean[]>();

/**
 * Whether a column may hold secrets: its field is one, its heading sounds like one (even if its row is not taken for
 * headings), or it has no field, no heading, and cells that look like secrets. In doubt, it may.
 */
export function isSecretColumn(catalog: Catalog, sheet: OpenSheet, index: number): boolean {
  // Cells beyond the last heading.
  return columnsOf(catalog, sheet)[index] ?? true;
}

function columnsOf(catalog: Catalog, sheet: OpenSheet): readonly boolean[] {
  let found = secretColumns.get(sheet);
  if (!found) {
    found = sheet.columns.map((_, index) => mayHoldSecrets(catalog, sheet, index));
    secretColumns.set(sheet, found);
  }
  return found;
}

function mayHoldSecrets(catalog: Catalog, sheet: OpenSheet, index: number): boolean {
  const column = sheet.columns[index];
  if (!column) return true;
  const spec = fieldsByName(catalog).get(column.field ?? '');
  if (spec?.secret || headingCells(sheet, index).some(headingSoundsSecret)) return true;
  if (column.field !== null || (column.title !== '' && headingsCount(sheet))) return false;
  return sheet.body.slice(0, looked).some(({ cells }) => looksSecret(cells[index] ?? ''));
}

/** Every candidate for a column's heading: in the chosen line, in the detected line, and on the first line. */
function headingCells({ table, heading, found }: OpenSheet, index: number): string[] {
  const rows = [table[0], heading, table.find(({ line }) => line >= found.firstLine)];
  return rows.map((row) => row?.cells[index] ?? '');
}

/** A first row that did not look like headings says nothing, nor does one read, cut or chosen otherwise than was found. */
export function headingsCount({ found, settings }: OpenSheet): boolean {
  return (
    found.header &&
    found.encoding === settings.encoding &&
    found.delimiter === settings.delimiter &&
    found.firstLine === settings.firstLine
  );
}

/** Whether a heading may be a cell with a secret in it, because the row was not found to be one of headings. */
export function isDoubtfulTitle(catalog: Catalog, sheet: OpenSheet, index: number): boolean {
  const { title = '', by = null } = sheet.columns[index] ?? {};
  if (headingsCount(sheet) || (by !== null && by !== 'person' && by !== 'cells')) return false;
  if (looksSecret(title)) return true;
  return sheet.settings.firstLine !== sheet.found.firstLine && isSecretColumn(catalog, sheet, index);
}

/**
 * Whether every cell of a row is in its column, or does no harm if not: with a cell too few or too many, or broken
 * quotes, a secret may be in any column.
 */
export function isInPlace(catalog: Catalog, sheet: OpenSheet, row: TableRow): boolean {
  if (!row.badQuotes && cellsOf(sheet, row) === 'whole') return true;
  return !columnsOf(catalog, sheet).includes(true);
}

/**
 * Whether a row's cells match its columns. If it is too short, the missing ones are empty cells at its end, unless
 * something shows that one is missing earlier: a secret where none belongs, or an address in a secret's place.
 */
export function rowFits(catalog: Catalog, sheet: OpenSheet, row: TableRow): boolean {
  const there = cellsOf(sheet, row);
  if (there !== 'short') return there === 'whole';
  const secrets = columnsOf(catalog, sheet);
  if (!secrets.includes(true)) return true;
  return row.cells.every((cell, index) => (secrets[index] ? !isAddress(cell) : !looksSecret(cell)));
}

function isAddress(cell: string): boolean {
  return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(cell.trim());
}
