import type { FieldSpec } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import { validateField } from '../../shared/catalog/validate';
import type { BatchProblem, BatchReason } from '../../shared/model/batch';
import { readDay } from './dates';
import { isNumeric, isScientific, isShortened, lostZeros, withDigits } from './digits';
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
  // Before anything is trimmed or looked up: what was written out is not judged on its way in.
  if (had !== '' && (cell === had || raw === had || sameLines(raw, had))) return { says: 'untouched' };
  const text = raw.trim();
  if (text === '') return { says: 'keeps' };
  if (cell.trim() === rules.marker) return checked(spec, '', stored);
  if (text.includes('\ufffd')) return wrong(spec, 'not-decodable');
  const meant = rules.words.read(spec, withDigits(spec, text));
  const damage = damageOf(spec, meant, stored);
  if (damage) return damage;
  if (spec.type !== 'date') return checked(spec, spec.type === 'dial' ? dialled(meant) : meant, stored);
  // A server may write its days otherwise; the day counts.
  if (sameValue(spec, stored, meant)) return { says: 'untouched' };
  const read = readDay(meant);
  if ('day' in read) return checked(spec, read.day, stored);
  return problem(spec, {
    code: `field.${read.wrong === 'unclear' ? 'not-date' : read.wrong}`,
    detail: meant,
  });
}

function checked(spec: FieldSpec, value: string, stored: FieldValue): CellReading {
  // A password is never known, so that nothing is the same as what is there.
  if (!spec.writeOnly && sameValue(spec, stored, value)) return { says: 'untouched' };
  const found = validateField(spec, value, stored);
  if (!found) return { says: 'value', value };
  return problem(spec, {
    code: `field.${found.code}`,
    ...(found.detail === undefined ? {} : { detail: found.detail }),
  });
}

function damageOf(spec: FieldSpec, text: string, stored: FieldValue): CellReading | null {
  const had = stored ?? '';
  if (isShortened(had, text) || (isNumeric(spec) && isScientific(text)))
    return wrong(spec, 'scientific', text);
  if (spec.type === 'phone' && sameValue(spec, stored, text)) return null;
  return lostZeros(had, text) ? wrong(spec, 'zeros-lost', had) : null;
}

function wrong(spec: FieldSpec, reason: BatchReason, detail?: string): CellReading {
  return problem(spec, { code: `reason.${reason}`, ...(detail === undefined ? {} : { detail }) });
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

/** Spreadsheets write the line ends inside a cell their own way. */
function sameLines(raw: string, had: string): boolean {
  return raw.includes('\n') && linesOf(raw) === linesOf(had);
}

function linesOf(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
