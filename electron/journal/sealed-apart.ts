import type { Json, JsonObject } from '../../shared/model/json';
import { foundAt, inside, type Place, sealedKey } from '../storage/place';
import { isSealed } from '../storage/sealing';
import { sha256 } from './chain';

/*
 * Sealed values lie beside the journal and not in it: the body, which the chain's hash covers, holds their digests.
 * So they can be forgotten after a time and the chain still holds; and while they are there, the digest proves them.
 */

const mark = 'digest:';

/** An entry's body with digests in place of its sealed values, and those values by digest. */
export function takeSealed(body: JsonObject): { body: JsonObject; sealed: ReadonlyMap<string, string> } {
  const sealed = new Map<string, string>();
  const kept = eachKept(body, (text) => {
    if (!isSealed(text)) return text;
    const digest = digestOf(text);
    sealed.set(digest, text);
    return digest;
  });
  return { body: kept, sealed };
}

/**
 * A body with its sealed values again, each with the place where it was found. A forgotten one stays a digest, which no
 * key opens.
 */
export function putBack(body: JsonObject, sealed: ReadonlyMap<string, string>, entry: Place): JsonObject {
  return eachKept(body, (text, names) => foundAt(sealed.get(text) ?? text, inside(entry, ...names)));
}

/** Whether a stored body has digests in it. */
export function hasDigests(body: string): boolean {
  return body.includes(`"${mark}`);
}

export function digestOf(sealed: string): string {
  return mark + sha256(sealed);
}

/** The places of a body's sealed values, by their digests. */
export function placesIn(body: JsonObject, entry: Place): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  eachKept(body, (text, names) => {
    if (!places.has(text)) places.set(text, inside(entry, ...names));
    return text;
  });
  return places;
}

/** Lists of fields in a body: each field's values are found by its name, whatever its index. */
const fieldLists = new Set(['fields', 'result notStored', 'result sideEffects']);

/**
 * A body with other texts in place of its sealed ones. Such a one stands alone in an object: under `sealed` in a field,
 * under `$sealed` in a record.
 * @param replace is given the text and the names that lead to it
 */
export function eachKept(
  body: JsonObject,
  replace: (text: string, names: readonly string[]) => string,
): JsonObject {
  // One list for all: with every entry of the history each of its values is looked at, and few are sealed.
  const names: string[] = [];
  const deeper = (name: string, value: Json): Json => {
    if (value === null || typeof value !== 'object') return value;
    names.push(name);
    const kept = Array.isArray(value) ? ofList(value) : ofObject(value);
    names.pop();
    return kept;
  };
  const ofList = (list: readonly Json[]): Json => {
    const byField = fieldLists.has(names.join(' '));
    return list.map((one, n) => deeper((byField && fieldOf(one)) || String(n), one));
  };
  const ofObject = (value: JsonObject): JsonObject => {
    const entries = Object.entries(value);
    const [[key, text] = ['', null]] = entries;
    if (entries.length === 1 && (key === 'sealed' || key === sealedKey) && typeof text === 'string')
      return { [key]: replace(text, [...names]) };
    return Object.fromEntries(entries.map(([name, one]) => [name, deeper(name, one)]));
  };
  return ofObject(body);
}

function fieldOf(value: Json): string | null {
  const field = value !== null && typeof value === 'object' && !Array.isArray(value) ? value.field : null;
  return typeof field === 'string' ? field : null;
}
