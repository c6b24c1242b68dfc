import { exactJson } from '../lib/exact-json';
import type { Json, JsonObject } from '../model/json';
import { dayOf } from '../values/server-day';
import { type FieldValue, holdsNothing } from './compare';
import { type Catalog, type FieldSpec, readPath } from './field';

/** A record as last read: its identity and what the server sent, nothing dropped. */
export interface RawRecord {
  readonly remoteId: string;
  readonly raw: JsonObject;
}

/** The value at a path, undefined where there is none. */
export function valueAt(raw: Json | undefined, path: readonly string[]): Json | undefined {
  let here: Json | undefined = raw;
  for (const key of path) {
    if (here === null || typeof here !== 'object' || Array.isArray(here) || !Object.hasOwn(here, key))
      return undefined;
    here = here[key];
  }
  return here;
}

/**
 * What a catalog field says in a record, as text. Booleans become the field's own yes and no; a moment becomes the day
 * that it means, so that grid, editor, plan, history and sheets show, sort and compare days. How the server told it
 * stays in the record.
 */
export function fieldValue(spec: FieldSpec, raw: JsonObject): FieldValue {
  const value = valueAt(raw, readPath(spec));
  return value === undefined ? null : toText(spec, value);
}

function toText(spec: FieldSpec, value: Json): FieldValue {
  if (value === null) return null;
  if (spec.type === 'date') return dayOf(typeof value === 'object' ? exactJson(value) : String(value));
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return (spec.type === 'flag' && ['no', 'yes'][value]) || String(value);
  if (typeof value === 'boolean') {
    if (spec.type === 'flag') return value ? 'yes' : 'no';
    if (spec.type === 'bit') return value ? '1' : '0';
    return String(value);
  }
  return exactJson(value);
}

/** All catalog fields of a record by name. */
export function fieldValues(catalog: Catalog, raw: JsonObject): Record<string, FieldValue> {
  return Object.fromEntries(catalog.fields.map((spec) => [spec.name, fieldValue(spec, raw)]));
}

/** What the catalog does not know: dotted name and value, in the server's order. Kept, never dropped, shown on request. */
export function unknownFields(catalog: Catalog, raw: JsonObject): [string, Json][] {
  return unknownPaths(catalog, raw).map((path) => [path.join('.'), valueAt(raw, path) ?? null]);
}

/** The paths of what the catalog does not know, in the server's order. */
export function unknownPaths(catalog: Catalog, raw: JsonObject): string[][] {
  const { known, parents } = pathsOf(catalog);
  const found: string[][] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (known.has(key) || catalog.absorbed?.includes(key)) continue;
    if (parents.has(key) && value !== null && typeof value === 'object' && !Array.isArray(value)) {
      for (const inner of Object.keys(value))
        if (!known.has(`${key}\u0000${inner}`)) found.push([key, inner]);
      continue;
    }
    // An empty parent (`forward_policy: ""`, null, or PHP's `[]`) holds nothing that could be lost.
    // A list with entries is kept even where they are empty: no parent is a list.
    if (parents.has(key) && holdsNothing(value) && !(Array.isArray(value) && value.length > 0)) continue;
    found.push([key]);
  }
  return found;
}

interface Paths {
  readonly known: ReadonlySet<string>;
  readonly parents: ReadonlySet<string>;
}
// A directory of 50,000 records is asked for this record by record.
const pathsByCatalog = new WeakMap<Catalog, Paths>();

function pathsOf(catalog: Catalog): Paths {
  const found = pathsByCatalog.get(catalog);
  if (found) return found;
  const paths = catalog.fields.map((spec) => readPath(spec));
  const made = {
    known: new Set([...paths.map((path) => path.join('\u0000')), catalog.idField]),
    parents: new Set(paths.flatMap((path) => (path.length > 1 ? [path[0] ?? ''] : []))),
  };
  pathsByCatalog.set(catalog, made);
  return made;
}

/** A record's title: its title fields that are not empty, the id where all are. */
export function recordTitle(catalog: Catalog, remoteId: string, raw: JsonObject): string {
  const specs = catalog.titleFields.map((name) => catalog.fields.find((spec) => spec.name === name));
  const parts = specs.map((spec) => (spec ? (fieldValue(spec, raw) ?? '').trim() : ''));
  return parts.filter((part) => part !== '').join(' ') || remoteId;
}
