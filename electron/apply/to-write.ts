import { type Catalog, fieldsByName } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import { fieldValue } from '../../shared/catalog/read';
import type { Comparison, ReadBack } from '../../shared/diff';
import type { Json, JsonObject } from '../../shared/model/json';
import type { Outcome } from '../../shared/model/plan';
import type { OpenChange } from '../changes/prepared';
import type { WriteAnswer } from '../drivers/driver';

/** The fields that a row would write: those that are ready. The others are on the server already. */
export function toWrite(comparison: Comparison): ReadonlyMap<string, FieldValue> {
  return new Map(
    comparison.fields.filter((field) => field.verdict === 'ready').map((field) => [field.field, field.next]),
  );
}

/** The server's own form of values that a row puts back. */
export function formsToWrite(comparison: Comparison): ReadonlyMap<string, Json> {
  return new Map(
    comparison.fields.flatMap(({ field, verdict, returns }): [string, Json][] =>
      verdict === 'ready' && returns ? [[field, returns.form]] : [],
    ),
  );
}

/** Returns the fields that are on the server now, with the values written: no longer prepared edits. */
export function onServer(
  comparison: Comparison,
  answer: WriteAnswer,
  outcome: Outcome,
  readBack: ReadBack | null,
): ReadonlyMap<string, FieldValue> {
  const done = new Set(readBack?.stored);
  // A field that cannot be read back counts only if the server accepted the write.
  if (answer.kind === 'accepted') for (const field of readBack?.unverifiable ?? []) done.add(field);
  for (const { field, verdict } of comparison.fields) {
    if (outcome === 'applied' && verdict === 'no-op') done.add(field);
  }
  const written = comparison.fields.filter(({ field }) => done.has(field));
  return new Map(written.map(({ field, next }) => [field, next]));
}

/** Whether two readings of a record agree in some fields. */
export function sameIn(
  catalog: Catalog,
  fields: Iterable<string>,
  was: JsonObject,
  now: JsonObject,
): boolean {
  const specs = fieldsByName(catalog);
  return [...fields].every((field) => {
    const spec = specs.get(field);
    return spec !== undefined && sameValue(spec, fieldValue(spec, was), fieldValue(spec, now));
  });
}

/** Whether the prepared edits are still those confirmed: the user may have typed or undone since. */
export function sameEdits(confirmed: OpenChange, prepared: OpenChange | null): boolean {
  const said = (change: OpenChange) => JSON.stringify([change.edits, change.unreadable]);
  return prepared !== null && said(confirmed) === said(prepared);
}
