import { parseExact } from '../../shared/lib/exact-json';
import type { JsonObject } from '../../shared/model/json';
import { fail, type Problem, type ProblemCode, ProblemError } from '../../shared/model/problem';
import { jsonPart, notJson } from './around';
import type { HttpAnswer } from './http';
import { asObject, plainJson } from './records';

/**
 * What an answer means. `accepted`: the server says that it did it. `rejected`: it says that it did not. `stop`: it
 * refuses this account or address. `lost`: the answer does not show whether it did.
 */
export type Verdict =
  | {
      readonly kind: 'accepted';
      readonly message: string;
      readonly answer: JsonObject;
      readonly exact: boolean;
    }
  | Refusal;

export interface Refusal {
  readonly kind: 'rejected' | 'stop' | 'lost';
  readonly problem: Problem;
  readonly retryAfterMs?: number;
}

/** Makes a problem with the server's full message: a secret cut in two would escape the redaction that follows. */
export function told(code: ProblemCode, params: Problem['params'], serverMessage?: string): Problem {
  return serverMessage === undefined ? { code, params } : { code, params, serverMessage };
}

export interface ReadAnswer {
  readonly object: JsonObject;
  /** False where bytes were no valid text: what was read must not be written back. */
  readonly exact: boolean;
}

/**
 * Returns the JSON object in a prepared answer (`read`: it is large, and was parsed before), whatever the content
 * type says (many PHP servers label JSON text/html).
 * @throws ProblemError `html-answer`, `bad-json`, `unexpected-answer`, `too-large`
 */
export function readAnswer(answer: HttpAnswer): ReadAnswer {
  if (answer.read) return answer.read;
  if (answer.unread) throw new ProblemError(answer.unread);
  const { text, exact } = decode(answer.body, encodingsOf(answer));
  let parsed: unknown;
  try {
    parsed = parseExact(jsonPart(text));
  } catch {
    throw new ProblemError(notJson(text, hostOf(answer)));
  }
  const object = asObject(plainJson(parsed));
  return object
    ? { object, exact }
    : fail('unexpected-answer', { host: hostOf(answer), reason: 'no-object' });
}

/** Host and port that answered. */
export function hostOf(answer: HttpAnswer): string {
  return new URL(answer.url).host;
}

/** The first part of an answer as text, for telling a page from data. Not to be shown. */
export function textOf(answer: HttpAnswer): string {
  return decode(answer.body.subarray(0, 4_096), encodingsOf(answer)).text;
}

/**
 * How long the server asks to wait, in milliseconds: `Retry-After` in seconds, or as a date measured against the
 * server's own clock if it sends one. Undefined if it says nothing; an hour at most.
 */
export function retryAfterMs(answer: HttpAnswer): number | undefined {
  const value = answer.headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1_000, 3_600_000);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const serverNow = Date.parse(answer.headers.get('date') ?? '');
  const wait = until - (Number.isNaN(serverNow) ? Date.now() : serverNow);
  return Math.min(Math.max(wait, 0), 3_600_000);
}

function charsetOf(answer: HttpAnswer): string {
  return /charset\s*=\s*"?([\w-]+)/i.exec(answer.headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
}

/** The encodings that an answer can be in, the likeliest first. */
export function encodingsOf(answer: HttpAnswer): readonly string[] {
  const wide = utf16Of(answer.body);
  return wide ? [wide] : ['utf-8', charsetOf(answer)];
}

/**
 * Decodes bytes: as UTF-8 whatever the label says; if invalid, as labelled (windows-1256, say), else with replacement
 * characters. Only the first is exact: a guessed text is shown, but never written back. A BOM is dropped.
 */
function decode(bytes: Buffer, encodings: readonly string[]): { text: string; exact: boolean } {
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return { text, exact: encoding.startsWith('utf-') };
    } catch {
      // Try the next one.
    }
  }
  return { text: new TextDecoder('utf-8').decode(bytes), exact: false };
}

/** UTF-16 by its byte order mark, or by the zero bytes beside the ASCII that any JSON begins with. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 4) return null;
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? 'utf-16be' : null;
}
