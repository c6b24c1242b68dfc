import { type Catalog, editableFields, fieldsByName } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import type { BatchProblem, BatchReason, BatchStatus } from '../../shared/model/batch';
import type { SheetPolicy } from '../../shared/model/sheet';
import type { BatchEdit, BatchItem } from '../many/batch';
import type { Turn } from '../many/jobs';
import type { Present } from '../many/present';
import { storedValue } from '../many/present';
import type { Sealer } from '../storage/sealing';
import { type Findable, type Found, KeyIndex } from './keys';
import { type CellRules, readCell } from './read-cell';
import { dataRows, type OpenSheet } from './sheet';
import type { TableRow } from './table';
import type { ValueWords } from './value-words';
import { isSecretColumn } from './view';

/** A record that a row may be about. */
export interface Target extends Findable {
  readonly title: string;
}

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
  const rows = dataRows(sheet);
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
  const comparer = new RowComparer(sheet, key, at, parts);
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
  readonly #width: { readonly least: number; readonly most: number };
  readonly #keyIsSecret: boolean;

  constructor(
    sheet: OpenSheet,
    private readonly key: string,
    private readonly keyAt: number,
    private readonly parts: CompareParts,
  ) {
    const specs = fieldsByName(parts.catalog);
    this.#columns = sheet.columns.flatMap(({ field }, index) => {
      const spec = field === null || field === key ? undefined : specs.get(field);
      return spec && !spec.readOnly ? [{ index, spec }] : [];
    });
    this.#rules = { marker: sheet.settings.marker, words: parts.words };
    this.#policy = sheet.settings.policy;
    this.#width = widthOf(sheet);
    this.#keyIsSecret = isSecretColumn(parts.catalog, sheet, keyAt);
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
    const base = { remoteId: null, title: this.#told(cell) ?? '', line: row.line, edits: [], problems };
    if (row.badQuotes) {
      note('quotes');
      return { ...base, title: '', status: 'invalid' };
    }
    if (!this.#fits(row)) note('cells-count', String(row.cells.length));
    if (found.found !== 'record') {
      const status = this.#notFound(found, cell, note);
      return { ...base, status: problems.length > 1 ? 'invalid' : status };
    }
    const { remoteId, title } = found.record;
    if (doubled) note('doubled-row');
    const edits = problems.length > 0 && !doubled ? [] : this.#edits(row, found.record, problems);
    const status = doubled ? 'doubled' : this.#status(problems, edits, remoteId);
    return { ...base, remoteId, title, status, edits };
  }

  #notFound(
    found: Exclude<Found<Target>, { found: 'record' }>,
    cell: string,
    note: (code: BatchReason, detail?: string) => void,
  ): BatchStatus {
    const told = this.#told(cell);
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

  #fits({ cells }: TableRow): boolean {
    const { least, most } = this.#width;
    return cells.length >= least && cells.slice(most).every((cell) => cell.trim() === '');
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
      const had = storedValue(sealer, spec, stored);
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
      const had = storedValue(sealer, spec, stored);
      if (had !== undefined) put(spec, had);
    }
    return edits;
  }
}

/** How many cells a row may have: at least up to the last column that is called something. */
function widthOf({ columns, settings }: OpenSheet): { least: number; most: number } {
  const most = columns.length;
  return { least: settings.header ? columns.findLastIndex(({ title }) => title !== '') + 1 : most, most };
}

/** Whether an item's row is one to be corrected. */
export function isWrong({ status }: BatchItem): boolean {
  return status === 'invalid' || status === 'missing' || status === 'doubled';
}
