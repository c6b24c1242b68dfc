import { plainDigits } from './digits';
import { trimmed, withoutOddBlanks, withoutUnseen } from './unseen';

const asText = /^=\s*(?:t\s*\(\s*)?["“]((?:[^"“”]|"")*)["”]\s*\)?$/i;
// With its quotes doubled once more than they should be.
const doubled = /^=""([^"]*)""$/;
const quotes = /^(?:"([^"]*)"|“([^”]*)”|«([^»]*)»|'([^']*)')$/;

/**
 * The value of a cell that was told to stay text: `="00777"`, `=T("00777")`. Any other cell stands for itself.
 * Reading it twice reads no more than once: what is in the quotes is a value, not a cell.
 */
export function fromTextFormula(cell: string): string {
  const plain = trimmed(cell);
  const found = doubled.exec(plain) ?? asText.exec(plain);
  return found ? (found[1] ?? '').replaceAll('""', '"') : cell;
}

/** Before digits alone an apostrophe is a spreadsheet's mark for text, and no part of the value. */
export function withoutTextMark(text: string): string {
  return /^['‘’`´][+\d]\d*$/.test(plainDigits(withoutUnseen(text))) ? trimmed(text).slice(1) : text;
}

/** A text without one pair of quotation marks around it; for values that can have none. */
export function withoutQuotes(text: string): string {
  const found = quotes.exec(text);
  return found ? trimmed(found[1] ?? found[2] ?? found[3] ?? found[4] ?? '') : text;
}

/** Whether a text stands in quotation marks. */
export function isQuoted(text: string): boolean {
  return quotes.test(text);
}

/**
 * What a cell says that tells which record its row is about: without what cannot be seen, told to stay text or not,
 * digits as ASCII, `201.0` as 201.
 * @param digits whether the record is known by a text of digits, so that a fraction's zeros mean nothing
 */
export function identifyingText(cell: string, digits: boolean): string {
  const bare = withoutQuotes(
    trimmed(withoutUnseen(withoutTextMark(fromTextFormula(digits ? withoutOddBlanks(cell) : cell)))),
  );
  const plain = plainDigits(bare);
  if (!digits) return plain;
  // A formula of a number alone, and a fraction of zeros; with three of them it may be thousands.
  return /^=?\+?(\d+)(?:[.,\u066b](?:0{1,2}|0{4,}))?$/.exec(plain)?.[1] ?? plain;
}
