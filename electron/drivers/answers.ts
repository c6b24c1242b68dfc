import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { JsonObject } from '../../shared/model/json';
import { fail, type Problem, type ProblemCode, ProblemError, problem } from '../../shared/model/problem';
import type { HttpAnswer } from './http';
import { asObject, plainJson } from './records';

/**
 * What an answer means. `accepted`: the server says that it did it. `rejected`: that it did not. `stop`: that it will
 * not, for this account or address. `lost`: it cannot be told from the answer whether it did.
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

/** A problem with the server's words, uncut: a secret that is cut in two would not be found by the scrubbing to come. */
export function told(code: ProblemCode, params: Problem['params'], serverMessage?: string): Problem {
  return serverMessage === undefined ? { code, params } : { code, params, serverMessage };
}

export interface ReadAnswer {
  readonly object: JsonObject;
  /** False where bytes were no valid text: what was read must not be written back. */
  readonly exact: boolean;
}

/**
 * The JSON object in an answer (`read`: it was read before, because it is large), whatever the content type says (many a PHP server labels JSON text/html).
 * @throws ProblemError `html-answer`, `bad-json`, `unexpected-answer`, `too-large`
 */
export function readAnswer(answer: HttpAnswer, maxBytes: number): ReadAnswer {
  if (answer.read) return answer.read;
  const { text, exact } = decode(unpack(answer, maxBytes), charsetOf(answer));
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ProblemError(notJson(text, answer));
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

/** A redirect, with the host that it points to. It is never followed: the credentials are for this host only. */
export function redirectProblem(answer: HttpAnswer): Problem | null {
  if (answer.status < 300 || answer.status > 399) return null;
  const location = answer.headers.get('location') ?? '';
  try {
    const target = new URL(location, answer.url);
    return problem('redirect', {
      host: target.host,
      scheme: target.protocol.replace(':', ''),
      status: answer.status,
    });
  } catch {
    return problem('redirect', { host: '', scheme: '', status: answer.status });
  }
}

/** Plain http spoken to a port that wants TLS, as nginx, Apache and Go servers say it: the base URL needs `https`. */
export function wrongSchemeProblem(answer: HttpAnswer): Problem | null {
  const said =
    /plain HTTP request was sent to HTTPS|speaking plain HTTP to an SSL|HTTP request to an HTTPS server/i;
  if (answer.status !== 400 || !said.test(textOf(answer))) return null;
  return problem('tls-failed', { host: hostOf(answer), reason: 'https-wanted' });
}

/** Whether the answer is a web page. */
export function looksHtml(text: string): boolean {
  return /^\s*(<!doctype html|<\?xml|<html|<head|<body|<!--|<script|<title|<h1|<center)/i.test(text);
}

/** The first part of an answer as text, for telling a page from data. Not to be shown. */
export function textOf(answer: HttpAnswer): string {
  return decode(answer.body.subarray(0, 4_096), charsetOf(answer)).text;
}

/**
 * How long the server asks to wait, in milliseconds: `Retry-After` in seconds or as a date, which is measured against
 * the server's own clock where it tells it. Undefined where it says nothing; an hour at most.
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

function notJson(text: string, answer: HttpAnswer): Problem {
  const host = hostOf(answer);
  if (text.trim() === '') return problem('bad-json', { host, reason: 'empty' });
  if (!looksHtml(text)) return problem('bad-json', { host, reason: 'broken' });
  const title = /<title[^>]*>([^<]{1,80})/i.exec(text.slice(0, 20_000))?.[1]?.trim() ?? '';
  return problem('html-answer', { host, title });
}

/** Nothing packed is asked for, but some servers pack all the same. */
function unpack(answer: HttpAnswer, maxBytes: number): Buffer {
  const options = { maxOutputLength: maxBytes };
  try {
    switch (answer.headers.get('content-encoding')?.trim().toLowerCase()) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(answer.body, options);
      case 'deflate':
        return inflateSync(answer.body, options);
      case 'br':
        return brotliDecompressSync(answer.body, options);
      default:
        return answer.body;
    }
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    return fail(tooLarge ? 'too-large' : 'bad-json', { host: hostOf(answer) });
  }
}

function charsetOf(answer: HttpAnswer): string {
  return /charset\s*=\s*"?([\w-]+)/i.exec(answer.headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
}

/**
 * Bytes as text: UTF-8 whatever the label says; where they are none, what the label says (windows-1256, say), else
 * with replacement characters. Only the first is exact: what had to be guessed is shown, but never written back. A BOM
 * is dropped.
 */
function decode(bytes: Buffer, charset: string): { text: string; exact: boolean } {
  const wide = bytes.length > 3 && bytes[0] !== 0 && bytes[1] === 0;
  for (const encoding of wide ? ['utf-16le'] : ['utf-8', charset]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return { text, exact: encoding.startsWith('utf-') };
    } catch {
      // Not that one.
    }
  }
  return { text: new TextDecoder('utf-8').decode(bytes), exact: false };
}
