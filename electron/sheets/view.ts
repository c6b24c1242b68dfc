import { type Catalog, fieldsByName } from '../../shared/catalog';
import type { ShownValue } from '../../shared/model/record';
import { idColumn, type SheetView } from '../../shared/model/sheet';
import { headingSoundsSecret, looksSecret } from './headings';
import { firstRows, fitsColumns, type OpenSheet } from './sheet';
import type { TableRow } from './table';

// Sheets without a column that may hold secrets: found out once, and not for each of many rows.
const harmlessSheets = new WeakMap<OpenSheet, boolean>();
const shown = 5;
const looked = 50;
const longest = 160;

/** A sheet as the window may see it. */
export function viewOf(catalog: Catalog, sheet: OpenSheet): SheetView {
  const { id, connectionId, name, bytes, bom, settings, found, columns, keys } = sheet;
  return {
    id,
    connectionId,
    name,
    bytes: bytes.length,
    bom,
    rows: sheet.table.length - (settings.header ? 1 : 0),
    settings,
    found,
    columns: columns.map(({ title, field, by }, index) => ({
      index,
      title: shownTitle(sheet, index, title),
      samples: samplesOf(catalog, sheet, index),
      by,
      readOnly: field === idColumn || fieldsByName(catalog).get(field ?? '')?.readOnly === true,
    })),
    keys: [...keys],
  };
}

/**
 * Whether a column may hold secrets: its field is one, its heading sounds so (also where the first row is not taken for
 * headings), or it has no field, no heading to go by, and cells that look so. When in doubt, it does.
 */
export function isSecretColumn(catalog: Catalog, sheet: OpenSheet, index: number): boolean {
  const column = sheet.columns[index];
  // Cells beyond the last heading.
  if (!column) return true;
  const spec = fieldsByName(catalog).get(column.field ?? '');
  if (spec?.secret || headingSoundsSecret(sheet.table[0]?.cells[index] ?? '')) return true;
  if (column.field !== null || (column.title !== '' && headingsCount(sheet))) return false;
  return firstRows(sheet, looked).some(({ cells }) => looksSecret(cells[index] ?? ''));
}

/** A first row that did not look like headings says nothing, nor does one read or cut otherwise than was found. */
function headingsCount({ found, settings }: OpenSheet): boolean {
  return found.header && found.encoding === settings.encoding && found.delimiter === settings.delimiter;
}

/** A first row that did not look like headings may be one of cells, with a secret among them. */
function shownTitle({ found, settings }: OpenSheet, index: number, title: string): string {
  const doubtful = !found.header && settings.columns[index] === null && looksSecret(title);
  return doubtful ? '••••' : title.slice(0, longest);
}

function samplesOf(catalog: Catalog, sheet: OpenSheet, index: number): ShownValue[] {
  const secret = isSecretColumn(catalog, sheet, index);
  const unknown = sheet.columns[index]?.field === null;
  return firstRows(sheet, looked)
    .filter((row) => isInPlace(catalog, sheet, row))
    .map(({ cells }) => cells[index] ?? '')
    .filter((cell) => cell.trim() !== '')
    .slice(0, shown)
    .map((cell) => (secret || (unknown && looksSecret(cell)) ? { secret: 'set' } : cell.slice(0, longest)));
}

/**
 * Whether every cell of a row stands where it belongs, or it does no harm where it does not: with a cell too few or too
 * many, or quotes that are wrong, a secret may stand in any column.
 */
export function isInPlace(catalog: Catalog, sheet: OpenSheet, row: TableRow): boolean {
  if (!row.badQuotes && fitsColumns(sheet, row)) return true;
  let harmless = harmlessSheets.get(sheet);
  if (harmless === undefined) {
    harmless = !sheet.columns.some((_, index) => isSecretColumn(catalog, sheet, index));
    harmlessSheets.set(sheet, harmless);
  }
  return harmless;
}
