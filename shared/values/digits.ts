import { asciiDigits } from '../lib/text';

/** Digits and signs of any width and of Persian and Arabic keyboards as ASCII ones; everything else untouched. */
export function plainDigits(text: string): string {
  return asciiDigits(halfWidth(text)).replace(/[\u2212\ufe63]/g, '-');
}

/** Full-width forms, as East Asian keyboards and some converters write them, as the usual ones. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));
}

/** What a text of digits says: the digits, or why they cannot be told. */
export type ReadNumber = { readonly number: string } | { readonly wrong: 'shortened' | 'separators' } | null;

const fraction = /^([+-]?\d+)[.,\u066b]0+$/;
const grouped = /^[+-]?\d{1,3}(?:([.,\u066c\u066b'\u2019 ])\d{3})(?:\1\d{3})*(?:[.,\u066b]\d+)?$/;

/**
 * A whole number as people, spreadsheets and converters write it: `201.0` and `201,00` are 201. With three zeros nobody can
 * tell a fraction from thousands (`1,000`), so that is not read.
 * @returns null where the text is no such number; it stands for itself then
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
 * `9.12E+09`: a number that a spreadsheet has shortened; its digits are gone.
 * @param sure only as programs write it, with a fraction or the exponent's sign: `12E34` may be a secret, or a flat
 */
export function isShortenedNumber(text: string, sure: boolean): boolean {
  const plain = plainDigits(text);
  return sure
    ? /^[+-]?\d+(?:[.,\u066b]\d+e[+-]?|e[+-])\d+$/i.test(plain)
    : /^[+-]?\d+(?:[.,\u066b]\d+)?e[+-]?\d+$/i.test(plain);
}
