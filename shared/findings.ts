import type { Catalog } from './catalog';
import type { FieldSpec } from './catalog/field';
import { fieldValue, recordTitle } from './catalog/read';
import type { FieldEdit } from './diff';
import type { JsonObject } from './model/json';
import type { Finding } from './model/plan';

export interface RowToCheck {
  readonly key: string;
  readonly remoteId: string;
  readonly title: string;
  readonly edits: readonly FieldEdit[];
}

interface Holder {
  readonly remoteId: string;
  readonly title: string;
}

/**
 * Looks at the rows of one server together, and at all records that it has: numbers that would be there twice, rows
 * that take each other's numbers, calls forwarded to extensions that are not there.
 * @param records every record of the server, by its id; secrets are not looked at
 * @returns the findings of each row, by its key
 */
export function findTogether(
  catalog: Catalog,
  rows: readonly RowToCheck[],
  records: ReadonlyMap<string, JsonObject>,
): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  const note = (row: RowToCheck, finding: Finding): void => {
    found.set(row.key, [...(found.get(row.key) ?? []), finding]);
  };
  for (const spec of catalog.fields) {
    if (spec.unique) checkUnique(catalog, spec, rows, records, note);
    const target = spec.refersTo && catalog.fields.find((one) => one.name === spec.refersTo);
    if (target) checkTargets(spec, target, rows, records, note);
  }
  return found;
}

type Note = (row: RowToCheck, finding: Finding) => void;

function editOf(row: RowToCheck, spec: FieldSpec): string | undefined {
  const edit = row.edits.find(({ field }) => field === spec.name);
  return edit ? (edit.next ?? '') : undefined;
}

function checkUnique(
  catalog: Catalog,
  spec: FieldSpec,
  rows: readonly RowToCheck[],
  records: ReadonlyMap<string, JsonObject>,
  note: Note,
): void {
  const movers = rows.filter((row) => editOf(row, spec));
  if (movers.length === 0) return;
  const leaves = new Map(movers.map((row) => [row.remoteId, editOf(row, spec) ?? '']));
  const holders = new Map<string, Holder[]>();
  for (const [remoteId, raw] of records) {
    const value = fieldValue(spec, raw) ?? '';
    if (value !== '') {
      holders.set(value, [
        ...(holders.get(value) ?? []),
        { remoteId, title: recordTitle(catalog, remoteId, raw) },
      ]);
    }
  }
  for (const row of movers) {
    const value = editOf(row, spec) ?? '';
    const rival = movers.find((other) => other !== row && editOf(other, spec) === value);
    const holder = holders.get(value)?.find(({ remoteId }) => remoteId !== row.remoteId);
    const finding = { field: spec.name, value, blocking: true } as const;
    if (rival) note(row, { ...finding, code: 'duplicate-in-plan', other: rival.title });
    else if (holder && !leaves.has(holder.remoteId)) {
      note(row, { ...finding, code: 'duplicate-on-server', other: holder.title });
    } else if (holder) {
      const mine = fieldValue(spec, records.get(row.remoteId) ?? {}) ?? '';
      const swap = leaves.get(holder.remoteId) === mine;
      note(row, { ...finding, code: swap ? 'number-swap' : 'number-still-taken', other: holder.title });
    }
  }
}

/** A number that only this server's own dialling could mean: no outside number and no feature code is so short. */
function looksInternal(value: string, longest: number): boolean {
  return /^[1-9]\d*$/.test(value) && value.length <= longest;
}

function checkTargets(
  spec: FieldSpec,
  target: FieldSpec,
  rows: readonly RowToCheck[],
  records: ReadonlyMap<string, JsonObject>,
  note: Note,
): void {
  const moved = new Map(rows.map((row) => [row.remoteId, editOf(row, target)]));
  const numbers = new Set([...records].map(([id, raw]) => moved.get(id) ?? fieldValue(target, raw) ?? ''));
  const longest = Math.max(0, ...[...numbers].map((number) => number.length));
  for (const row of rows) {
    const value = editOf(row, spec);
    if (value && looksInternal(value, longest) && !numbers.has(value)) {
      note(row, { code: 'target-missing', field: spec.name, value, other: '', blocking: false });
    }
  }
}
