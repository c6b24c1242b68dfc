import { takesAsciiDigits } from '../catalog/digits';
import type { FieldSpec, FieldType } from '../catalog/field';
import { hasUnreadable } from './code-page';
import { isErrorValue, isNoSecret } from './damage';
import { readDay } from './day';
import { plainDigits, readNumber } from './digits';
import { readEmail } from './email';
import { isMisread } from './misread';
import { hasControl, hasOddBlank, hasUnseen, trimmed, withoutOddBlanks, withoutUnseen } from './unseen';

/*
 * What every value goes through on its way in, typed, pasted, made by a rule or read from a file: cleaned where nothing
 * can be lost by it, refused where it cannot be what somebody means. What the server has itself is never touched.
 */

const worded: ReadonlySet<FieldType> = new Set(['text', 'multiline', 'json']);
const counted: ReadonlySet<FieldType> = new Set(['digits', 'integer', 'port', 'dial', 'phone', 'bit']);
const hidden: ReadonlySet<FieldType> = new Set(['secret', 'password']);

/** Whether a field's values are words of people: names, descriptions, where a half-space means something. */
export function isWorded(spec: FieldSpec): boolean {
  return worded.has(spec.type) || (spec.type === 'choice' && spec.open === true);
}

/** Whether a field's values are numbers of a kind. */
export function isCounted(spec: FieldSpec): boolean {
  return counted.has(spec.type);
}

/** Whether a field's values have no blank in them, but where the space bar put it. */
function isOneWord(spec: FieldSpec): boolean {
  return isCounted(spec) || spec.type === 'email' || spec.type === 'host';
}

/** Whether a field's values are passwords: every character counts, and nobody can see them. */
export function isHidden(spec: FieldSpec): boolean {
  return hidden.has(spec.type);
}

/**
 * A value as its field may have it. Doing it twice does no more than doing it once. What it cannot make good it leaves as
 * it is, for `textProblem` and the field's own check to refuse.
 */
export function cleanValue(spec: FieldSpec, text: string): string {
  if (isHidden(spec)) return withoutEdges(text);
  if (isWorded(spec)) return cleanWords(text);
  const plain = trimmed(withoutUnseen(isOneWord(spec) ? withoutOddBlanks(text) : text));
  if (spec.type === 'email') return readEmail(plain);
  if (spec.type === 'date') return dayOr(plain);
  if (spec.type === 'host' || spec.type === 'ipMask') return plainDigits(plain);
  if (!isCounted(spec)) return plain;
  const read = readNumber(plain);
  return read && 'number' in read ? read.number : plainDigits(plain);
}

/**
 * The same for what somebody typed, pasted or made by a rule. What the server has itself stays as it is: nobody has typed
 * it, and nothing is to be changed about it.
 */
export function cleanTyped(spec: FieldSpec, text: string, had: string | null): string {
  return text === (had ?? '') ? text : cleanValue(spec, text);
}

/** A text of the program's own (what a connection is called, say), as that of a field of words. */
export function cleanName(text: string): string {
  return withoutUnseen(text, 'text').trim();
}

/**
 * What somebody logs in with: a user name without anything that cannot be seen; a password without what stands around it.
 * @returns null where something that cannot be seen stands inside of a password: nobody knows whether it belongs there
 */
export function cleanCredential(text: string, visible: boolean): string | null {
  if (visible) return trimmed(withoutUnseen(text));
  const bare = withoutEdges(text);
  return hasUnseen(bare) || hasOddBlank(bare) || hasControl(bare) ? null : bare;
}

/** A value with the characters taken out that can mean nothing, while it is being typed: no more than that. */
export function cleanTyping(spec: FieldSpec, text: string): string {
  return takesAsciiDigits(spec) ? plainDigits(withoutUnseen(text)) : text;
}

export type TextProblem = 'control-characters' | 'letters-lost' | 'error-value';

/** What makes a text unfit for any field of its sort, whatever it says; null where nothing does. */
export function textProblem(spec: FieldSpec, value: string): TextProblem | null {
  if (hasUnreadable(value) || (isWorded(spec) && isMisread(value))) return 'letters-lost';
  if (hasControl(value, spec.type === 'multiline')) return 'control-characters';
  if (hasUnseen(value, isWorded(spec) ? 'text' : 'none')) return 'control-characters';
  if (!isWorded(spec) && hasOddBlank(value)) return 'control-characters';
  if (isHidden(spec) ? isNoSecret(value) : isErrorValue(value)) return 'error-value';
  return null;
}

function dayOr(text: string): string {
  const read = readDay(text);
  return 'day' in read ? read.day : text;
}

function cleanWords(text: string): string {
  const clean = withoutUnseen(text, 'text');
  return hasOddEdges(text) ? clean.trim() : clean;
}

/** Without what stands around it and cannot be seen. */
function withoutEdges(text: string): string {
  return hasOddEdges(text) ? trimmed(text) : text;
}

/** Whether more than spaces that somebody typed stands around a text. Those stay: they may be what he means. */
function hasOddEdges(text: string): boolean {
  const bare = trimmed(text);
  const at = text.indexOf(bare);
  return !/^[ \n]*$/.test(text.slice(0, at) + text.slice(at + bare.length));
}
