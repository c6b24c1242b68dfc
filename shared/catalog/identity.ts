import type { Catalog, FieldSpec } from './field';

/**
 * Returns whether a field says which record it is, or whose, rather than how it is set up: unique values, the parts of
 * the title, how its person is reached. Copied to other records only when the user asks.
 * @param values the record's own: a field that repeats its number (a caller ID, say) is identity too
 */
export function isIdentity(
  catalog: Catalog,
  spec: FieldSpec,
  values: (field: string) => unknown = () => undefined,
): boolean {
  if (spec.unique || catalog.titleFields.includes(spec.name)) return true;
  if (spec.type === 'email' || spec.type === 'phone') return true;
  const value = values(spec.name);
  return (
    typeof value === 'string' && value !== '' && keyFields(catalog).some((key) => values(key.name) === value)
  );
}

/** Returns the fields that users name a record by: the unique ones; without any, the read-only parts of the title. */
export function keyFields(catalog: Catalog): readonly FieldSpec[] {
  const unique = catalog.fields.filter((spec) => spec.unique);
  if (unique.length > 0) return unique;
  return catalog.fields.filter((spec) => spec.readOnly && catalog.titleFields.includes(spec.name));
}
