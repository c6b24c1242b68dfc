import { plainDigits } from './digits';
import { trimmed, withoutOddBlanks, withoutUnseen } from './unseen';

const asText = /^=\s*(?:t\s*\(\s*)?["“]((?:[^"“”]|"")*)["”]\s*\)?$/i;
// Its quotes doubled once too often.
const doubled = /^=""([^"]*)""$/;
const quotes = /^(?:"([^"]*)"|“([^”]*)”|«([^»]*)»|'([^']*)')$/;

/**
 * Returns the value of a cell forced to be text: `="00777"`, `=T("00777")`. Any other cell is returned as it is.
 * Idempotent: the quoted text is a value, not a cell.
 */
export function fromTextFormula(cell: string): string {
  const plain = trimmed(cell);
  const found = doubled.exec(plain) ?? asText.exec(plain);
  return found ? (found[1] ?? '').replaceAll('""', '"') : cell;
}

/** Removes an apostrophe before digits alone: a spreadsheet's mark for text, not part of the value. */
export function withoutTextMark(text: string): string {
  return /^['‘’`´][+\d]\d*$/.test(plainDigits(withoutUnseen(text))) ? trimmed(text).slice(1) : text;
}

/** Removes one pair of quotation marks; for values that cannot contain any. */
export function withoutQuotes(text: string): string {
  const found = quotes.exec(text);
  return found ? trimmed(found[1] ?? found[2] ?? found[3] ?? found[4] ?? '') : text;
}

/** Returns whether a text is in quotation marks. */
export function isQuoted(text: string): boolean {
  return quotes.test(text);
}

/**
 * Normalises a cell that identifies its row's record: without invisible characters or text marks, digits as ASCII,
 * `201.0` as 201.
 * @param digits whether the record is known by digits, so that the zeros of a fraction mean nothing
 */
export function identifyingText(cell: string, digits: boolean): string {
  const bare = withoutQuotes(
    trimmed(withoutUnseen(withoutTextMark(fromTextFormula(digits ? withoutOddBlanks(cell) : cell)))),
  );
  const plain = plainDigits(bare);
  if (!digits) return plain;
  // A formula of one number, and a fraction of zeros; three zeros may be thousands.
  return /^=?\+?(\d+)(?:[.,\u066b](?:0{1,2}|0{4,}))?$/.exec(plain)?.[1] ?? plain;
}
