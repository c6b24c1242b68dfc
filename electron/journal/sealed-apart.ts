import type { Json, JsonObject } from '../../shared/model/json';
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
  const kept = visit(body, (text) => {
    if (!isSealed(text)) return text;
    const digest = digestOf(text);
    sealed.set(digest, text);
    return digest;
  });
  return { body: kept, sealed };
}

/** A body with its sealed values again. A forgotten one stays a digest, which no key opens. */
export function putBack(body: JsonObject, sealed: ReadonlyMap<string, string>): JsonObject {
  return sealed.size === 0 ? body : visit(body, (text) => sealed.get(text) ?? text);
}

/** Whether a stored body has digests in it. */
export function hasDigests(body: string): boolean {
  return body.includes(`"${mark}`);
}

export function digestOf(sealed: string): string {
  return mark + sha256(sealed);
}

/** A sealed value stands alone in an object: under `sealed` in a field, under `$sealed` in a record. */
function visit(body: JsonObject, replace: (text: string) => string): JsonObject {
  const inner = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(inner);
    return value !== null && typeof value === 'object' ? ofObject(value) : value;
  };
  const ofObject = (value: JsonObject): JsonObject => {
    const entries = Object.entries(value);
    const [[key, text] = ['', null]] = entries;
    if (entries.length === 1 && (key === 'sealed' || key === '$sealed') && typeof text === 'string')
      return { [key]: replace(text) };
    return Object.fromEntries(entries.map(([name, one]) => [name, inner(one)]));
  };
  return ofObject(body);
}
