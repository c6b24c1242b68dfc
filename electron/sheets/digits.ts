import type { FieldSpec } from '../../shared/catalog';
import type { FieldType } from '../../shared/catalog/field';
import { asciiDigits } from '../../shared/lib/text';

const numeric: ReadonlySet<FieldType> = new Set([
  'digits',
  'integer',
  'port',
  'dial',
  'phone',
  'bit',
  'date',
  'host',
  'ipMask',
]);

/** Whether a field's values are made of digits, so that digits of any script are meant as such. */
export function isNumeric({ type }: FieldSpec): boolean {
  return numeric.has(type);
}

/** A cell with its digits as the field stores them. */
export function withDigits(spec: FieldSpec, text: string): string {
  return isNumeric(spec) ? asciiDigits(text) : text;
}

/** `9.12E+09`: a number that a spreadsheet has shortened; its digits are gone. */
export function isScientific(text: string): boolean {
  return /^[+-]?\d+(?:[.,٫]\d+)?e[+-]?\d+$/i.test(asciiDigits(text));
}

/** Whether a cell is what a spreadsheet makes of a value that begins with zeros. */
export function lostZeros(value: string, cell: string): boolean {
  return /^0+\d+$/.test(value) && value !== cell && value.replace(/^0+(?=\d)/, '') === cell;
}

/** Whether a cell is what a spreadsheet makes of a long number. */
export function isShortened(value: string, cell: string): boolean {
  if (!isScientific(cell) || !/^\d{6,}$/.test(value)) return false;
  const left = Number(value);
  const right = Number(asciiDigits(cell).replace(/[,٫]/, '.'));
  return Math.abs(left - right) <= left / 10;
}
