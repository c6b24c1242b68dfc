import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { reset } from './transport.ts';
import type { Answer } from './types.ts';

/** Sends bytes as one answer. Does nothing when the client is gone. */
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

/** Plays one fault on one answer. `apply` carries the request out and gives the answer that would have been sent. */
export async function play(
  fault: Fault,
  response: ServerResponse,
  apply: () => Answer,
  failure: (status: number) => Answer,
): Promise<void> {
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
  // An RST throws away what the client has not read yet; a moment lets the half arrive.
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
  // That code page has no Persian yeh: old Iranian software writes the Arabic one in its place.
  const known = windows1256();
  return Buffer.from(Array.from(text, (letter) => known.get(letter === 'ی' ? 'ي' : letter) ?? 0x3f));
}

function windows1256(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('windows-1256');
  return new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
}
