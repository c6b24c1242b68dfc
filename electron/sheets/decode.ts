import type { SheetEncoding } from '../../shared/model/sheet';
import type { Turn } from '../many/jobs';

/*
 * Which encoding a file is in, found from its bytes. `TextDecoder` knows all four in Node (full ICU) and in Electron,
 * whose Chromium must know them for web pages; a test in the real Electron holds that.
 */

export interface FoundEncoding {
  readonly encoding: SheetEncoding;
  /** Whether the file begins with a byte order mark. */
  readonly bom: boolean;
}

/** A text in the pieces that it was decoded in: one string of a whole file would be copied in one go. */
export type Pieces = readonly string[];

// Decoded within one turn on a slow machine.
const step = 128 * 1024;
const looked = 64 * 1024;

const marks: readonly (readonly [SheetEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * Finds the encoding of a file: its byte order mark, else the form that UTF-16 has, else UTF-8 where all of it is valid UTF-8, else Windows-1256.
 */
export async function findEncoding(bytes: Uint8Array, turn: Turn): Promise<FoundEncoding> {
  for (const [encoding, mark] of marks) {
    if (mark.every((byte, at) => bytes[at] === byte)) return { encoding, bom: true };
  }
  const wide = utf16Of(bytes.subarray(0, looked));
  if (wide) return { encoding: wide, bom: false };
  return { encoding: (await isUtf8(bytes, turn)) ? 'utf-8' : 'windows-1256', bom: false };
}

/** The text of a file in an encoding; what is not valid in it becomes U+FFFD. A byte order mark is left out. */
export async function decode(bytes: Uint8Array, encoding: SheetEncoding, turn: Turn): Promise<Pieces> {
  const decoder = new TextDecoder(encoding);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += step) {
    pieces.push(decoder.decode(bytes.subarray(at, at + step), { stream: true }));
    await turn.tick(Math.floor(at / 2));
  }
  pieces.push(decoder.decode());
  return pieces.filter((piece) => piece !== '');
}

// The upper halves of what texts here are made of: Latin and digits, Arabic script, joiners and punctuation.
const upperHalves = new Set([0x00, 0x06, 0x20]);

/** UTF-16 by its upper halves: nearly all alike, some of them zero, because commas, digits and line ends are. */
function utf16Of(bytes: Uint8Array): SheetEncoding | null {
  const pairs = Math.floor(bytes.length / 2);
  for (const [encoding, offset] of [
    ['utf-16le', 1],
    ['utf-16be', 0],
  ] as const) {
    let upper = 0;
    let zeros = 0;
    for (let at = offset; at < pairs * 2; at += 2) {
      const byte = bytes[at] ?? 0;
      if (upperHalves.has(byte)) upper += 1;
      if (byte === 0) zeros += 1;
    }
    if (zeros > 0 && upper >= pairs * 0.9) return encoding;
  }
  return null;
}

async function isUtf8(bytes: Uint8Array, turn: Turn): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let at = 0; at < bytes.length; at += step) {
    if (!isValid(() => decoder.decode(bytes.subarray(at, at + step), { stream: true }))) return false;
    await turn.tick(0);
  }
  return isValid(() => decoder.decode());
}

function isValid(decodes: () => unknown): boolean {
  try {
    decodes();
    return true;
  } catch {
    return false;
  }
}
