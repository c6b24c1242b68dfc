import type { Json } from '../../shared/model/json';
import { type ProblemCode, ProblemError } from '../../shared/model/problem';
import { hostOf, type ReadAnswer, readAnswer, retryAfterMs, textOf, told, type Verdict } from './answers';
import { looksHtml } from './around';
import { refusedBetween } from './between';
import { refusal } from './call';
import type { DriverContext } from './driver';
import type { HttpAnswer } from './http';
import { asObject, asText } from './records';

/**
 * Judges a Simotel server's answer. Statuses and texts: api note on Simotel, "Auth and errors". Only `success`,
 * `message` and `data` are taken from an answer: older servers' `old` holds the former record with its secret in clear,
 * and stays here.
 */
export function judgeSimotel(answer: HttpAnswer, context: DriverContext): Verdict {
  const between = refusedBetween(answer);
  if (between) return between;
  const { status } = answer;
  const host = hostOf(answer);
  if (status >= 200 && status < 300) return judgeBody(readAnswer(answer));
  const message = messageOf(answer);
  const stop = (code: ProblemCode, params = {}) => refusal('stop', told(code, { host, ...params }, message));
  switch (status) {
    case 401:
      return refusal('stop', unauthorized(answer, context, message ?? ''));
    case 403:
      return refusal('stop', forbidden(answer, message ?? ''));
    case 404:
      return stop('wrong-address', { path: new URL(answer.url).pathname });
    case 405:
    case 415:
    case 501:
      return stop('version-mismatch', { status });
    case 429:
      return refusal('rejected', told('rate-limited', { host }, message), retryAfterMs(answer));
    case 408:
      return refusal('lost', told('timeout', { host, status }, message));
    default:
      if (status >= 400 && status < 500)
        return refusal('rejected', told('rejected', { host, status }, message));
      // A 5xx may come after the change was stored (a hook, a reload or a proxy failed): only reading decides.
      return refusal('lost', told('server-error', { host, status }, message), retryAfterMs(answer));
  }
}

function judgeBody({ object, exact }: ReadAnswer): Verdict {
  const message = asText(object.message) ?? '';
  const said = success(object.success ?? null) ?? (object.status === 'success' ? true : null);
  if (said === null) return refusal('lost', told('unexpected-answer', { reason: 'no-success' }));
  if (said) return { kind: 'accepted', message, answer: { data: object.data ?? null }, exact };
  return refusal('rejected', failure(message));
}

/** `success` comes as `1`, `"1"` or `true` (api note); anything that is neither yes nor no is not understood. */
function success(value: Json): boolean | null {
  const text = String(value).trim().toLowerCase();
  if (text === '1' || text === 'true') return true;
  return text === '0' || text === 'false' ? false : null;
}

function failure(message: string) {
  if (/already exists/i.test(message)) return told('duplicate-number', {}, message);
  const missing = /Field '([\w .-]{1,60})'\s*:\s*value is missing/i.exec(message)?.[1];
  if (missing !== undefined) return told('field-missing', { field: missing }, message);
  return told('rejected', {}, message);
}

/**
 * "missing" means that the server wanted a way to log in that was not used; "invalid" that it checked what was sent.
 * Which one it wants is derived from its message as far as possible.
 */
function unauthorized(answer: HttpAnswer, context: DriverContext, message: string) {
  const sent = context.connection.authMode;
  const params = { host: hostOf(answer), sent };
  if (!/missing/i.test(message)) return told('unauthorized', params, message);
  const basic = /basic/i.test(message) || /basic/i.test(answer.headers.get('www-authenticate') ?? '');
  const key = /api-?_?key/i.test(message);
  return told('unauthorized-mode', { ...params, wants: wanted(basic, key, sent) }, message);
}

function wanted(basic: boolean, key: boolean, sent: string): string {
  if (basic && !key) return 'basic';
  if (key && !basic) return 'apikey';
  if (sent === 'basic') return 'apikey-or-both';
  return sent === 'apikey' ? 'basic-or-both' : 'unknown';
}

function forbidden(answer: HttpAnswer, message: string) {
  const url = new URL(answer.url);
  const host = url.host;
  if (/ip is not permitted/i.test(message)) return told('ip-not-permitted', { host }, message);
  if (!/access denied/i.test(message)) return told('forbidden', { host }, message);
  return told('path-not-ticked', { host, path: url.pathname.replace(/^.*\/api\/v\d+/i, '') }, message);
}

/** Returns the message of an answer that is not a success. A page of HTML has none. */
function messageOf(answer: HttpAnswer): string | undefined {
  try {
    return asText(asObject(readAnswer(answer).object)?.message) ?? undefined;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const text = textOf(answer).trim();
    return looksHtml(text) || text === '' ? undefined : text.slice(0, 200);
  }
}
