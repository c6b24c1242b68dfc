import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Json } from '../../shared/model/json';
import { type Pace, takeTurns } from '../turns';
import type { ReadAnswer } from './answers';
import type { HttpAnswer } from './http';
import { asObject, plainJson } from './records';

/*
 * A whole directory comes in one answer of some 50 MB. Parsed at once it would hold the process for more than a second,
 * and with it every letter that is typed; so what is large is decoded and parsed in turns.
 */
const largeBytes = 512 * 1_024;
const largePacked = 32 * 1_024;
const decodedAtOnce = 1_048_576;
const scannedAtOnce = 2_000;
const unpackers = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) };
// Stands in the place of a list that was taken out. No server sends it: a list that it stands in is not looked into.
const placeholder = 'patchbay list';

/**
 * The JSON object in a large answer, in turns.
 * @returns null where it is small, or is not what is expected in any way: what that is, `readAnswer` tells
 */
export async function readLarge(answer: HttpAnswer, maxBytes: number): Promise<ReadAnswer | null> {
  const packed = answer.headers.has('content-encoding');
  if (answer.body.length < (packed ? largePacked : largeBytes)) return null;
  const pace = takeTurns();
  try {
    const text = await decoded(await unpacked(answer, maxBytes), pace);
    const object = asObject(await parsed(text, pace));
    return object && { object, exact: true };
  } catch {
    return null;
  }
}

async function unpacked({ headers, body }: HttpAnswer, maxBytes: number): Promise<Buffer> {
  const packing = headers.get('content-encoding')?.trim().toLowerCase().replace('x-', '') ?? '';
  const unpack = Object.entries(unpackers).find(([name]) => name === packing)?.[1];
  return unpack ? unpack(body, { maxOutputLength: maxBytes }) : body;
}

async function decoded(bytes: Buffer, pace: Pace): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += decodedAtOnce) {
    parts.push(decoder.decode(bytes.subarray(at, at + decodedAtOnce), { stream: true }));
    const rest = pace.tick();
    if (rest) await rest;
  }
  parts.push(decoder.decode());
  return parts.join('');
}

/** As `JSON.parse`, in turns: the list that the records stand in is parsed entry by entry. */
async function parsed(text: string, pace: Pace): Promise<Json> {
  const list = await firstList(text, pace);
  if (!list) return plainJson(JSON.parse(text));
  const { start, ends } = list;
  const entries: Json[] = [];
  let from = start;
  for (const end of ends) {
    entries.push(plainJson(JSON.parse(text.slice(from, end))));
    from = end + 1;
    const rest = pace.tick();
    if (rest) await rest;
  }
  const around = `${text.slice(0, start)}"${placeholder}"${text.slice(from - 1)}`;
  return withList(plainJson(JSON.parse(around)), entries);
}

/** Puts the entries where their place was kept. */
function withList(value: Json, entries: Json[]): Json {
  if (Array.isArray(value)) return value[0] === placeholder ? entries : value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withList(inner, entries)]));
}

/**
 * Where the first list of objects stands in a JSON text: after its bracket, and where each of its entries ends. Null
 * where there is none.
 */
async function firstList(text: string, pace: Pace): Promise<{ start: number; ends: number[] } | null> {
  const opening = /\[\s*\{/.exec(text);
  // A bracket inside a text is none; a list that only comes after much else is not what is looked for.
  if (!opening || opening.index > 10_000 || inText(text.slice(0, opening.index))) return null;
  const start = opening.index + 1;
  const ends: number[] = [];
  let depth = 0;
  for (let at = start, steps = 1; at < text.length; at += 1, steps += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfText(text, at);
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    else if (code === 0x2c && depth === 0) ends.push(at);
    if (depth < 0) return { start, ends: [...ends, at] };
    const rest = steps % scannedAtOnce === 0 ? pace.tick() : undefined;
    if (rest) await rest;
  }
  return null;
}

function inText(before: string): boolean {
  let inside = false;
  for (let at = 0; at < before.length; at += 1) {
    if (before[at] === '"') inside = !inside;
    else if (before[at] === '\\' && inside) at += 1;
  }
  return inside;
}

/** The closing quote of the text that opens here. */
function endOfText(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
