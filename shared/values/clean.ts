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
 * Every value passes through here, typed, pasted, computed by a rule or read from a file: cleaned where nothing can be
 * lost, refused where it cannot be meant. The server's own values are never touched.
 */

const worded: ReadonlySet<FieldType> = new Set(['text', 'multiline', 'json']);
const counted: ReadonlySet<FieldType> = new Set(['digits', 'integer', 'port', 'dial', 'phone', 'bit']);
const hidden: ReadonlySet<FieldType> = new Set(['secret', 'password']);

/** Returns whether a field's values are natural language (names, descriptions), where a half-space is meaningful. */
export function isWorded(spec: FieldSpec): boolean {
  return worded.has(spec.type) || (spec.type === 'choice' && spec.open === true);
}

/** Returns whether a field's values are numbers of some kind. */
export function isCounted(spec: FieldSpec): boolean {
  return counted.has(spec.type);
}

function isOneWord(spec: FieldSpec): boolean {
  return isCounted(spec) || spec.type === 'email' || spec.type === 'host';
}

/** Returns whether a field's values are passwords: invisible, and every character counts. */
export function isHidden(spec: FieldSpec): boolean {
  return hidden.has(spec.type);
}

/**
 * Cleans a value as its field allows. Idempotent. What it cannot repair it leaves for `textProblem` and the field's own
 * check to refuse.
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
 * Cleans a value that was typed, pasted or computed. A value equal to the server's own is returned unchanged: nobody
 * typed it.
 */
export function cleanTyped(spec: FieldSpec, text: string, had: string | null): string {
  return text === (had ?? '') ? text : cleanValue(spec, text);
}

/** Cleans a text of the program's own (a connection's name, say) as a field of words. */
export function cleanName(text: string): string {
  return withoutUnseen(text, 'text').trim();
}

/**
 * Cleans a login: a user name loses everything invisible, a password only what surrounds it.
 * @returns null where a password has something invisible inside: it may or may not belong there
 */
export function cleanCredential(text: string, visible: boolean): string | null {
  if (visible) return trimmed(withoutUnseen(text));
  const bare = withoutEdges(text);
  return hasUnseen(bare) || hasOddBlank(bare) || hasControl(bare) ? null : bare;
}

/** Removes only meaningless characters from a value while it is being typed. */
export function cleanTyping(spec: FieldSpec, text: string): string {
  return takesAsciiDigits(spec) ? plainDigits(withoutUnseen(text)) : text;
}

export type TextProblem = 'control-characters' | 'letters-lost' | 'error-value';

/** Returns what makes a text unfit for any field of its type; null where nothing does. */
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

function withoutEdges(text: string): string {
  return hasOddEdges(text) ? trimmed(text) : text;
}

/** Returns whether more than spaces surrounds a text. Typed spaces are kept: they may be meant. */
function hasOddEdges(text: string): boolean {
  const bare = trimmed(text);
  const at = text.indexOf(bare);
  return !/^[ \n]*$/.test(text.slice(0, at) + text.slice(at + bare.length));
}
