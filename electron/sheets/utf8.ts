import type { Turn } from '../jobs/jobs';

/** Counts valid multi-byte characters of UTF-8, and invalid places. */
export interface Utf8Count {
  /** By how sure they are: characters of the scripts that are met here count once, others half. */
  readonly right: number;
  readonly wrong: number;
}

// Looked at between two turns.
const step = 256 * 1024;

/**
 * Counts what of a file is UTF-8 and what is not. A sequence that is whole in form and means nothing (overlong, half of a
 * surrogate pair, beyond the last character) is one wrong place, as is each byte that belongs to none.
 */
export async function countUtf8(bytes: Uint8Array, turn: Turn): Promise<Utf8Count> {
  let right = 0;
  let wrong = 0;
  let next = step;
  for (let at = 0; at < bytes.length; ) {
    if (at >= next) {
      await turn.tick(0);
      next += step;
    }
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      at += 1;
      continue;
    }
    const length = byte >= 0xf0 ? (byte < 0xf8 ? 4 : 1) : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    const point = pointAt(bytes, at, length);
    if (point === null) {
      wrong += 1;
      at += 1;
      continue;
    }
    if (isCharacter(point, length)) right += isUsual(point) ? 1 : 0.5;
    else wrong += 1;
    at += length;
  }
  return { right, wrong };
}

/** The code point of a sequence by its form; null if it is incomplete. */
function pointAt(bytes: Uint8Array, at: number, length: number): number | null {
  if (length === 1 || at + length > bytes.length) return null;
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let offset = 1; offset < length; offset += 1) {
    const byte = bytes[at + offset] ?? 0;
    if ((byte & 0xc0) !== 0x80) return null;
    point = (point << 6) | (byte & 0x3f);
  }
  return point;
}

function isCharacter(point: number, length: number): boolean {
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  return point >= least && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}

/** Accented Latin, Arabic script, and what is longer than two bytes; the rest of two bytes comes out of Persian in 1256. */
function isUsual(point: number): boolean {
  return (point >= 0xc0 && point < 0x100) || (point >= 0x600 && point < 0x700) || point >= 0x800;
}
