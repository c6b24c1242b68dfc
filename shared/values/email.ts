import { plainDigits } from './digits';
import { trimmed, withoutUnseen } from './unseen';

// Characters that no address contains unless quoted, which nobody does.
const separators = String.raw`\s,;<>()[\]:"\\،؛«»“”`;
// An address begins and ends with a letter or digit, and dots are never adjacent.
const name = String.raw`(?![-=#*{}|/~!?•–—…])[^@|${separators}.]+(?:\.[^@|${separators}.]+)*`;
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}])?`;
const address = new RegExp(String.raw`^${name}@(?:${label}\.)+(?!\p{N}+$)(?=.{2})${label}$`, 'u');
const addresses = new RegExp(`[^@${separators}]+@[^@${separators}]+`, 'gu');
const around = /^[\s,;<>()[\]"'«»“”‘’`،؛.]+|[\s,;<>()[\]"'«»“”‘’`،؛.]+$/gu;
const named = /^[^@<>]*<\s*([^<>]*)\s*>$/;

export function isEmail(value: string): boolean {
  return address.test(value);
}

/**
 * Extracts an e-mail address as copied from programs and letters (`<a@b.ir>`, `a@b.ir;`, `Ali <a@b.ir>`,
 * `mailto:a@b.ir`).
 * @returns the address; the text unchanged where it contains none
 */
export function readEmail(text: string): string {
  const plain = trimmed(plainDigits(withoutUnseen(text)).replaceAll('\ufe6b', '@'));
  if (!plain.includes('@')) return plain;
  const inner = withoutScheme(stripped(named.exec(stripped(plain, /[\s,;،؛.]+$/u))?.[1] ?? plain));
  if (isEmail(inner)) return inner;
  // Repetitions count once: `[a@b.ir](mailto:a@b.ir)`.
  const found = new Set((plain.match(addresses) ?? []).map((one) => stripped(one).toLowerCase()));
  const link = /^\[[^\]]*\]\(mailto:([^)]*)\)$/i.exec(plain)?.[1];
  return found.size === 1 && link !== undefined && isEmail(link) ? link : plain;
}

/** Returns whether a text contains more than one address. */
export function hasSeveralAddresses(text: string): boolean {
  return new Set((text.match(addresses) ?? []).map((one) => stripped(one).toLowerCase())).size > 1;
}

function withoutScheme(text: string): string {
  return /^(?:mailto|email|e-mail|sip|smtp)\s*:/i.test(text)
    ? stripped(text.replace(/^[a-z-]+\s*:\s*/i, '').replace(/\?.*$/, ''))
    : text;
}

function stripped(text: string, what: RegExp = around): string {
  return text.replace(what, '');
}
