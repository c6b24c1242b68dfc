import { z } from 'zod';
import { edgeCatalog } from './edge';
import type { Catalog, FieldSpec } from './field';
import { simotelCatalog } from './simotel';

/** Every kind of server. A third one is added here and in `electron/drivers/index.ts`. */
export const catalogs = { simotel: simotelCatalog, edge: edgeCatalog } as const satisfies Record<
  string,
  Catalog
>;

export type Kind = keyof typeof catalogs;
/** The names of the kinds: the keys of `catalogs`, so that there is only one list. */
export const kindSchema = z.enum(Object.keys(catalogs) as Kind[]);

/** Returns the catalog of a kind. */
export function catalogOf(kind: Kind): Catalog {
  return catalogs[kind];
}

const indexes = new Map<Catalog, ReadonlyMap<string, FieldSpec>>();

/** Returns the catalog's fields by name. */
export function fieldsByName(catalog: Catalog): ReadonlyMap<string, FieldSpec> {
  let index = indexes.get(catalog);
  if (!index) {
    index = new Map(catalog.fields.map((field) => [field.name, field]));
    indexes.set(catalog, index);
  }
  return index;
}

/** Returns one field of a catalog, or undefined where the catalog does not know it. */
export function fieldSpec(kind: Kind | null, name: string): FieldSpec | undefined {
  return kind === null ? undefined : fieldsByName(catalogOf(kind)).get(name);
}

/**
 * Returns whether a field's values may be shown: the catalog knows it as not secret. An unknown field may hold
 * anything.
 */
export function isOpenField(kind: Kind | null, name: string): boolean {
  const spec = fieldSpec(kind, name);
  return spec !== undefined && spec.secret !== true;
}

/** The same where the kind is not known: some catalog has the field, and none as a secret. */
export function isOpenSomewhere(name: string): boolean {
  const specs = kindSchema.options.flatMap((kind) => fieldSpec(kind, name) ?? []);
  return specs.length > 0 && specs.every((spec) => spec.secret !== true);
}

/** Returns the editable fields, in catalog order. */
export function editableFields(catalog: Catalog): readonly FieldSpec[] {
  return catalog.fields.filter((field) => !field.readOnly);
}

export type { Catalog, FieldSpec, Localised } from './field';
