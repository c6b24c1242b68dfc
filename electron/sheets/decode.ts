import type { SheetEncoding } from '../../shared/model/sheet';
import type { Turn } from '../jobs/jobs';
import { fullyDecoded, guessCodePage } from './code-page';
import { countUtf8 } from './utf8';

/*
 * Which encoding a file is in, found from its bytes. `TextDecoder` knows all of them in Node (full ICU) and in Electron,
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
 * Detects a file's encoding: its byte order mark, else the pattern of UTF-16, else UTF-8 if more of it is valid UTF-8
 * than not (a damaged byte costs its own row, not the file), else the code page that its words suggest. Otherwise it
 * stays UTF-8: what cannot be read is reported at its row, and nothing is guessed.
 */
export async function findEncoding(bytes: Uint8Array, turn: Turn): Promise<FoundEncoding> {
  for (const [encoding, mark] of marks) {
    if (mark.every((byte, at) => bytes[at] === byte)) return { encoding, bom: true };
  }
  const wide = utf16Of(bytes.subarray(0, looked));
  if (wide) return { encoding: wide, bom: false };
  const { right, wrong } = await countUtf8(bytes, turn);
  // A single byte is damage: nothing shows what else it could be.
  if (wrong <= 1 || right >= wrong) return { encoding: 'utf-8', bom: false };
  return { encoding: guessCodePage(bytes) ?? 'utf-8', bom: false };
}

/** The text of a file in an encoding; what is not valid in it becomes U+FFFD. A byte order mark is left out. */
export async function decode(bytes: Uint8Array, encoding: SheetEncoding, turn: Turn): Promise<Pieces> {
  const decoder = new TextDecoder(encoding);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += step) {
    pieces.push(fullyDecoded(decoder.decode(bytes.subarray(at, at + step), { stream: true }), encoding));
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
