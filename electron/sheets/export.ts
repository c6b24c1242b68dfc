import type { z } from 'zod';
import type { Catalog } from '../../shared/catalog';
import type { FieldSpec } from '../../shared/catalog/field';
import { fieldValue } from '../../shared/catalog/read';
import { byteOrderMark, csvLine } from '../../shared/lib/csv';
import { isMaskedByServer } from '../../shared/lib/text';
import { fail } from '../../shared/model/problem';
import { idColumn, type sheetExportSchema } from '../../shared/model/sheet';
import type { Turn } from '../jobs/jobs';
import type { Sealer } from '../storage/sealing';
import { openField } from '../values/open';
import type { Findable } from './keys';
import { canBeWritten, guarded } from './safe-cell';

export type SheetExport = Pick<
  z.infer<typeof sheetExportSchema>,
  'headings' | 'delimiter' | 'secrets' | 'language'
>;

/** Lines of a CSV. */
export function csvLines(rows: readonly (readonly string[])[], delimiter: string): string {
  return rows.map((row) => csvLine(row, delimiter)).join('');
}

/** The fields that are written: those asked for, in catalog order, secrets only when asked for, never what cannot be read. */
export function exportedFields(catalog: Catalog, columns: readonly string[], secrets: boolean): FieldSpec[] {
  return catalog.fields.filter(
    (spec) => columns.includes(spec.name) && !spec.writeOnly && (secrets || !spec.secret),
  );
}

/** Records as a CSV, piece by piece, the id first. What cannot be written is an empty cell, which keeps its field. */
export async function* exportPieces(
  records: readonly Findable[],
  fields: readonly FieldSpec[],
  { headings, delimiter, language }: SheetExport,
  sealer: Sealer,
  turn: Turn,
): AsyncGenerator<string> {
  const titles = fields.map(({ name, label }) => (headings === 'names' ? name : label[language]));
  yield byteOrderMark + csvLines([[idColumn, ...titles].map(guarded)], delimiter);
  let lines: string[][] = [];
  for (const [index, record] of records.entries()) {
    const cells = fields.map((spec) => cellOf(spec, record, sealer));
    lines.push([guarded(record.remoteId), ...cells]);
    if (lines.length >= 50) {
      yield csvLines(lines, delimiter);
      lines = [];
    }
    await turn.tick(index);
  }
  if (lines.length > 0) yield csvLines(lines, delimiter);
  if (turn.signal.aborted) fail('cancelled');
}

function cellOf(spec: FieldSpec, { stored }: Findable, sealer: Sealer): string {
  const value = openField(sealer, spec, stored) ?? '';
  if (spec.secret && isMaskedByServer(value)) return '';
  return canBeWritten(value) ? guarded(value) : '';
}

/** How many secrets, of how many records, an export hands out. Counted without opening them. */
export async function countSecrets(
  records: readonly Findable[],
  fields: readonly FieldSpec[],
  turn: Turn,
): Promise<{ secrets: number; records: number }> {
  const secret = fields.filter((spec) => spec.secret);
  const counted = { secrets: 0, records: 0 };
  if (secret.length === 0) return counted;
  for (const { stored } of records) {
    const count = secret.filter((spec) => fieldValue(spec, stored)).length;
    counted.secrets += count;
    if (count > 0) counted.records += 1;
    await turn.tick(0);
  }
  return counted;
}
