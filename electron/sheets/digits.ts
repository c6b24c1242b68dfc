import { isShortenedNumber, plainDigits } from '../../shared/values/digits';

/* What spreadsheets make of a value that they take for a number, compared with what the server has. */

/** Whether a cell is what a spreadsheet makes of a value that begins with zeros. */
export function lostZeros(value: string, cell: string): boolean {
  return /^0+\d+$/.test(value) && value !== cell && value.replace(/^0+(?=\d)/, '') === cell;
}

// A spreadsheet's numbers have this many digits; the rest become zeros.
const digitsKept = 15;

/** Whether a cell is what a spreadsheet makes of a long number. */
export function isShortened(value: string, cell: string): boolean {
  if (!/^\d{6,}$/.test(value)) return false;
  const plain = plainDigits(cell);
  if (value.length > digitsKept && value !== plain)
    return plain === value.slice(0, digitsKept) + '0'.repeat(value.length - digitsKept);
  if (!isShortenedNumber(plain, false)) return false;
  const left = Number(value);
  const right = Number(plain.replace(/[,\u066b]/, '.'));
  return Math.abs(left - right) <= left / 10;
}
