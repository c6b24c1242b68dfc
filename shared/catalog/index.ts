import { z } from 'zod';
import { edgeCatalog } from './edge';
import type { Catalog, FieldSpec } from './field';
import { simotelCatalog } from './simotel';

/** Every kind of server that Patchbay knows. A third kind is added here and in `electron/drivers/index.ts`. */
export const catalogs = { simotel: simotelCatalog, edge: edgeCatalog } as const satisfies Record<
  string,
  Catalog
>;

export type Kind = keyof typeof catalogs;
/** A kind by its name. The names are the catalogs' keys, so that a kind stands in one list. */
export const kindSchema = z.enum(Object.keys(catalogs) as Kind[]);

/** The catalog of a kind. */
export function catalogOf(kind: Kind): Catalog {
  return catalogs[kind];
}

const indexes = new Map<Catalog, ReadonlyMap<string, FieldSpec>>();

/** The catalog's fields by name. */
export function fieldsByName(catalog: Catalog): ReadonlyMap<string, FieldSpec> {
  let index = indexes.get(catalog);
  if (!index) {
    index = new Map(catalog.fields.map((field) => [field.name, field]));
    indexes.set(catalog, index);
  }
  return index;
}

/** One field of a catalog, or undefined where the catalog does not know it. */
export function fieldSpec(kind: Kind | null, name: string): FieldSpec | undefined {
  return kind === null ? undefined : fieldsByName(catalogOf(kind)).get(name);
}

/** Whether a field's values may be told: the catalog knows it, and not as a secret. Of what it does not know nobody can say. */
export function isOpenField(kind: Kind | null, name: string): boolean {
  const spec = fieldSpec(kind, name);
  return spec !== undefined && spec.secret !== true;
}

/** The same where the kind of server is not at hand: some catalog knows it, and none as a secret. */
export function isOpenSomewhere(name: string): boolean {
  const specs = kindSchema.options.flatMap((kind) => fieldSpec(kind, name) ?? []);
  return specs.length > 0 && specs.every((spec) => spec.secret !== true);
}

/** The fields that a technician can change, in catalog order. */
export function editableFields(catalog: Catalog): readonly FieldSpec[] {
  return catalog.fields.filter((field) => !field.readOnly);
}

export type { Catalog, FieldSpec, Localised } from './field';
