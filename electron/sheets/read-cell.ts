import type { FieldSpec } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import { type FieldProblemCode, validateField } from '../../shared/catalog/validate';
import type { BatchProblem, BatchReason } from '../../shared/model/batch';
import { fromTextFormula, isQuoted, withoutQuotes, withoutTextMark } from '../../shared/values/cell-form';
import { cleanValue, isCounted, isHidden, isWorded } from '../../shared/values/clean';
import { codePageLoss, hasLostLetters, hasUnreadable } from '../../shared/values/code-page';
import { cellDamage } from '../../shared/values/damage';
import { readDay } from '../../shared/values/day';
import { isShortenedNumber, plainDigits, readNumber } from '../../shared/values/digits';
import { hasSeveralAddresses } from '../../shared/values/email';
import { hasOddBlank, trimmed, withoutUnseen } from '../../shared/values/unseen';
import { isShortened, lostZeros } from './digits';
import { unguarded } from './safe-cell';
import type { ValueWords } from './value-words';

/**
 * What a cell says of its field. `keeps`: nothing, it is empty. `untouched`: what the server has, as last read. `value`:
 * something else.
 */
export type CellReading =
  | { readonly says: 'keeps' | 'untouched' }
  | { readonly says: 'value'; readonly value: string }
  | { readonly says: 'wrong'; readonly problem: BatchProblem };

export interface CellRules {
  readonly marker: string;
  readonly words: ValueWords;
}

/**
 * Reads one cell.
 * @param stored the field's value as last read, secrets open
 */
export function readCell(spec: FieldSpec, cell: string, stored: FieldValue, rules: CellRules): CellReading {
  if (cell === '') return { says: 'keeps' };
  const raw = unguarded(cell);
  const had = stored ?? '';
  // Before anything is cleaned or looked up: what was written out is not judged on its way in.
  if (isAsStored(cell, had)) return { says: 'untouched' };
  if (hasUnreadable(raw)) return wrong(spec, 'reason.not-decodable');
  // After the apostrophe that disarms a formula, the text is literal.
  const text = bareText(spec, raw === cell ? withoutTextMark(fromTextFormula(raw)) : raw);
  if (text === '') return { says: 'keeps' };
  if (trimmed(withoutUnseen(cell)) === rules.marker) return checked(spec, '', stored);
  const meant = rules.words.read(spec, text);
  const known = spec.values?.some(({ value }) => value === meant) === true;
  if (!known) {
    // A secret that is a formula is not one, whoever added an apostrophe.
    const judged = raw === cell || isHidden(spec);
    const found = (judged ? damageOf(spec, text) : null) ?? lossOf(spec, text, had);
    if (found) return found;
  }
  const value = spec.type === 'dial' ? dialled(meant) : meant;
  const zeros = zerosOf(spec, value, stored);
  if (zeros) return zeros;
  const odd = hasOddBlank(trimmed(raw));
  if (spec.type !== 'date') return checked(spec, value, stored, odd);
  // A server may write its days otherwise; the day counts.
  if (sameValue(spec, stored, meant)) return { says: 'untouched' };
  const read = readDay(meant);
  if (read.day !== undefined) return checked(spec, read.day, stored);
  return wrong(spec, `field.${read.wrong === 'no-such-day' ? read.wrong : 'not-date'}`, meant);
}

/** A cell's text, cleaned as its field may be, without what only kept it a text. */
function bareText(spec: FieldSpec, text: string): string {
  const clean = trimmedFor(spec, cleanValue(spec, text));
  if (isWorded(spec) || isHidden(spec)) return clean;
  return cleanValue(spec, withoutQuotes(clean));
}

/** Blanks around a cell are not part of it. What its last letter needs to be drawn is. */
function trimmedFor(spec: FieldSpec, text: string): string {
  return isWorded(spec) ? text.trim() : trimmed(text);
}

/** @param odd whether the cell had a blank in it that looks like the space bar's */
function checked(spec: FieldSpec, value: string, stored: FieldValue, odd = false): CellReading {
  // A password is never known, so that nothing is the same as what is there.
  if (!spec.writeOnly && sameValue(spec, stored, value)) return { says: 'untouched' };
  const found = validateField(spec, value, stored);
  if (!found) return { says: 'value', value };
  if (odd && !spec.secret) return wrong(spec, 'field.control-characters');
  return problem(spec, {
    code: `field.${found.code}`,
    ...(found.detail === undefined ? {} : { detail: found.detail }),
  });
}

/** What other programs did to a value, whatever the server has. */
function damageOf(spec: FieldSpec, text: string): CellReading | null {
  const damage = cellDamage(text);
  if (damage === 'error-value') return wrong(spec, 'field.error-value', text);
  if (damage === 'shortened') return wrong(spec, 'reason.scientific', text);
  if (damage === 'formula') return wrong(spec, 'reason.formula', text);
  if (isHidden(spec) && isQuoted(text)) return wrong(spec, 'reason.quoted');
  // Torn, or marked as text twice: nothing shows which part is the secret.
  if (isHidden(spec) && /^[=+]\s*["“”\d]/.test(text)) return wrong(spec, 'reason.formula');
  if (spec.type === 'email' && hasSeveralAddresses(text)) return wrong(spec, 'reason.two-addresses', text);
  if (!isCounted(spec)) return null;
  if (isShortenedNumber(text, false)) return wrong(spec, 'reason.scientific', text);
  const number = spec.type === 'phone' ? null : readNumber(text);
  return number && 'wrong' in number ? wrong(spec, 'reason.separators', text) : null;
}

/** What a code page, or a number's form, has made of what the server has. */
function lossOf(spec: FieldSpec, text: string, had: string): CellReading | null {
  if (isShortened(had, text)) return wrong(spec, 'reason.scientific', text);
  if (!isWorded(spec)) return null;
  const loss = codePageLoss(had, text);
  if (loss === 'same') return { says: 'untouched' };
  return loss === 'letters' || hasLostLetters(text) ? wrong(spec, 'field.letters-lost', text) : null;
}

function zerosOf(spec: FieldSpec, text: string, stored: FieldValue): CellReading | null {
  if (spec.type === 'phone' && sameValue(spec, stored, text)) return null;
  const had = stored ?? '';
  return lostZeros(had, plainDigits(text)) ? wrong(spec, 'reason.zeros-lost', had) : null;
}

function wrong(
  spec: FieldSpec,
  code: `reason.${BatchReason}` | `field.${FieldProblemCode}`,
  detail?: string,
): CellReading {
  return problem(spec, { code, ...(detail === undefined ? {} : { detail }) });
}

/** Of a secret's cell nothing is said. */
function problem(spec: FieldSpec, { code, detail }: { code: string; detail?: string }): CellReading {
  const told = spec.secret || detail === undefined ? {} : { detail: detail.slice(0, 400) };
  return { says: 'wrong', problem: { field: spec.name, code, ...told } };
}

/** `"Sales" <021123>`, as other programs write a caller's identity: the number in it. */
function dialled(text: string): string {
  return /^[^<>]*<([+*#\d]+)>$/.exec(text)?.[1] ?? text;
}

/** Whether a cell is a stored value as Patchbay writes it out. */
export function isAsStored(cell: string, had: string): boolean {
  const raw = unguarded(cell);
  return had !== '' && (cell === had || raw === had || sameLines(raw, had));
}

/** Spreadsheets write the line ends inside a cell their own way. */
function sameLines(raw: string, had: string): boolean {
  return raw.includes('\n') && linesOf(raw) === linesOf(had);
}

function linesOf(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
