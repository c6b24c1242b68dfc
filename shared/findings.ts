import type { Catalog } from './catalog';
import type { FieldSpec } from './catalog/field';
import { fieldValue, recordTitle } from './catalog/read';
import type { FieldEdit } from './diff';
import { expiryDoubt } from './expiry';
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

/** Called regularly; returns a promise to await when other work is waiting. */
type Tick = () => Promise<void> | undefined;

/**
 * Checks the rows of one server together with all of its records: duplicate numbers, rows that swap numbers, calls
 * forwarded to extensions that do not exist.
 * @param records every record of the server by id; secrets are not looked at
 * @returns the findings of each row, by its key
 */
export async function findTogether(
  catalog: Catalog,
  rows: readonly RowToCheck[],
  records: ReadonlyMap<string, JsonObject>,
  tick: Tick = () => undefined,
): Promise<Map<string, Finding[]>> {
  const found = new Map<string, Finding[]>();
  const note = (row: RowToCheck, finding: Finding): void => {
    const findings = found.get(row.key);
    if (findings) findings.push(finding);
    else found.set(row.key, [finding]);
  };
  for (const spec of catalog.fields) {
    const edited = spec.unique || spec.refersTo ? rows.filter((row) => editOf(row, spec)) : [];
    if (edited.length === 0) continue;
    if (spec.unique) await checkUnique(catalog, spec, edited, records, note, tick);
    const target = spec.refersTo && catalog.fields.find((one) => one.name === spec.refersTo);
    if (target) await checkTargets(spec, target, rows, edited, records, note, tick);
  }
  return found;
}

/** Returns the findings that need only one row: an expiry that is past or implausible. */
export function findAlone(catalog: Catalog, edits: readonly FieldEdit[], today: string): Finding[] {
  return edits.flatMap(({ field, next }): Finding[] => {
    const spec = catalog.fields.find(({ name }) => name === field);
    const code = spec ? expiryDoubt(spec, next, today) : null;
    return code ? [{ code, field, value: next ?? '', other: '', blocking: true, confirm: 'wanted' }] : [];
  });
}

type Note = (row: RowToCheck, finding: Finding) => void;

function editOf(row: RowToCheck, spec: FieldSpec): string | undefined {
  const edit = row.edits.find(({ field }) => field === spec.name);
  return edit ? (edit.next ?? '') : undefined;
}

async function checkUnique(
  catalog: Catalog,
  spec: FieldSpec,
  movers: readonly RowToCheck[],
  records: ReadonlyMap<string, JsonObject>,
  note: Note,
  tick: Tick,
): Promise<void> {
  const leaves = new Map(movers.map((row) => [row.remoteId, editOf(row, spec) ?? '']));
  const takers = grouped(movers.map((row) => [editOf(row, spec) ?? '', row]));
  const wanted: [string, Holder][] = [];
  for (const [remoteId, raw] of records) {
    const value = fieldValue(spec, raw) ?? '';
    if (takers.has(value)) wanted.push([value, { remoteId, title: recordTitle(catalog, remoteId, raw) }]);
    const rest = tick();
    if (rest) await rest;
  }
  const holders = grouped(wanted);
  for (const row of movers) {
    const value = editOf(row, spec) ?? '';
    const rival = takers.get(value)?.find((other) => other !== row);
    const holder = holders.get(value)?.find(({ remoteId }) => remoteId !== row.remoteId);
    const finding = { field: spec.name, value, blocking: true, confirm: 'none' } as const;
    if (rival) note(row, { ...finding, code: 'duplicate-in-plan', other: rival.title });
    else if (holder && !leaves.has(holder.remoteId)) {
      note(row, { ...finding, code: 'duplicate-on-server', other: holder.title });
    } else if (holder) {
      const mine = fieldValue(spec, records.get(row.remoteId) ?? {}) ?? '';
      const swap = leaves.get(holder.remoteId) === mine;
      note(row, { ...finding, code: swap ? 'number-swap' : 'number-still-taken', other: holder.title });
    }
    const rest = tick();
    if (rest) await rest;
  }
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, one] of pairs) {
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/**
 * Returns whether only this server's own dial plan could mean a number: outside numbers and feature codes are longer.
 */
function looksInternal(value: string, longest: number): boolean {
  return /^[1-9]\d*$/.test(value) && value.length <= longest;
}

async function checkTargets(
  spec: FieldSpec,
  target: FieldSpec,
  rows: readonly RowToCheck[],
  edited: readonly RowToCheck[],
  records: ReadonlyMap<string, JsonObject>,
  note: Note,
  tick: Tick,
): Promise<void> {
  const moved = new Map(rows.map((row) => [row.remoteId, editOf(row, target)]));
  const numbers = new Set<string>();
  let longest = 0;
  for (const [id, raw] of records) {
    const number = moved.get(id) ?? fieldValue(target, raw) ?? '';
    numbers.add(number);
    longest = Math.max(longest, number.length);
    const rest = tick();
    if (rest) await rest;
  }
  for (const row of edited) {
    const value = editOf(row, spec);
    if (value && looksInternal(value, longest) && !numbers.has(value)) {
      note(row, {
        code: 'target-missing',
        field: spec.name,
        value,
        other: '',
        blocking: false,
        confirm: 'none',
      });
    }
  }
}
