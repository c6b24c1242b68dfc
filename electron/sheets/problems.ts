import { catalogOf, type Kind, type Localised } from '../../shared/catalog';
import { fail } from '../../shared/model/problem';
import type { BatchItem } from '../many/batch';
import type { Turn } from '../many/jobs';
import { isWrong } from './compare';
import { byteOrderMark, csvLines } from './export';
import { headingKey } from './heading-key';
import { canBeWritten, disarmed } from './safe-cell';
import { dataRows, type OpenSheet } from './sheet';
import { isSecretColumn } from './view';
import { columnName, reasonHeading, reasonHeadings, reasonText } from './words';

export interface ProblemsRequest {
  readonly secrets: boolean;
  readonly language: keyof Localised;
}

/** How many rows of a comparison are to be corrected. */
export function countWrong(items: readonly BatchItem[]): number {
  return items.filter(isWrong).length;
}

/**
 * The rows that have problems, as they stood in the file, with a column that says what is wrong. It can be corrected
 * and taken in: the column of reasons is passed over then.
 * @param items what the sheet's rows came to, in their order
 */
export async function* problemPieces(
  kind: Kind,
  sheet: OpenSheet,
  items: readonly BatchItem[],
  { secrets, language }: ProblemsRequest,
  turn: Turn,
): AsyncGenerator<string> {
  const { delimiter } = sheet.settings;
  const catalog = catalogOf(kind);
  const places = sheet.columns
    .map((_, index) => index)
    .filter((index) => !isReasons(sheet, index) && (secrets || !isSecretColumn(catalog, sheet, index)));
  const titles = places.map((index) => titleOf(sheet, index, language));
  yield byteOrderMark + csvLines([[...titles, reasonHeading[language]].map(disarmed)], delimiter);
  const rows = dataRows(sheet);
  for (const [index, item] of items.entries()) {
    await turn.tick(index);
    const row = rows[index];
    if (!row || !isWrong(item)) continue;
    // Where the quotes are wrong nobody knows what is in which cell, so that a secret could be in any.
    const open = secrets || !row.badQuotes || places.length === sheet.columns.length;
    const cells = places.map((place) => (open ? cellAt(row.cells, place) : ''));
    yield csvLines([[...cells, reasonText(kind, item.problems, language)].map(disarmed)], delimiter);
  }
  if (turn.signal.aborted) fail('cancelled');
}

function cellAt(cells: readonly string[], place: number): string {
  const cell = cells[place] ?? '';
  return canBeWritten(cell) ? cell : '';
}

/** A column of reasons from an earlier round. */
function isReasons({ columns }: OpenSheet, index: number): boolean {
  return reasonHeadings.has(headingKey(columns[index]?.title ?? ''));
}

/** What a column is called: where the file has no headings, as its field. */
function titleOf({ columns, settings }: OpenSheet, index: number, language: keyof Localised): string {
  const { title = '', field = null } = columns[index] ?? {};
  return settings.header ? title : (field ?? columnName(index, language));
}
