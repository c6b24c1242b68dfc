import { asciiDigits, phoneKey } from '../lib/text';
import type { FieldSpec } from './field';

/** A field's value as text, as the server tells it; null where the server has none. */
export type FieldValue = string | null;

/**
 * Whether two values of a field mean the same to the server. No value and the empty text are the same; a panel's
 * telephone number is compared as a number (the panel rewrites it); numbers and dates by what they say.
 */
export function sameValue(spec: FieldSpec, a: FieldValue, b: FieldValue): boolean {
  const left = a ?? '';
  const right = b ?? '';
  if (left === right) return true;
  if (left === '' || right === '') return false;
  switch (spec.type) {
    case 'phone':
      return phoneKey(left) === phoneKey(right);
    case 'integer':
    case 'bit':
      return sameInteger(left, right);
    case 'date':
      return dayOf(left) === dayOf(right);
    case 'json':
      return canonicalJson(left) === canonicalJson(right);
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
  const a = asciiDigits(left).trim();
  const b = asciiDigits(right).trim();
  return /^-?\d+$/.test(a) && /^-?\d+$/.test(b) && BigInt(a) === BigInt(b);
}

/**
 * The day that an expiry means: `YYYY-MM-DD` at the front of a text, or an epoch in seconds or milliseconds
 * (api note on Edge: how `expire_time` is read is unknown). Any other text stands for itself.
 */
export function dayOf(value: string): string {
  const text = asciiDigits(value).trim();
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text);
  if (iso?.[1]) return iso[1];
  if (/^\d{9,13}$/.test(text)) {
    const epoch = Number(text) * (text.length > 10 ? 1 : 1000);
    return new Date(epoch).toISOString().slice(0, 10);
  }
  return text;
}

/** A JSON text with its keys in order, so that equal values are equal texts; any other text as it stands. */
export function canonicalJson(text: string): string {
  try {
    return JSON.stringify(sortKeys(JSON.parse(text)));
  } catch {
    return text;
  }
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
