import { parseExact } from '../../shared/lib/exact-json';
import { type JsonLimits, JsonMeter } from '../../shared/lib/json-meter';
import type { Json, JsonObject } from '../../shared/model/json';
import { fail, ProblemError } from '../../shared/model/problem';
import { inTurns, type Pace, takeTurns } from '../jobs/turns';
import { encodingsOf, hostOf, type ReadAnswer } from './answers';
import { jsonPart, notJson } from './around';
import type { HttpAnswer } from './http';
import { asObject, plainJson } from './records';
import { unpacked } from './unpack';

/*
 * A whole directory comes in one answer of some 50 MB. Parsing it at once would block the process, and so the user's
 * typing, for more than a second; large answers are therefore decoded and parsed in turns. An answer with far more
 * records than the largest server has is not parsed at all: the server may be broken or an impostor.
 */
const largeBytes = 512 * 1_024;
const decodedAtOnce = 1_048_576;
const scannedAtOnce = 2_000;
/** Four times the largest known directory, and half again what 50,000 of its records hold. */
export const mostRecords = 200_000;
const limits: JsonLimits = { depth: 64, entries: mostRecords, values: 6_000_000 };
/** The limit for parsing in one piece: a record, or everything around the list of records. */
const mostOfRecord = { length: 1_048_576, values: 20_000 } as const;
const mostAround = { length: 8 * 1_048_576, values: 100_000 } as const;
// Replaces what was taken out. No server sends it: if an answer contains it, it is not split.
const placeholder = 'patchbay list';

/**
 * Prepares an answer for judging: unpacked and, if large, parsed in turns. A problem with its content is kept beside it
 * (`unread`): the status may explain it.
 */
export async function prepared(answer: HttpAnswer, maxBytes: number): Promise<HttpAnswer> {
  const plain = await unpacked(answer, maxBytes);
  if (plain.unread || plain.body.length < largeBytes) return plain;
  try {
    return { ...plain, read: await readInTurns(plain) };
  } catch (error) {
    if (error instanceof ProblemError) return { ...plain, unread: error.problem };
    throw error;
  }
}

/** @throws ProblemError `too-large`, `unexpected-answer`, or what `notJson` says */
async function readInTurns(answer: HttpAnswer): Promise<ReadAnswer> {
  const pace = takeTurns();
  const { text, exact } = await decoded(answer, pace);
  const json = jsonPart(text);
  const host = hostOf(answer);
  let value: Json;
  try {
    value = await parsed(json, pace, host);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(notJson(text.slice(0, 20_000), host));
  }
  const object = asObject(value);
  return object ? { object, exact } : fail('unexpected-answer', { host, reason: 'no-object' });
}

async function decoded(answer: HttpAnswer, pace: Pace): Promise<{ text: string; exact: boolean }> {
  for (const encoding of encodingsOf(answer)) {
    try {
      const text = await decodedAs(answer.body, new TextDecoder(encoding, { fatal: true }), pace);
      return { text, exact: encoding.startsWith('utf-') };
    } catch {
      // Try the next one.
    }
  }
  return { text: await decodedAs(answer.body, new TextDecoder('utf-8'), pace), exact: false };
}

async function decodedAs(bytes: Buffer, decoder: TextDecoder, pace: Pace): Promise<string> {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += decodedAtOnce) {
    parts.push(decoder.decode(bytes.subarray(at, at + decodedAtOnce), { stream: true }));
    await pace.tick();
  }
  parts.push(decoder.decode());
  return parts.join('');
}

/** Like `JSON.parse`, in turns: the list of records is parsed entry by entry. */
async function parsed(text: string, pace: Pace, host: string): Promise<Json> {
  const tooLarge = (): never => fail('too-large', { host, reason: 'values' });
  const { start, isList } = opening(text);
  const meter = new JsonMeter(text, limits, start);
  while (!meter.step(scannedAtOnce)) await pace.tick();
  if (meter.excess === 'depth') return fail('unexpected-answer', { host, reason: 'too-deep' });
  if (meter.excess) return tooLarge();
  if (!meter.balanced) throw new SyntaxError('unbalanced');
  const { ends, valuesAt } = meter;
  const end = ends.at(-1);
  if (!meter.closed || end === undefined) {
    if (text.length > mostAround.length || meter.values > mostAround.values) return tooLarge();
    return plainJson(parseExact(text));
  }
  const inside = (valuesAt.at(-1) ?? 0) - (valuesAt[0] ?? 0);
  if (text.length - (end - start) > mostAround.length || meter.values - inside > mostAround.values)
    return tooLarge();
  const entries: Json[] = [];
  let from = start;
  let before = valuesAt[0] ?? 0;
  await inTurns(ends, pace, (to, index) => {
    const values = (valuesAt[index] ?? 0) - before;
    if (to - from > mostOfRecord.length || values > mostOfRecord.values) tooLarge();
    const entry = text.slice(from, to);
    entries.push(plainJson(parseExact(isList ? entry : `{${entry}}`)));
    from = to + 1;
    before = valuesAt[index] ?? 0;
  });
  const instead = isList ? `"${placeholder}"` : `"${placeholder}":0`;
  const around = `${text.slice(0, start)}${instead}${text.slice(end)}`;
  return put(plainJson(parseExact(around)), isList ? entries : joined(entries));
}

function joined(entries: readonly Json[]): JsonObject {
  const whole: JsonObject = {};
  for (const entry of entries) {
    const object = asObject(entry);
    for (const key in object) whole[key] = object[key] ?? null;
  }
  return whole;
}

function put(value: Json, taken: Json): Json {
  if (Array.isArray(value)) return value[0] === placeholder ? taken : value;
  if (value === null || typeof value !== 'object') return value;
  if (Object.hasOwn(value, placeholder)) return taken;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, put(inner, taken)]));
}

/**
 * Returns the index after the bracket that opens the first list of objects in a JSON text, or what PHP makes of a
 * list with gaps, an object with numbers for keys. -1 if there is neither.
 */
function opening(text: string): { start: number; isList: boolean } {
  // A list this far in is not the list of records.
  const head = text.slice(0, 12_000);
  const list = after(head, /\[\s*(?=\{)/g);
  const object = after(head, /:\s*\{\s*(?="\d{1,9}"\s*:\s*\{)/g);
  const isList = list >= 0 && (object < 0 || list < object);
  return { start: isList ? list : object, isList };
}

function after(head: string, pattern: RegExp): number {
  for (const found of head.matchAll(pattern)) {
    if (found.index > 10_000) break;
    // A bracket inside a string does not count.
    if (!inText(head.slice(0, found.index))) return found.index + found[0].search(/[[{]/) + 1;
  }
  return -1;
}

function inText(before: string): boolean {
  let inside = false;
  for (let at = 0; at < before.length; at += 1) {
    if (before[at] === '"') inside = !inside;
    else if (before[at] === '\\' && inside) at += 1;
  }
  return inside;
}
