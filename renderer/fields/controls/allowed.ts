import { type FieldState, textOf } from '../field-state';

/** Values that the field has or had and the catalog does not list: kept, and offered. */
export function foreignValues({ spec, base, shown, movedTo, text }: FieldState): readonly string[] {
  const listed = new Set(spec.values?.map((one) => one.value));
  const seen = [textOf(base), textOf(movedTo ?? null), textOf(shown), text];
  return [...new Set(seen)].filter((value) => value !== '' && !listed.has(value));
}
