import { catalogOf, type OfCollection } from '../../shared/catalog';
import { byteOrderMark } from '../../shared/lib/csv';
import { fail } from '../../shared/model/problem';
import { type Language, say } from '../../shared/words';
import type { Turn } from '../jobs/jobs';
import type { BatchItem } from '../many/batch';
import { isWrong } from './compare';
import { csvLines } from './export';
import { headingKey } from './heading-key';
import { isInPlace, isSecretColumn } from './places';
import { canBeWritten, disarmed } from './safe-cell';
import type { OpenSheet } from './sheet';
import { reasonHeadings, reasonText } from './words';

export interface ProblemsRequest {
  readonly secrets: boolean;
  readonly language: Language;
}

/** How many rows of a comparison are to be corrected. */
export function countWrong(items: readonly BatchItem[]): number {
  return items.filter(isWrong).length;
}

/**
 * Returns the rows that have problems, as in the file, with a column that says what is wrong. The file can be
 * corrected and imported: the column of reasons is then skipped.
 * @param items what became of the sheet's rows, in their order
 */
export async function* problemPieces(
  of: OfCollection,
  sheet: OpenSheet,
  items: readonly BatchItem[],
  { secrets, language }: ProblemsRequest,
  turn: Turn,
): AsyncGenerator<string> {
  const { delimiter } = sheet.settings;
  const catalog = catalogOf(of);
  const places = sheet.columns
    .map((_, index) => index)
    .filter((index) => !isReasons(sheet, index) && (secrets || !isSecretColumn(catalog, sheet, index)));
  const titles = places.map((index) => titleOf(sheet, index, language));
  yield byteOrderMark +
    csvLines([[...titles, say(language, 'documents:sheet.reasons')].map(disarmed)], delimiter);
  const rows = sheet.body;
  for (const [index, item] of items.entries()) {
    await turn.tick(index);
    const row = rows[index];
    if (!row || !isWrong(item)) continue;
    const open = secrets || isInPlace(catalog, sheet, row);
    const cells = places.map((place) => (open ? cellAt(row.cells, place) : ''));
    yield csvLines([[...cells, reasonText(of, item.problems, language)].map(disarmed)], delimiter);
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

/** A column's name; if the file has no headings, its field's. */
function titleOf({ columns, settings }: OpenSheet, index: number, language: Language): string {
  const { title = '', field = null } = columns[index] ?? {};
  return settings.header ? title : (field ?? say(language, 'documents:sheet.column', { n: index + 1 }));
}
