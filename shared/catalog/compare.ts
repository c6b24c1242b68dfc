import { exactDigits, exactJson, parseExact } from '../lib/exact-json';
import { asciiDigits, phoneKey } from '../lib/text';
import { type Json, jsonSchema } from '../model/json';
import { dayOf } from '../values/server-day';
import type { FieldSpec } from './field';

/** A field's value as text, as the server sends it; null where there is none. */
export type FieldValue = string | null;

/**
 * Returns whether two values of a field mean the same to the server. No value equals the empty text; a panel's
 * telephone number is compared as a number (the panel rewrites it); numbers and days by meaning; yes and no in any of
 * the words that servers use.
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
 * Returns whether an edit has gone back to its base, so that nothing is left of it. Only the identical text counts: a
 * telephone number in another notation is still an edit.
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

/** Reads a converter's `5.0` as the whole number 5. */
function wholeNumber(text: string): string {
  return asciiDigits(text).trim().replace(/\.0+$/, '');
}

/** Reads yes or no in any of the words that PHP, JSON and databases use; null for anything else. */
function asBoolean(text: string): boolean | null {
  const word = wholeNumber(text)
    .replace(/^0+(?=\d)/, '')
    .toLowerCase();
  if (['yes', 'true', '1', 'on'].includes(word)) return true;
  return ['no', 'false', '0', 'off'].includes(word) ? false : null;
}

/**
 * Returns whether two values that no catalog describes mean the same: a server may send a number as text, a boolean as
 * 1, nothing as `[]`, `{}`, null, the empty text or no key at all, and the keys of an object in any order.
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
  // PHP sends a list with gaps as an object: `{"0":…,"1":…}`.
  const own = entriesOf(a);
  const other = entriesOf(b);
  return [...new Set([...own.keys(), ...other.keys()])].every((key) =>
    sameLoosely(own.get(key), other.get(key)),
  );
}

/** Returns whether a value in place of an object means "no entries", in any of the forms that servers use. */
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

/** Sorts the keys of a JSON text, so that equal values are equal texts; other text is returned as it is. */
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
