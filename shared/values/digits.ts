import { asciiDigits } from '../lib/text';

/** Converts digits and signs of any width and of Persian and Arabic keyboards to ASCII. */
export function plainDigits(text: string): string {
  return asciiDigits(halfWidth(text)).replace(/[\u2212\ufe63]/g, '-');
}

/** Converts full-width forms, as East Asian keyboards and some converters write them, to the usual ones. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));
}

/** A parsed number: its digits, or why they are ambiguous. */
export type ReadNumber = { readonly number: string } | { readonly wrong: 'shortened' | 'separators' } | null;

const fraction = /^([+-]?\d+)[.,\u066b]0+$/;
const grouped = /^[+-]?\d{1,3}(?:([.,\u066c\u066b'\u2019 ])\d{3})(?:\1\d{3})*(?:[.,\u066b]\d+)?$/;

/**
 * Reads a whole number as people, spreadsheets and converters write it: `201.0` and `201,00` are 201. Three zeros may
 * be a fraction or thousands (`1,000`), so those are not read.
 * @returns null where the text is no such number
 */
export function readNumber(text: string): ReadNumber {
  const plain = plainDigits(text);
  if (isShortenedNumber(plain, false)) return { wrong: 'shortened' };
  if (grouped.test(plain)) return { wrong: 'separators' };
  const whole = fraction.exec(plain)?.[1];
  if (whole !== undefined) return { number: whole };
  return /^[+-]?\d+$/.test(plain) ? { number: plain } : null;
}

/**
 * Returns whether a spreadsheet shortened a number (`9.12E+09`), which loses its digits.
 * @param sure accept only what programs write, with a fraction or the exponent's sign: `12E34` may be a secret, or a
 * flat
 */
export function isShortenedNumber(text: string, sure: boolean): boolean {
  const plain = plainDigits(text);
  return sure
    ? /^[+-]?\d+(?:[.,\u066b]\d+e[+-]?|e[+-])\d+$/i.test(plain)
    : /^[+-]?\d+(?:[.,\u066b]\d+)?e[+-]?\d+$/i.test(plain);
}
