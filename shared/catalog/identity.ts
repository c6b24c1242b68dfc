import type { Catalog, FieldSpec } from './field';

/**
 * Whether a field says which record it is and not how it is set up: what no two records share, and what the title is
 * made of. Copied to other records only where a person asks for it.
 */
export function isIdentity(catalog: Catalog, spec: FieldSpec): boolean {
  return spec.unique === true || catalog.titleFields.includes(spec.name);
}

/** The fields that people name a record by: what no two share; where there is none, what no edit can change of the title. */
export function keyFields(catalog: Catalog): readonly FieldSpec[] {
  const unique = catalog.fields.filter((spec) => spec.unique);
  if (unique.length > 0) return unique;
  return catalog.fields.filter((spec) => spec.readOnly && catalog.titleFields.includes(spec.name));
}
