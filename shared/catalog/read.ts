import { exactJson } from '../lib/exact-json';
import type { Json, JsonObject } from '../model/json';
import { dayOf } from '../values/server-day';
import { type FieldValue, holdsNothing } from './compare';
import { type Catalog, type FieldSpec, readPath } from './field';

/** A record as last read: its id and everything that the server sent. */
export interface RawRecord {
  readonly remoteId: string;
  readonly raw: JsonObject;
}

/** Returns the value at a path, or undefined. */
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
 * Returns a field's value in a record as text. Booleans become the field's own yes and no; a timestamp becomes its day,
 * so that grid, editor, plan, history and sheets show, sort and compare days. The record keeps the server's form.
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

/** Returns all catalog fields of a record by name. */
export function fieldValues(catalog: Catalog, raw: JsonObject): Record<string, FieldValue> {
  return Object.fromEntries(catalog.fields.map((spec) => [spec.name, fieldValue(spec, raw)]));
}

/**
 * Returns what the catalog does not know, as dotted name and value in the server's order. It is kept and shown on
 * request.
 */
export function unknownFields(catalog: Catalog, raw: JsonObject): [string, Json][] {
  return unknownPaths(catalog, raw).map((path) => [path.join('.'), valueAt(raw, path) ?? null]);
}

/** Returns the paths of what the catalog does not know, in the server's order. */
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
    // An empty parent (`forward_policy: ""`, null, PHP's `[]`) holds nothing to lose. A list with entries is kept even
    // where these are empty: a parent is never a list.
    if (parents.has(key) && holdsNothing(value) && !(Array.isArray(value) && value.length > 0)) continue;
    found.push([key]);
  }
  return found;
}

interface Paths {
  readonly known: ReadonlySet<string>;
  readonly parents: ReadonlySet<string>;
}
// Cached: a directory of 50,000 records asks for it once per record.
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

/** Returns a record's title: its non-empty title fields, or the id where all are empty. */
export function recordTitle(catalog: Catalog, remoteId: string, raw: JsonObject): string {
  const specs = catalog.titleFields.map((name) => catalog.fields.find((spec) => spec.name === name));
  const parts = specs.map((spec) => (spec ? (fieldValue(spec, raw) ?? '').trim() : ''));
  return parts.filter((part) => part !== '').join(' ') || remoteId;
}
