import type { Json } from '../model/json';

/*
 * JavaScript numbers hold only 15 digits reliably: two ids beyond 2^53 may be read as one. A number that would lose
 * digits is kept as an object with one key, which is copied, stored and sealed like any JSON value and written as the
 * same digits again.
 */
const exactKey = '$patchbayExactNumber';
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
// Not inside a string, where a quote precedes the first digit. False positives only cost a closer look.
const suspicious = /(?:^|[:,[\s])-?\d(?:[\d.]{15,}|[\d.]*[eE])/;
const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
const written = new RegExp(`\\{\\s*"\\${exactKey}"\\s*:\\s*"(-?[\\d.eE+-]+)"\\s*\\}`, 'g');

/** Parses like `JSON.parse`, but numbers keep all of their digits. */
export function parseExact(text: string): unknown {
  if (!suspicious.test(text)) return JSON.parse(text);
  const marked = text.replace(textOrNumber, (token) =>
    token.startsWith('"') || isHeld(token) ? token : `{"${exactKey}":"${token}"}`,
  );
  return JSON.parse(marked);
}

/** Writes like `JSON.stringify`, with all digits of numbers that were kept exactly. */
export function exactJson(value: Json, space?: number): string {
  const text = JSON.stringify(value, null, space);
  // Quotes inside a string are escaped, so a string cannot be taken for one.
  return text.includes(exactKey)
    ? text.replace(written, (whole, digits: string) => (number.test(digits) ? digits : whole))
    : text;
}

/** Returns the digits of a number that was kept exactly; null for any other value. */
export function exactDigits(value: Json | undefined): string | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const digits = value[exactKey];
  return typeof digits === 'string' && number.test(digits) && Object.keys(value).length === 1 ? digits : null;
}

/** Returns an integer in text as a JSON number with the same digits; null where the text is not exactly one. */
export function integerOf(text: string): Json | null {
  if (!/^-?(0|[1-9]\d*)$/.test(text)) return null;
  return isHeld(text) ? Number(text) : { [exactKey]: text };
}

function isHeld(token: string): boolean {
  if (token.length < 16 && !/e/i.test(token)) return true;
  const value = Number(token);
  return Number.isFinite(value) && decimal(token) === decimal(String(value));
}

/** Returns sign, significant digits and exponent, equal for two spellings of one number. */
function decimal(token: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(token) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const cut = digits.replace(/0+$/, '');
  if (cut === '') return '0';
  return `${sign}${cut}e${Number(exponent) - fraction.length + digits.length - cut.length}`;
}
