import { createHash } from 'node:crypto';

/*
 * Secrets longer than a keychain entry may be (Windows: 2,560 bytes) are split over several entries. The account's own
 * entry points to them: which of two sets, how many, and a digest of the whole. A new secret goes into the unused set,
 * so that the former one stays whole until that entry changes.
 */

export interface Parts {
  readonly set: 'a' | 'b';
  readonly count: number;
  readonly digest: string;
}

const lead = 'patchbay-parts:';
const leadPattern = /^patchbay-parts:1:([ab]):(\d{1,3}):([0-9a-f]{64})$/;

/** Whether a text could be mistaken for a leading entry; such a secret is itself stored in parts. */
export function isHeader(text: string): boolean {
  return text.startsWith(lead);
}

/** Parses a leading entry; null if it is a secret itself. */
export function partsIn(entry: string): Parts | null {
  const [, set, count, digest] = leadPattern.exec(entry) ?? [];
  return (set === 'a' || set === 'b') && digest !== undefined ? { set, count: Number(count), digest } : null;
}

/** The account of one part. */
export function partAccount(account: string, set: Parts['set'], index: number): string {
  return `${account}#${set}${index}`;
}

/** Splits a secret into parts of limited size. @param before the account's present entry: its set is not touched */
export function inParts(secret: string, entryBytes: number, before: string | null) {
  const set: Parts['set'] = before !== null && partsIn(before)?.set === 'a' ? 'b' : 'a';
  const parts: string[] = [];
  let [part, size] = ['', 0];
  for (const character of secret) {
    const bytes = Buffer.byteLength(character);
    if (size + bytes > entryBytes) {
      parts.push(part);
      [part, size] = ['', 0];
    }
    part += character;
    size += bytes;
  }
  if (part !== '') parts.push(part);
  return { set, parts, header: `${lead}1:${set}:${parts.length}:${digestOf(secret)}` };
}

/** Joins parts to the secret; null if one is missing or does not match. */
export function joinParts({ digest }: Parts, parts: readonly (string | null)[]): string | null {
  const whole = parts.join('');
  return digestOf(whole) === digest ? whole : null;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
