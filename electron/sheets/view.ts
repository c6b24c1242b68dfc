import { type Catalog, fieldsByName } from '../../shared/catalog';
import type { ShownValue } from '../../shared/model/record';
import { idColumn, type SheetView } from '../../shared/model/sheet';
import { headingSoundsSecret, looksSecret } from './headings';
import { firstRows, type OpenSheet } from './sheet';

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
 * Whether a column may hold secrets: its field is one, its heading sounds so, or it has no heading to go by, no field,
 * and cells that look so. When in doubt, it does.
 */
export function isSecretColumn(catalog: Catalog, sheet: OpenSheet, index: number): boolean {
  const column = sheet.columns[index];
  // Cells beyond the last heading.
  if (!column) return true;
  const spec = fieldsByName(catalog).get(column.field ?? '');
  if (spec?.secret || headingSoundsSecret(column.title)) return true;
  // A first row that did not look like headings says nothing.
  if (column.field !== null || (column.title !== '' && sheet.found.header)) return false;
  return firstRows(sheet, looked).some(({ cells }) => looksSecret(cells[index] ?? ''));
}

/** A first row that did not look like headings may be one of cells, with a secret among them. */
function shownTitle({ found, settings }: OpenSheet, index: number, title: string): string {
  const doubtful = !found.header && settings.columns[index] === null && looksSecret(title);
  return doubtful ? '••••' : title.slice(0, longest);
}

function samplesOf(catalog: Catalog, sheet: OpenSheet, index: number): ShownValue[] {
  const secret = isSecretColumn(catalog, sheet, index);
  return firstRows(sheet, looked)
    .map(({ cells }) => cells[index] ?? '')
    .filter((cell) => cell.trim() !== '')
    .slice(0, shown)
    .map((cell) => (secret ? { secret: 'set' } : cell.slice(0, longest)));
}
