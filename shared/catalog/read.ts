import type { Json, JsonObject } from '../model/json';
import type { FieldValue } from './compare';
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

/** What a catalog field says in a record, as text. Booleans become the field's own yes and no. */
export function fieldValue(spec: FieldSpec, raw: JsonObject): FieldValue {
  const value = valueAt(raw, readPath(spec));
  return value === undefined ? null : toText(spec, value);
}

function toText(spec: FieldSpec, value: Json): FieldValue {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') {
    if (spec.type === 'flag') return value ? 'yes' : 'no';
    if (spec.type === 'bit') return value ? '1' : '0';
    return String(value);
  }
  return JSON.stringify(value);
}

/** All catalog fields of a record by name. */
export function fieldValues(catalog: Catalog, raw: JsonObject): Record<string, FieldValue> {
  return Object.fromEntries(catalog.fields.map((spec) => [spec.name, fieldValue(spec, raw)]));
}

/** What the catalog does not know: dotted name and value, in the server's order. Shown, kept, never dropped. */
export function unknownFields(catalog: Catalog, raw: JsonObject): [string, Json][] {
  const known = new Set(catalog.fields.map((spec) => readPath(spec).join('\u0000')));
  known.add(catalog.idField);
  const parents = new Set(
    catalog.fields.map((spec) => readPath(spec)).flatMap((path) => (path.length > 1 ? [path[0] ?? ''] : [])),
  );
  const found: [string, Json][] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (known.has(key) || catalog.absorbed?.includes(key)) continue;
    if (parents.has(key) && value !== null && typeof value === 'object' && !Array.isArray(value)) {
      for (const [inner, innerValue] of Object.entries(value)) {
        if (!known.has(`${key}\u0000${inner}`)) found.push([`${key}.${inner}`, innerValue]);
      }
      continue;
    }
    // An empty parent (`forward_policy: ""` or null) holds nothing that could be lost.
    if (parents.has(key) && (value === null || value === '')) continue;
    found.push([key, value]);
  }
  return found;
}

/** A record's title: its title fields that are not empty, the id where all are. */
export function recordTitle(catalog: Catalog, remoteId: string, raw: JsonObject): string {
  const specs = catalog.titleFields.map((name) => catalog.fields.find((spec) => spec.name === name));
  const parts = specs.map((spec) => (spec ? (fieldValue(spec, raw) ?? '').trim() : ''));
  return parts.filter((part) => part !== '').join(' ') || remoteId;
}
