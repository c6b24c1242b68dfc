import { type Catalog, fieldsByName } from '../../shared/catalog';
import type { ShownValue } from '../../shared/model/record';
import { actionColumn, idColumn, type SheetView } from '../../shared/model/sheet';
import { looksSecret } from './headings';
import { looksOf } from './looks';
import { isDoubtfulTitle, isInPlace, isSecretColumn } from './places';
import type { OpenSheet } from './sheet';

const shown = 5;
const looked = 50;
const longest = 160;

/** A sheet as the window may see it. */
export function viewOf(catalog: Catalog, sheet: OpenSheet): SheetView {
  const { id, connectionId, collection, name, bytes, bom, settings, found, columns, keys } = sheet;
  return {
    id,
    connectionId,
    collection,
    name,
    bytes: bytes.length,
    bom,
    rows: sheet.body.length,
    passedOver: passedOver(sheet),
    lastLine: sheet.table.at(-1)?.line ?? 1,
    settings,
    found,
    looks: looksOf(catalog, sheet),
    columns: columns.map(({ title, field, by }, index) => ({
      index,
      title: isDoubtfulTitle(catalog, sheet, index) ? '••••' : title.slice(0, longest),
      samples: samplesOf(catalog, sheet, index),
      by,
      readOnly:
        field === idColumn ||
        field === actionColumn ||
        fieldsByName(catalog).get(field ?? '')?.readOnly === true,
    })),
    keys: [...keys],
  };
}

function samplesOf(catalog: Catalog, sheet: OpenSheet, index: number): ShownValue[] {
  const secret = isSecretColumn(catalog, sheet, index);
  const unknown = sheet.columns[index]?.field === null;
  return sheet.body
    .slice(0, looked)
    .filter((row) => isInPlace(catalog, sheet, row))
    .map(({ cells }) => cells[index] ?? '')
    .filter((cell) => cell.trim() !== '')
    .slice(0, shown)
    .map((cell) => (secret || (unknown && looksSecret(cell)) ? { secret: 'set' } : cell.slice(0, longest)));
}

/** How many rows after the first line do not count. */
function passedOver({ table, heading, body, settings }: OpenSheet): number {
  const behind = table.filter(({ line }) => line >= settings.firstLine).length;
  return behind - (heading ? 1 : 0) - body.length;
}
