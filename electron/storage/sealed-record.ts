import type { Catalog } from '../../shared/catalog';
import { readPath } from '../../shared/catalog/field';
import { unknownPaths, valueAt } from '../../shared/catalog/read';
import { soundsSecret } from '../../shared/lib/text';
import type { Json, JsonObject } from '../../shared/model/json';
import { foundRecord, inside, type Place, sealedKey, sealedText } from './place';
import { jsonObject } from './rows';
import type { Sealer } from './sealing';

const dot = '\u0000';

/** Cached: the paths of a catalog's secret fields are needed for every record. */
const secretPathsOf = new WeakMap<Catalog, ReadonlySet<string>>();

function secretsOf(catalog: Catalog): ReadonlySet<string> {
  const known = secretPathsOf.get(catalog);
  if (known) return known;
  const paths = catalog.fields.filter((spec) => spec.secret).map((spec) => readPath(spec).join(dot));
  const made = new Set(paths);
  secretPathsOf.set(catalog, made);
  return made;
}

/**
 * Seals a record for storing: the values of the catalog's secret fields, and every field that the catalog does not know
 * as a whole, since it may hold a secret. Empty values stay in clear.
 * @param place where the record will be kept
 */
export function sealRecord(sealer: Sealer, catalog: Catalog, raw: JsonObject, place: Place): JsonObject {
  const secretPaths = secretsOf(catalog);
  const unknown = new Set(unknownPaths(catalog, raw).map((path) => path.join(dot)));
  // The names that lead to the value that is looked at. Few values are sealed, so only those get a place made of them.
  const names: string[] = [];
  const close = (value: Json): Json => ({
    [sealedKey]: sealer.seal(
      typeof value === 'string' ? `s${value}` : `j${JSON.stringify(value)}`,
      inside(place, ...names),
    ),
  });
  const deeper = (name: string, value: Json, path: string | null, secret: boolean): Json => {
    names.push(name);
    const sealed = visit(value, path, secret);
    names.pop();
    return sealed;
  };
  // The path is null at the record itself: a field's name may be empty.
  const visit = (value: Json, path: string | null, secret: boolean): Json => {
    if (path !== null && unknown.has(path)) return isNothing(value) ? value : close(value);
    if (value !== null && typeof value === 'object') {
      // A server's own object of that form would be taken for a sealed value, so it is sealed whole.
      if (sealedText(value) !== null) return close(value);
      if (Array.isArray(value)) return value.map((one, n) => deeper(String(n), one, path, secret));
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => {
          const here = path === null ? key : `${path}${dot}${key}`;
          const closed = secret || secretPaths.has(here) || soundsSecret(key);
          return [key, deeper(key, inner, here, closed)];
        }),
      );
    }
    return !secret || isNothing(value) || typeof value === 'boolean' ? value : close(value);
  };
  const sealed = visit(raw, null, false);
  return isObject(sealed) ? sealed : {};
}

/**
 * Opens a stored record's secrets, for comparing and writing in the main process only.
 * @param stored each sealed value with the place where it was found (`foundRecord`)
 * @returns null if a secret in it cannot be opened now
 */
export function openRecord(sealer: Sealer, stored: JsonObject): JsonObject | null {
  let missing = false;
  const visit = (value: Json): Json => {
    const text = sealedText(value);
    if (text !== null) {
      const open = sealer.open(text);
      if (open === null) missing = true;
      return open === null ? null : openedValue(open);
    }
    if (Array.isArray(value)) return value.map(visit);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  const opened = visit(stored);
  return missing || !isObject(opened) ? null : opened;
}

/**
 * Seals a stored record again as `sealRecord` does now. Values whose key is lost stay as they are and do not prevent
 * the rest.
 * @param stored as it is in the database
 */
export function sealAnew(sealer: Sealer, catalog: Catalog, stored: JsonObject, place: Place): JsonObject {
  const unknown = new Set(unknownPaths(catalog, stored).map((path) => path.join(dot)));
  const renew = (value: Json, path: readonly string[]): Json => {
    const open = openRecord(sealer, foundRecord(nested(path, structuredClone(value)), place));
    if (open) return valueAt(sealRecord(sealer, catalog, open, place), path) ?? null;
    if (path.length < 2 && isObject(value) && sealedText(value) === null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, renew(inner, [...path, key])]),
      );
    }
    // What is in clear beside a value that no longer opens is sealed together with it.
    if (!unknown.has(path.join(dot)) || sealedText(value) !== null) return value;
    return { [sealedKey]: sealer.seal(`j${JSON.stringify(value)}`, inside(place, ...path)) };
  };
  const anew = renew(stored, []);
  return isObject(anew) ? anew : stored;
}

/** Returns whether a stored record has a field in clear that the catalog does not know. */
export function hasOpenUnknown(catalog: Catalog, stored: JsonObject): boolean {
  return unknownPaths(catalog, stored).some((path) => {
    const value = valueAt(stored, path) ?? null;
    return sealedText(value) === null && !isNothing(value);
  });
}

function nested(path: readonly string[], value: Json): JsonObject {
  const whole = path.reduceRight<Json>((inner, key) => Object.fromEntries([[key, inner]]), value);
  return isObject(whole) ? whole : {};
}

/** Returns whether a value is empty, and so cannot be a secret. */
function isNothing(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function openedValue(open: string): Json {
  if (open.startsWith('s')) return open.slice(1);
  // Not through a schema, which would lose a key like `__proto__`; servers may send one.
  return jsonObject(`{"value":${open.slice(1)}}`)?.value ?? null;
}
