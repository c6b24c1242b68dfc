import { exactDigits, exactJson, parseExact } from '../lib/exact-json';
import { asciiDigits, phoneKey } from '../lib/text';
import { type Json, jsonSchema } from '../model/json';
import { dayOf } from '../values/server-day';
import type { FieldSpec } from './field';

/** A field's value as text, as the server tells it; null where the server has none. */
export type FieldValue = string | null;

/**
 * Whether two values of a field mean the same to the server. No value and the empty text are the same; a panel's
 * telephone number is compared as a number (the panel rewrites it); numbers and days by what they say, yes and no by
 * any of the words that servers have for them.
 */
export function sameValue(spec: FieldSpec, a: FieldValue, b: FieldValue): boolean {
  const left = a ?? '';
  const right = b ?? '';
  if (left === right) return true;
  if (spec.type === 'date') return dayOf(left) === dayOf(right);
  if (spec.type === 'json') return sameLoosely(jsonOf(left), jsonOf(right));
  if (left === '' || right === '') return false;
  switch (spec.type) {
    case 'phone':
      return phoneKey(left) === phoneKey(right);
    case 'integer':
      return sameInteger(left, right);
    case 'flag':
    case 'bit': {
      const said = asBoolean(left);
      return said === null ? sameInteger(left, right) : said === asBoolean(right);
    }
    default:
      return false;
  }
}

/**
 * Whether what was prepared is the base again, so that nothing is left of the edit. Only the very same text is: a
 * telephone number written otherwise is still an edit.
 */
export function isBaseAgain(spec: FieldSpec, base: FieldValue, next: FieldValue): boolean {
  if (spec.writeOnly) return (next ?? '') === '';
  return spec.type === 'phone' ? (base ?? '') === (next ?? '') : sameValue(spec, base, next);
}

function sameInteger(left: string, right: string): boolean {
  const a = wholeNumber(left);
  const b = wholeNumber(right);
  return /^-?\d+$/.test(a) && /^-?\d+$/.test(b) && BigInt(a) === BigInt(b);
}

/** A converter's `5.0` is the whole number 5. */
function wholeNumber(text: string): string {
  return asciiDigits(text).trim().replace(/\.0+$/, '');
}

/** Yes or no in any of the words that PHP, JSON and databases have for them; null for anything else. */
function asBoolean(text: string): boolean | null {
  const word = wholeNumber(text)
    .replace(/^0+(?=\d)/, '')
    .toLowerCase();
  if (['yes', 'true', '1', 'on'].includes(word)) return true;
  return ['no', 'false', '0', 'off'].includes(word) ? false : null;
}

/**
 * Whether two values that no catalog describes mean the same: a server may tell a number as text, a truth as 1, nothing
 * as `[]`, `{}`, null, the empty text, or not at all, and the keys of an object in any order.
 */
export function sameLoosely(a: Json | undefined, b: Json | undefined): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  const left = scalarText(a);
  const right = scalarText(b);
  if (left !== null && right !== null) {
    if (left === right) return true;
    const truth = typeof a === 'boolean' || typeof b === 'boolean';
    return truth && asBoolean(left) !== null && asBoolean(left) === asBoolean(right);
  }
  if (left !== null || right !== null) return false;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, index) => sameLoosely(value, b[index]));
  // A list with gaps is an object to PHP: `{"0":…,"1":…}`.
  const own = entriesOf(a);
  const other = entriesOf(b);
  return [...new Set([...own.keys(), ...other.keys()])].every((key) =>
    sameLoosely(own.get(key), other.get(key)),
  );
}

/**
 * Whether what stands where an object is expected says that there are no entries in it, in any of the words that
 * servers have for it.
 */
export function holdsNothing(value: Json | undefined): boolean {
  if (value === false || isEmpty(value)) return true;
  return typeof value === 'string' && /^\s*(null|false|\{\s*\}|\[\s*\])?\s*$/i.test(value);
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && exactDigits(value) === null && Object.values(value).every(isEmpty);
}

function scalarText(value: Json | undefined): string | null {
  if (typeof value === 'object') return exactDigits(value);
  return value === undefined ? null : String(value);
}

function entriesOf(value: Json | undefined): Map<string, Json> {
  return new Map(value !== null && typeof value === 'object' ? Object.entries(value) : []);
}

function jsonOf(text: string): Json {
  try {
    return jsonSchema.parse(parseExact(text));
  } catch {
    return text;
  }
}

/** A JSON text with its keys in order, so that equal values are equal texts; any other text as it stands. */
export function canonicalJson(text: string): string {
  try {
    return exactJson(sortKeys(jsonSchema.parse(parseExact(text))));
  } catch {
    return text;
  }
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
