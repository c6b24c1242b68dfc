import { type Catalog, editableFields, fieldsByName } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import type { BatchProblem, BatchReason, BatchStatus } from '../../shared/model/batch';
import { actionColumn, type SheetPolicy } from '../../shared/model/sheet';
import type { Present } from '../changes/present';
import type { Turn } from '../jobs/jobs';
import type { BatchEdit, BatchItem } from '../many/batch';
import type { Sealer } from '../storage/sealing';
import { openField } from '../values/open';
import { actionOf } from './actions';
import { looksSecret } from './headings';
import { Identities } from './identity';
import { type Found, KeyIndex, type Target } from './keys';
import { isInPlace, isSecretColumn, rowFits } from './places';
import { type CellRules, readCell } from './read-cell';
import type { OpenSheet } from './sheet';
import type { TableRow } from './table';
import type { ValueWords } from './value-words';

export interface CompareParts {
  readonly catalog: Catalog;
  readonly sealer: Sealer;
  /** Every record of the directory. */
  readonly records: readonly Target[];
  readonly present: Pick<Present, 'hasEdits' | 'isPrepared' | 'value'>;
  readonly words: ValueWords;
}

interface ReadColumn {
  readonly index: number;
  readonly spec: FieldSpec;
}

/**
 * Compares every row of a sheet with its record. The items are the sheet's rows, in their order.
 * @throws ProblemError `sheet-no-key` where no column tells which record a row is about
 */
export async function compareSheet(
  sheet: OpenSheet,
  key: string,
  parts: CompareParts,
  turn: Turn,
): Promise<BatchItem[]> {
  const rows = sheet.body;
  const index = await KeyIndex.of(parts.catalog, key, parts.records, turn);
  const at = sheet.columns.findIndex(({ field }) => field === key);
  const found: Found<Target>[] = [];
  const times = new Map<string, number>();
  for (const row of rows) {
    const one: Found<Target> = row.badQuotes ? { found: 'nothing' } : index.find(row.cells[at] ?? '');
    found.push(one);
    if (one.found === 'record') times.set(one.record.remoteId, (times.get(one.record.remoteId) ?? 0) + 1);
    await turn.tick(0);
  }
  const identities = await Identities.of(parts.catalog, sheet, key, parts.records, found, turn);
  const comparer = new RowComparer(sheet, key, at, parts, identities);
  const items: BatchItem[] = [];
  for (const [place, row] of rows.entries()) {
    const one = found[place] ?? { found: 'nothing' };
    const doubled = one.found === 'record' && (times.get(one.record.remoteId) ?? 0) > 1;
    items.push(comparer.item(row, one, doubled));
    await turn.tick(items.length);
  }
  return items;
}

class RowComparer {
  readonly #columns: readonly ReadColumn[];
  readonly #rules: CellRules;
  readonly #policy: SheetPolicy;
  readonly #keyIsSecret: boolean;
  readonly #actionAt: number;

  constructor(
    private readonly sheet: OpenSheet,
    private readonly key: string,
    private readonly keyAt: number,
    private readonly parts: CompareParts,
    private readonly identities: Identities,
  ) {
    const specs = fieldsByName(parts.catalog);
    this.#columns = sheet.columns.flatMap(({ field }, index) => {
      const spec = field === null || field === key ? undefined : specs.get(field);
      return spec && !spec.readOnly ? [{ index, spec }] : [];
    });
    this.#rules = { marker: sheet.settings.marker, words: parts.words };
    this.#policy = sheet.settings.policy;
    this.#keyIsSecret = isSecretColumn(parts.catalog, sheet, keyAt);
    this.#actionAt = sheet.columns.findIndex(({ field }) => field === actionColumn);
  }

  item(row: TableRow, found: Found<Target>, doubled: boolean): BatchItem {
    const problems: BatchProblem[] = [];
    const cell = (row.cells[this.keyAt] ?? '').trim();
    const note = (code: BatchReason, detail?: string): void => {
      problems.push({
        field: null,
        code: `reason.${code}`,
        ...(detail ? { detail: detail.slice(0, 400) } : {}),
      });
    };
    const inPlace = isInPlace(this.parts.catalog, this.sheet, row);
    const key = inPlace ? this.#told(cell) : undefined;
    const base = { remoteId: null, title: key ?? '', line: row.line, edits: [], problems };
    if (row.badQuotes) {
      note('quotes');
      return { ...base, title: '', status: 'invalid' };
    }
    if (!rowFits(this.parts.catalog, this.sheet, row)) note('cells-count', String(row.cells.length));
    this.#note(row, found, inPlace, note);
    if (found.found !== 'record') {
      const alone = problems.length === 0;
      const status = this.#notFound(found, key, note);
      return { ...base, status: alone ? status : 'invalid' };
    }
    const { record } = found;
    if (doubled) note('doubled-row');
    const edits = problems.length > 0 && !doubled ? [] : this.#edits(row, record, problems);
    problems.push(...this.identities.problems(row, record, edits, key));
    const status = doubled ? 'doubled' : this.#status(problems, edits, record.remoteId);
    return { ...base, remoteId: record.remoteId, title: record.title, status, edits };
  }

  /** What a row wants done with its record, where that is no edit. */
  #note(
    row: TableRow,
    { found }: Found<Target>,
    inPlace: boolean,
    note: (code: BatchReason, detail?: string) => void,
  ): void {
    const cell = row.cells[this.#actionAt] ?? '';
    const action = actionOf(cell, this.sheet.columns[this.#actionAt]?.title);
    if (action === 'remove') note('row-removes', cell.trim());
    else if (action === 'add' && found === 'record') note('row-adds', cell.trim());
    else if (action === 'unknown') {
      const shown =
        inPlace && !isSecretColumn(this.parts.catalog, this.sheet, this.#actionAt) && !looksSecret(cell);
      note('unknown-action', shown ? cell.trim().slice(0, 60) : undefined);
    }
  }

  #notFound(
    found: Exclude<Found<Target>, { found: 'record' }>,
    told: string | undefined,
    note: (code: BatchReason, detail?: string) => void,
  ): BatchStatus {
    switch (found.found) {
      case 'empty':
        note('empty-key');
        return 'invalid';
      case 'ambiguous':
        note('ambiguous-key', told);
        return 'invalid';
      case 'scientific':
        note('scientific', told);
        return 'invalid';
      case 'unreadable':
        note('not-decodable');
        return 'invalid';
      case 'zeros':
        note('zeros-lost-in-key', found.key);
        return 'missing';
      case 'nothing':
        note('not-found', told);
        return 'missing';
    }
  }

  /** The key's cell, unless the column may hold secrets. */
  #told(cell: string): string | undefined {
    return this.#keyIsSecret ? undefined : cell.slice(0, 300);
  }

  #status(problems: readonly BatchProblem[], edits: readonly BatchEdit[], remoteId: string): BatchStatus {
    if (problems.length > 0) return 'invalid';
    if (edits.length === 0) return 'same';
    return this.#policy === 'skip' && this.parts.present.hasEdits(remoteId) ? 'kept' : 'differs';
  }

  /** What the row makes of its record; what is wrong with it goes to `problems`. */
  #edits(row: TableRow, { remoteId, stored }: Target, problems: BatchProblem[]): BatchEdit[] {
    const { sealer, present, catalog } = this.parts;
    const alone = this.#policy === 'overwrite';
    const edits: BatchEdit[] = [];
    const read = new Set<string>();
    const put = (spec: FieldSpec, to: FieldValue): void => {
      const from = present.value(spec, remoteId, stored);
      if (from === undefined) problems.push({ field: spec.name, code: 'reason.secret-closed' });
      else if (from !== to && (spec.writeOnly || !sameValue(spec, from, to)))
        edits.push({ field: spec.name, from, to });
    };
    for (const { index, spec } of this.#columns) {
      const cell = row.cells[index] ?? '';
      if (cell === '') continue;
      const had = openField(sealer, spec, stored);
      if (had === undefined) {
        problems.push({ field: spec.name, code: 'reason.secret-closed' });
        continue;
      }
      const reading = readCell(spec, cell, had, this.#rules);
      if (reading.says === 'wrong') problems.push(reading.problem);
      if (reading.says !== 'value') continue;
      read.add(spec.name);
      put(spec, reading.value);
    }
    if (!alone || !present.hasEdits(remoteId)) return edits;
    // The row decides: what else is prepared of the record goes back to what the server has.
    for (const spec of editableFields(catalog)) {
      if (read.has(spec.name) || !present.isPrepared(remoteId, spec.name)) continue;
      const had = openField(sealer, spec, stored);
      if (had !== undefined) put(spec, had);
    }
    return edits;
  }
}

/** Whether an item's row is one to be corrected. */
export function isWrong({ status }: BatchItem): boolean {
  return status === 'invalid' || status === 'missing' || status === 'doubled';
}
