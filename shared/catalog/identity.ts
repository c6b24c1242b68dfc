import type { Catalog, FieldSpec } from './field';

/**
 * Whether a field says which record it is, or whose, and not how it is set up: what no two records share, what the title
 * is made of, how its person is reached. Copied to other records only where a person asks for it.
 * @param values the record's own: what repeats its number (a caller ID, say) is the number once more
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

/** The fields that people name a record by: what no two share; where there is none, what no edit can change of the title. */
export function keyFields(catalog: Catalog): readonly FieldSpec[] {
  const unique = catalog.fields.filter((spec) => spec.unique);
  if (unique.length > 0) return unique;
  return catalog.fields.filter((spec) => spec.readOnly && catalog.titleFields.includes(spec.name));
}
