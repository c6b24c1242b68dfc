import { z } from 'zod';
import { edge } from './edge';
import type { Catalog, FieldSpec } from './field';
import type { Collection, ServerKind } from './server-kind';
import { simotel } from './simotel';

/** Every kind of server that Patchbay knows. A third kind is added here and in `electron/drivers/index.ts`. */
export const serverKinds = {
  simotel,
  edge,
} as const satisfies Record<string, ServerKind>;

export type Kind = keyof typeof serverKinds;
/** A kind by its name. The names are the registry's keys, so that a kind stands in one list. */
export const kindSchema = z.enum(Object.keys(serverKinds) as Kind[]);

/** What a kind of server needs, and what it has. */
export function serverKind(kind: Kind): ServerKind {
  return serverKinds[kind];
}

/** A collection by its id; which kinds have it, `hasCollection` says. */
export const collectionIdSchema = z
  .enum([...new Set(kindSchema.options.flatMap((kind) => Object.keys(serverKind(kind).collections)))])
  .brand('CollectionId');
export type CollectionId = z.infer<typeof collectionIdSchema>;

/** The collections of a kind, in the order offered. */
export function collectionsOf(kind: Kind): readonly CollectionId[] {
  return collectionIdSchema.array().parse(Object.keys(serverKind(kind).collections));
}

const firsts = new Map<Kind, CollectionId>();

/** The collection that stands where none is named: in what was stored, and in files, before there were several. */
export function firstCollection(kind: Kind): CollectionId {
  const first = firsts.get(kind) ?? collectionsOf(kind)[0];
  if (first === undefined) throw new Error(`kind ${kind} has no collection`);
  firsts.set(kind, first);
  return first;
}

/** Names one collection of one kind of server: a connection seen as one of its collections, a template, an entry. */
export interface OfCollection {
  readonly kind: Kind;
  readonly collection: CollectionId;
}

/** What something is of that may name no collection, or not even a kind: an entry of the history. */
export function ofCollection<K extends Kind | null>(of: {
  readonly kind: K;
  readonly collection?: CollectionId | null | undefined;
}): OfCollection | (null extends K ? null : never);
export function ofCollection(of: {
  readonly kind: Kind | null;
  readonly collection?: CollectionId | null | undefined;
}): OfCollection | null {
  return of.kind === null ? null : { kind: of.kind, collection: of.collection ?? firstCollection(of.kind) };
}

export function isSameCollection(one: OfCollection, other: OfCollection): boolean {
  return one.kind === other.kind && one.collection === other.collection;
}

export function hasCollection(kind: Kind, collection: CollectionId): boolean {
  return Object.hasOwn(serverKind(kind).collections, collection);
}

/** @throws Error where the kind has no such collection: what comes from outside is checked with `hasCollection` */
export function collectionOf({ kind, collection }: OfCollection): Collection {
  const found = serverKind(kind).collections[collection ?? firstCollection(kind)];
  if (!found) throw new Error(`kind ${kind} has no collection ${collection}`);
  return found;
}

/** The catalog of a collection's records. By a kind alone: its first one's, with what is the server's own beside it. */
export function catalogOf(of: OfCollection): Catalog;
export function catalogOf(kind: Kind): Catalog & ServerKind;
export function catalogOf(of: OfCollection | Kind): Catalog {
  if (typeof of !== 'string') return collectionOf(of).catalog;
  return { ...serverKind(of), ...collectionOf({ kind: of, collection: firstCollection(of) }).catalog };
}

const indexes = new WeakMap<readonly FieldSpec[], ReadonlyMap<string, FieldSpec>>();

/** The catalog's fields by name. */
export function fieldsByName({ fields }: Pick<Catalog, 'fields'>): ReadonlyMap<string, FieldSpec> {
  let index = indexes.get(fields);
  if (!index) {
    index = new Map(fields.map((field) => [field.name, field]));
    indexes.set(fields, index);
  }
  return index;
}

/** One field of a catalog, or undefined where the catalog does not know it. */
export function fieldSpec(of: OfCollection | null, name: string): FieldSpec | undefined {
  return of === null ? undefined : fieldsByName(catalogOf(of)).get(name);
}

/** Whether a field's values may be told: the catalog knows it, and not as a secret. Of what it does not know nobody can say. */
export function isOpenField(of: OfCollection | null, name: string): boolean {
  const spec = fieldSpec(of, name);
  return spec !== undefined && spec.secret !== true;
}

/** Every collection of every kind. */
export function everyCollection(): OfCollection[] {
  return kindSchema.options.flatMap((kind) =>
    collectionsOf(kind).map((collection) => ({ kind, collection })),
  );
}

/** The same where the collection is not at hand: some catalog knows the field, and none as a secret. */
export function isOpenSomewhere(name: string): boolean {
  const specs = everyCollection().flatMap((of) => fieldSpec(of, name) ?? []);
  return specs.length > 0 && specs.every((spec) => spec.secret !== true);
}

/** Returns the editable fields, in catalog order. */
export function editableFields(catalog: Catalog): readonly FieldSpec[] {
  return catalog.fields.filter((field) => !field.readOnly);
}

export type { Catalog, FieldSpec, Localised } from './field';
export type { Collection, ServerKind } from './server-kind';
