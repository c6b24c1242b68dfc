import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { reset } from './transport.ts';
import type { Answer, Fields, Json } from './types.ts';

/** Sends bytes as one answer. Does nothing when the client has left. */
export function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): void {
  if (response.destroyed || response.headersSent) return;
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
  response.end(bytes);
}

const LOGIN_PAGE =
  '<!DOCTYPE html><html dir="rtl"><head><meta charset="utf-8"><title>ورود به مودم</title></head><body><form>نام کاربری <input name="u"></form></body></html>';

/** A write's change: the record before (undefined: created) and after (undefined: removed). */
export interface Changed {
  readonly id: string;
  readonly before: Fields | undefined;
  readonly after: Fields | undefined;
}

/** What a fault may do besides answering. */
export interface Stage {
  /** Carries the request out and returns the regular answer. */
  readonly apply: () => Answer;
  /** Makes a failure in the server's own format. */
  readonly failure: (status: number) => Answer;
  /** What `apply` has changed so far. */
  readonly changed: () => readonly Changed[];
  /** Stores a record, or removes it, behind the request's back. */
  readonly store: (id: string, record: Fields | undefined) => void;
  /** Runs something once a number of further readings were answered. */
  readonly afterReads: (reads: number, run: () => void) => void;
  readonly makeUnreadable: (id: string) => void;
  /** Closes the port, and answers 503 a number of times once it is open again. */
  readonly crash: (unavailable: number, forMs: number | undefined) => void;
}

/** Plays one fault on one answer. */
export async function play(fault: Fault, response: ServerResponse, stage: Stage): Promise<void> {
  const { apply, failure } = stage;
  const plain = { 'content-type': 'text/html; charset=UTF-8' };
  switch (fault.kind) {
    case 'refuse':
    case 'resetBeforeBody':
      return reset(response);
    case 'hangBeforeApply':
      return;
    case 'resetAfterApply':
      apply();
      return reset(response);
    case 'hangAfterApply':
      apply();
      return;
    case 'resetMidBody':
      return resetHalfWay(response, apply());
    case 'delay': {
      if (fault.beforeMs > 0) await wait(fault.beforeMs);
      const answer = apply();
      if (fault.afterMs > 0) await wait(fault.afterMs);
      return send(response, answer.status, answer.headers, answer.body);
    }
    case 'status':
      if (fault.apply) apply();
      return send(
        response,
        fault.status,
        { 'content-type': fault.contentType, ...fault.headers },
        fault.body,
      );
    case 'redirect':
      if (fault.apply) apply();
      return send(
        response,
        fault.status,
        { ...plain, location: fault.location },
        '<html><body>Moved</body></html>',
      );
    case 'tooManyRequests': {
      const answer = failure(429);
      return send(
        response,
        429,
        { ...answer.headers, ...retryAfter(fault.form, fault.retryAfterSeconds) },
        answer.body,
      );
    }
    case 'okWithFailure': {
      if (fault.apply) apply();
      const answer = failure(200);
      return send(response, 200, answer.headers, answer.body);
    }
    case 'emptyOk':
      apply();
      return send(response, 200, plain, '');
    case 'crashOnWrite':
      if (fault.apply) apply();
      reset(response);
      return stage.crash(fault.unavailable, fault.forMs);
    case 'silentNoop':
    case 'applyThenForget':
    case 'acceptAsOther':
    case 'unreadableAfterWrite': {
      const answer = apply();
      afterWrite(fault, stage);
      return send(response, answer.status, answer.headers, answer.body);
    }
    case 'html':
      if (fault.apply) apply();
      return send(response, 200, plain, LOGIN_PAGE);
    case 'emptyBody':
      if (fault.apply) apply();
      return send(response, 200, {}, '');
    default: {
      const answer = fault.apply ? apply() : failure(200);
      return garble(fault, response, answer);
    }
  }
}

type Unkept = Extract<
  Fault,
  { kind: 'silentNoop' | 'applyThenForget' | 'acceptAsOther' | 'unreadableAfterWrite' }
>;

/** Undoes or changes a write that was answered as done. */
function afterWrite(fault: Unkept, stage: Stage): void {
  const changed = stage.changed();
  const takeBack = (): void => {
    for (const { id, before } of changed) stage.store(id, before);
  };
  switch (fault.kind) {
    case 'silentNoop':
      takeBack();
      return;
    case 'applyThenForget':
      stage.afterReads(fault.reads, takeBack);
      return;
    case 'unreadableAfterWrite':
      for (const { id } of changed) stage.makeUnreadable(id);
      return;
    case 'acceptAsOther':
      for (const { id, before, after } of changed) {
        if (after) stage.store(id, { ...after, ...othersThan(after, before ?? {}, fault.as) });
      }
  }
}

/** Returns different values for the fields that changed. */
function othersThan(after: Fields, before: Fields, as: Fields): Fields {
  const other = (name: string, value: Json): Json => {
    if (as[name] !== undefined) return as[name];
    return typeof value === 'string' && value.length > 1 ? value.slice(0, -1) : (before[name] ?? '');
  };
  return Object.fromEntries(
    Object.entries(after)
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]))
      .map(([name, value]) => [name, other(name, value)]),
  );
}

type Garbling = Extract<
  Fault,
  { kind: 'slowDrip' | 'truncatedJson' | 'wrongContentType' | 'hugeBody' | 'badEncoding' }
>;

async function garble(fault: Garbling, response: ServerResponse, answer: Answer): Promise<void> {
  const bytes = Buffer.from(answer.body);
  switch (fault.kind) {
    case 'slowDrip':
      return drip(response, answer, bytes, fault.bytes, fault.everyMs);
    case 'truncatedJson':
      return send(response, answer.status, answer.headers, bytes.subarray(0, Math.max(1, bytes.length >> 1)));
    case 'wrongContentType':
      return send(response, answer.status, { ...answer.headers, 'content-type': fault.contentType }, bytes);
    case 'badEncoding':
      return send(response, answer.status, answer.headers, encode(answer.body, fault.encoding));
    case 'hugeBody': {
      const padded = Buffer.concat([bytes, Buffer.alloc(Math.max(0, fault.bytes - bytes.length), ' ')]);
      if (fault.declareLength) return send(response, answer.status, answer.headers, padded);
      if (response.destroyed) return;
      response.writeHead(answer.status, { ...answer.headers });
      response.end(padded);
    }
  }
}

async function drip(
  response: ServerResponse,
  answer: Answer,
  bytes: Buffer,
  size: number,
  everyMs: number,
): Promise<void> {
  if (response.destroyed) return;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(bytes.length) });
  for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
    response.write(bytes.subarray(at, at + size));
    await wait(everyMs);
  }
  response.end();
}

async function resetHalfWay(response: ServerResponse, answer: Answer): Promise<void> {
  if (response.destroyed) return;
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(bytes.length) });
  response.write(bytes.subarray(0, bytes.length >> 1));
  // An RST discards what the client has not read yet; a moment lets the half arrive.
  await wait(30);
  reset(response);
}

function retryAfter(form: 'seconds' | 'date' | 'none', seconds: number): Record<string, string> {
  if (form === 'none') return {};
  return {
    'retry-after': form === 'seconds' ? String(seconds) : new Date(Date.now() + seconds * 1000).toUTCString(),
  };
}

function encode(text: string, encoding: 'windows-1256' | 'bom' | 'utf-16le'): Buffer {
  if (encoding === 'bom') return Buffer.from(`\uFEFF${text}`, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  // That code page has no Persian yeh: old Iranian software writes the Arabic one instead.
  const known = windows1256();
  return Buffer.from(Array.from(text, (letter) => known.get(letter === 'ی' ? 'ي' : letter) ?? 0x3f));
}

function windows1256(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('windows-1256');
  return new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
}
