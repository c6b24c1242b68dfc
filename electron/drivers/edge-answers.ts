import type { Json, JsonObject } from '../../shared/model/json';
import { type Problem, ProblemError } from '../../shared/model/problem';
import { hostOf, type ReadAnswer, readAnswer, retryAfterMs, textOf, told, type Verdict } from './answers';
import { looksHtml } from './around';
import { refusedBetween } from './between';
import { refusal } from './call';
import type { DriverContext } from './driver';
import type { HttpAnswer } from './http';
import { asObject, asText } from './records';

interface Refused {
  readonly host: string;
  readonly path: string;
  readonly status: number;
  readonly message: string | undefined;
  readonly code: string;
  readonly errors: JsonObject;
  readonly html: boolean;
}

/**
 * What an Edge panel's answer means. Success is 2xx and `meta.status === true`; a 200 may carry a failure, and
 * `meta.message_code` does not follow the HTTP status (api note on Edge, "Success and errors").
 */
export function judgeEdge(answer: HttpAnswer, context: DriverContext): Verdict {
  const between = refusedBetween(answer);
  if (between) return between;
  if (answer.status >= 200 && answer.status < 300) {
    const body = readAnswer(answer);
    const meta = asObject(body.object.meta);
    const message = asText(meta?.message) ?? '';
    if (meta?.status === true) return { kind: 'accepted', message, answer: body.object, exact: body.exact };
    if (meta?.status !== false)
      return refusal('lost', told('unexpected-answer', { reason: 'no-status' }, message));
    return judgeRefusal(answer, refusedBy(answer, body), context);
  }
  return judgeRefusal(answer, refusedBy(answer, bodyOf(answer)), context);
}

function judgeRefusal(answer: HttpAnswer, refused: Refused, context: DriverContext): Verdict {
  const { host, path, status, message } = refused;
  if (status === 401 || loginRefused(refused)) return refusal('stop', unauthorized(refused, context));
  if (status === 403 || refused.code.startsWith('403')) {
    const code = /کلید|api[ _-]?key/i.test(message ?? '') ? 'key-refused' : 'forbidden';
    return refusal('stop', told(code, { host, path }, message));
  }
  if (status === 429 || refused.code.startsWith('429'))
    return refusal('rejected', told('rate-limited', { host }, message), retryAfterMs(answer));
  if (status === 404 || refused.code === '404-1') return notFound(refused);
  if (status === 405 || status === 415 || status === 501)
    return refusal('stop', told('version-mismatch', { host, status }, message));
  if (status === 408) return refusal('lost', told('timeout', { host, status }, message));
  // A 5xx may come after the change was stored (the panel failed while writing its log, a proxy timed out): for a
  // write, only reading decides, so it is never taken for "not done".
  if (status >= 500)
    return refusal('lost', told('server-error', { host, status }, message), retryAfterMs(answer));
  return refusal('rejected', fieldProblem(refused));
}

/** A 200 with the login failure of the vendor's page: its code has other uses too, its text does not. */
function loginRefused({ status, code, message }: Refused): boolean {
  return (
    status < 300 &&
    (code.startsWith('401') || (code === '400-1' && /اطلاعات وارد شده صحیح/.test(message ?? '')))
  );
}

/** `Authorization` is the raw token; any prefix gets 401 (api note), so a pasted prefix is the likely reason. */
function unauthorized({ host, message }: Refused, context: DriverContext): Problem {
  const prefix = /^(bearer|token|basic|apikey|key)[\s:]+/i.exec(context.credentials.token?.trim() ?? '')?.[1];
  return prefix === undefined
    ? told('unauthorized', { host, sent: 'token' }, message)
    : told('unauthorized-prefix', { host, prefix }, message);
}

function notFound({ host, path, html, message }: Refused): Verdict {
  if (!html && /\/user\/(update|show)$/.test(path))
    return refusal('rejected', told('unknown-record', { host }, message));
  return refusal('stop', told('wrong-address', { host, path }, message));
}

function fieldProblem({ host, status, message, errors }: Refused): Problem {
  const fields = Object.keys(errors).filter((name) => /^[\w.-]{1,60}$/.test(name));
  const said = [message, ...Object.values(errors).map(flatText)].filter((text) => text).join('\n');
  if (fields.length === 0) return told('rejected', { host, status }, said);
  // The panels' wording is not documented; all of them must name the civil registry.
  const registry = /ثبت\s*احوال|استعلام|civil|regist(ry|ration)/i;
  const nameSaid = flatText(errors.name) || flatText(errors.name_family);
  if (nameSaid && registry.test(nameSaid)) return told('name-locked', { field: 'name' }, said);
  if (fields.includes('user_id') && /یافت نشد|not found|وجود ندارد/i.test(flatText(errors.user_id)))
    return told('unknown-record', { host }, said);
  return told('field-errors', { fields: fields.join(', ') }, said);
}

function refusedBy(answer: HttpAnswer, body: ReadAnswer | null): Refused {
  const meta = asObject(body?.object.meta);
  return {
    host: hostOf(answer),
    path: new URL(answer.url).pathname,
    status: answer.status,
    message: asText(meta?.message) ?? asText(body?.object.message) ?? undefined,
    code: asText(meta?.message_code) ?? '',
    // Field errors are in `meta`; once they were seen at the root (api note).
    errors: filled(meta?.errors) ?? filled(body?.object.errors) ?? {},
    html: body === null && looksHtml(textOf(answer)),
  };
}

function bodyOf(answer: HttpAnswer): ReadAnswer | null {
  try {
    return readAnswer(answer);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function filled(value: Json | undefined): JsonObject | null {
  const object = asObject(value);
  return object && Object.keys(object).length > 0 ? object : null;
}

function flatText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  return Object.values(value).map(flatText).join(' ');
}
