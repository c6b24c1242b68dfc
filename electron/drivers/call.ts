import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../../shared/model/json';
import { fail, type Problem, ProblemError, problem } from '../../shared/model/problem';
import type { Refusal, Verdict } from './answers';
import type { DriverContext, WriteAnswer, WriteRequest } from './driver';
import { ExchangeError, type HttpAnswer, type HttpPools } from './http';
import { prepared } from './large';
import { askedPast } from './past-cache';
import type { LeftOutCode } from './records';
import { credentialSecrets, hostRedactor, redactor } from './redact';
import { CertificateProblemError } from './tls';

/** A read's answer may be a whole directory; a write's is a few words. */
export const readLimit = 64 * 1_048_576;
export const writeLimit = 1_048_576;

/** Waits that a busy server may ask of a read, and how often. A write is never sent again. */
const longestWaitMs = 60_000;
const mostWaits = 3;

/** What differs between one kind of server and another: how to log in, and what an answer means. */
export interface Dialect {
  /** Headers that log in. Throws ProblemError if a part is missing or cannot be a header. */
  headers(context: DriverContext): Record<string, string>;
  /** @param answer made ready by `prepared` */
  judge(answer: HttpAnswer, context: DriverContext): Verdict;
}

export interface ReadCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: JsonObject;
  /** Whether to wait if the server asks for it (429); true by default. */
  readonly patient?: boolean;
}

/**
 * Reads something. A server that asks to wait is waited for, within bounds.
 * @returns the answer, whether every byte of it was understood, and how large it is when unpacked
 * @throws ProblemError, scrubbed of the credentials; CertificateProblemError for a certificate
 */
export async function read(
  pools: HttpPools,
  dialect: Dialect,
  context: DriverContext,
  call: ReadCall,
): Promise<{ readonly answer: JsonObject; readonly exact: boolean; readonly bytes: number }> {
  const scrub = scrubber(context);
  for (let waits = 0; ; waits += 1) {
    const { verdict, bytes } = await ask(pools, dialect, context, call, scrub);
    if (verdict.kind === 'accepted') return { ...verdict, bytes };
    const wait = verdict.problem.code === 'rate-limited' ? (verdict.retryAfterMs ?? 1_000) : undefined;
    if (wait === undefined || call.patient === false || wait > longestWaitMs || waits === mostWaits)
      throw new ProblemError(scrubbed(verdict.problem, scrub));
    await pause(wait, context.signal);
  }
}

async function ask(
  pools: HttpPools,
  dialect: Dialect,
  context: DriverContext,
  call: ReadCall,
  scrub: Scrub,
): Promise<{ readonly verdict: Verdict; readonly bytes: number }> {
  try {
    const asked = (url: string) =>
      pools.request(context, {
        method: call.method,
        url,
        headers: {
          ...dialect.headers(context),
          ...(call.body ? { 'content-type': 'application/json' } : {}),
        },
        ...(call.body ? { body: JSON.stringify(call.body) } : {}),
        maxBytes: readLimit,
        signal: context.signal,
      });
    const answer = call.method === 'GET' ? await askedPast(call.url, asked) : await asked(call.url);
    const ready = await prepared(answer, readLimit);
    return { verdict: dialect.judge(ready, context), bytes: ready.body.length };
  } catch (error) {
    if (error instanceof ExchangeError && error.certificate)
      throw new CertificateProblemError(error.problem, error.certificate);
    throw error instanceof ProblemError ? new ProblemError(scrubbed(error.problem, scrub)) : error;
  }
}

/**
 * Sends a write, once. Never throws for a server's or network's failure.
 * @param secrets secret values in the request, which a server's message may quote; asked for where there is one
 */
export async function sendOnce(
  pools: HttpPools,
  dialect: Dialect,
  context: DriverContext,
  request: WriteRequest,
  secrets: () => readonly string[],
): Promise<WriteAnswer> {
  const scrub = scrubber(context, secrets);
  let headers: Record<string, string>;
  try {
    headers = { ...dialect.headers(context), 'content-type': 'application/json' };
  } catch (error) {
    return { kind: 'not-sent', problem: problemOf(error, scrub) };
  }
  let answer: HttpAnswer;
  try {
    answer = await pools.request(context, {
      method: request.method,
      url: request.url,
      headers,
      body: request.body,
      maxBytes: writeLimit,
      signal: context.signal,
    });
  } catch (error) {
    const left = !(error instanceof ExchangeError) || error.left;
    return { kind: left ? 'lost' : 'not-sent', problem: problemOf(error, scrub) };
  }
  return writeAnswer(dialect, context, await prepared(answer, writeLimit), scrub);
}

function writeAnswer(
  dialect: Dialect,
  context: DriverContext,
  answer: HttpAnswer,
  scrub: Scrub,
): WriteAnswer {
  try {
    const verdict = dialect.judge(answer, context);
    if (verdict.kind === 'accepted')
      return { kind: 'accepted', serverMessage: scrub.text(verdict.message).slice(0, 2_000) };
    return { ...verdict, problem: scrubbed(verdict.problem, scrub) };
  } catch (error) {
    return { kind: 'lost', problem: problemOf(error, scrub) };
  }
}

/** Makes a refusal, for the judges. */
export function refusal(kind: Refusal['kind'], problem: Problem, retryAfterMs?: number): Refusal {
  return retryAfterMs === undefined ? { kind, problem } : { kind, problem, retryAfterMs };
}

/** Returns a part of the credentials, without white space around it, which comes from pasting. */
export function credentialPart(context: DriverContext, part: string): string {
  const value = context.credentials[part]?.trim() ?? '';
  return value === '' ? fail('credential-missing', { part }) : value;
}

/** Returns a part that goes into a header as it is: a line break or a Persian letter cannot be sent. */
export function headerPart(context: DriverContext, part: string): string {
  const value = credentialPart(context, part);
  return /^[\x20-\x7e]+$/.test(value) ? value : fail('invalid-input', { field: part });
}

/** Makes the problem that records were left out, with the first few ids. */
export function leftOut({
  connection,
  notice,
}: DriverContext): (why: LeftOutCode, remoteIds: readonly string[]) => void {
  return (why, remoteIds) => {
    const ids = remoteIds.slice(0, 5).join(', ') + (remoteIds.length > 5 ? ', …' : '');
    notice?.(problem(why, { host: new URL(connection.baseUrl).host, ids }));
  };
}

function problemOf(error: unknown, scrub: Scrub): Problem {
  return error instanceof ProblemError ? scrubbed(error.problem, scrub) : problem('internal');
}

interface Scrub {
  readonly text: (text: string) => string;
  readonly host: (host: string) => string;
}

function scrubber(
  { connection, credentials, network }: DriverContext,
  more: () => readonly string[] = () => [],
): Scrub {
  const made = (): Scrub => {
    const proxy = network?.proxyLogin ? credentialSecrets(network.proxyLogin) : [];
    const secrets = [...credentialSecrets(credentials), ...proxy, ...more()];
    return { text: redactor(secrets), host: hostRedactor(secrets, new URL(connection.baseUrl).host) };
  };
  // Once a call, and only where a server wrote something: most answers of a run say nothing.
  let scrub: Scrub | null = null;
  const ready = (): Scrub => {
    scrub ??= made();
    return scrub;
  };
  return { text: (text) => (text === '' ? '' : ready().text(text)), host: (host) => ready().host(host) };
}

/** Only the server's text is redacted: our own parameters hold no secret, and must stay readable. */
function scrubbed(found: Problem, scrub: Scrub): Problem {
  const params = { ...found.params };
  for (const name of ['title', 'field', 'fields', 'number']) {
    const value = params[name];
    if (typeof value === 'string') params[name] = scrub.text(value);
  }
  if (typeof params.host === 'string') params.host = scrub.host(params.host);
  return problem(found.code, params, found.serverMessage && scrub.text(found.serverMessage));
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    fail('cancelled');
  }
}
