import type { Json } from '../model/json';

/*
 * JavaScript's numbers hold 15 digits for sure: of two ids beyond 2^53 one may be read as the other. A number that would
 * lose digits is kept as an object with one key, which goes through copies, the database and its sealing as any JSON
 * does, and becomes the same digits again when it is written.
 */
const exactKey = '$patchbayExactNumber';
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
// Not inside a text: there a quote stands before the first digit. What is found by mistake is only looked at closer.
const suspicious = /(?:^|[:,[\s])-?\d(?:[\d.]{15,}|[\d.]*[eE])/;
const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
const written = new RegExp(`\\{\\s*"\\${exactKey}"\\s*:\\s*"(-?[\\d.eE+-]+)"\\s*\\}`, 'g');

/** As `JSON.parse`; numbers keep all of their digits. Throws SyntaxError as that does. */
export function parseExact(text: string): unknown {
  if (!suspicious.test(text)) return JSON.parse(text);
  const marked = text.replace(textOrNumber, (token) =>
    token.startsWith('"') || isHeld(token) ? token : `{"${exactKey}":"${token}"}`,
  );
  return JSON.parse(marked);
}

/** As `JSON.stringify`; numbers that were kept exactly are written with all of their digits. */
export function exactJson(value: Json, space?: number): string {
  const text = JSON.stringify(value, null, space);
  // A text inside a value holds its quotes escaped, and so cannot be taken for one.
  return text.includes(exactKey)
    ? text.replace(written, (whole, digits: string) => (number.test(digits) ? digits : whole))
    : text;
}

/** The digits of a number that was kept exactly; null for any other value. */
export function exactDigits(value: Json | undefined): string | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const digits = value[exactKey];
  return typeof digits === 'string' && number.test(digits) && Object.keys(value).length === 1 ? digits : null;
}

/** A whole number written as text, as JSON's number of the same digits; null where the text is not exactly one. */
export function integerOf(text: string): Json | null {
  if (!/^-?(0|[1-9]\d*)$/.test(text)) return null;
  return isHeld(text) ? Number(text) : { [exactKey]: text };
}

/** Whether a double holds a number as written. */
function isHeld(token: string): boolean {
  if (token.length < 16 && !/e/i.test(token)) return true;
  const value = Number(token);
  return Number.isFinite(value) && decimal(token) === decimal(String(value));
}

/** Sign, significant digits and exponent: the same for two spellings of one number. */
function decimal(token: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(token) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const cut = digits.replace(/0+$/, '');
  if (cut === '') return '0';
  return `${sign}${cut}e${Number(exponent) - fraction.length + digits.length - cut.length}`;
}
