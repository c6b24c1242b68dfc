import { z } from 'zod';
import { edgeCatalog } from './edge';
import type { Catalog, FieldSpec } from './field';
import { simotelCatalog } from './simotel';

/** Every kind of server that Patchbay knows. A third kind is added here and in `electron/drivers/index.ts`. */
export const catalogs = { simotel: simotelCatalog, edge: edgeCatalog } as const satisfies Record<
  string,
  Catalog
>;

export const kindSchema = z.enum(['simotel', 'edge'] as const satisfies readonly (keyof typeof catalogs)[]);
export type Kind = z.infer<typeof kindSchema>;

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

/** The fields that a technician can change, in catalog order. */
export function editableFields(catalog: Catalog): readonly FieldSpec[] {
  return catalog.fields.filter((field) => !field.readOnly);
}

export type { Catalog, FieldSpec, Localised } from './field';
