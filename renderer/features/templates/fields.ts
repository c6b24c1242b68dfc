import { rulesFor } from '../../../shared/bulk/rule';
import type { Catalog, FieldSpec } from '../../../shared/catalog';
import { isIdentity } from '../../../shared/catalog/identity';
import type { ShownValue } from '../../../shared/model/record';

/** The fields that can be taken over from another record. */
export function copiableFields(catalog: Catalog): readonly FieldSpec[] {
  return catalog.fields.filter((spec) => rulesFor(spec).includes('same'));
}

/** The fields of a record that a template can be made of: no secret is taken out of a record. */
export function keepableFields(catalog: Catalog): readonly FieldSpec[] {
  return catalog.fields.filter((spec) => rulesFor(spec).includes('set') && !spec.secret);
}

/** Of some fields those that are taken over where nothing else is said: how a record is set up, not which one it is. */
export function usualFields(
  catalog: Catalog,
  specs: readonly FieldSpec[],
  shownValue: (field: string) => ShownValue | undefined,
): string[] {
  return specs
    .filter((spec) => !spec.secret && !isIdentity(catalog, spec, shownValue))
    .map(({ name }) => name);
}
