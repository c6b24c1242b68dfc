import type { SheetEncoding } from '../../shared/model/sheet';
import { upperOf1252 } from '../../shared/values/misread';

/*
 * Detects a single-byte code page by its words: in the right page they are of one script and written as people write
 * it. Without such evidence nothing is guessed.
 */

// In this order where two read a text alike.
const candidates: readonly SheetEncoding[] = [
  'windows-1256',
  'windows-1252',
  'iso-8859-6',
  'windows-1251',
  'macintosh',
];
// One word may look right by chance.
const least: Partial<Record<SheetEncoding, number>> = { macintosh: 2 };
// A word of any page is as long as another: the first ones tell.
const looked = 64 * 1024;

/** The code page of a single-byte text; null if its letters do not show it. */
export function guessCodePage(bytes: Uint8Array): SheetEncoding | null {
  const sample = aroundHighBytes(bytes);
  const judged = candidates.map((encoding) => ({ encoding, ...judge(decoded(sample, encoding)) }));
  const [best] = judged.sort((a, b) => b.good - 2 * b.bad - (a.good - 2 * a.bad));
  if (!best || best.good === 0 || best.good <= 2 * best.bad) return null;
  return best.good >= (least[best.encoding] ?? 0) ? best.encoding : null;
}

/** The lines that have a byte beyond ASCII, as many as are looked at. */
function aroundHighBytes(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let taken = 0;
  for (let at = 0; at < bytes.length && taken < looked; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    let from = at;
    while (from > 0 && at - from < 200 && !isLineEnd(bytes[from - 1])) from -= 1;
    let to = at;
    while (to < bytes.length && to - at < 2_000 && !isLineEnd(bytes[to])) to += 1;
    parts.push(bytes.subarray(from, to), newline);
    taken += to - from;
    at = to;
  }
  return Buffer.concat(parts);
}

const newline = Uint8Array.of(0x0a);

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

/** Bytes as an encoding reads them. */
export function decoded(bytes: Uint8Array, encoding: SheetEncoding): string {
  return fullyDecoded(new TextDecoder(encoding).decode(bytes), encoding);
}

/** A text in Windows-1252 with its upper controls as the letters that they are: some versions of Node read Latin-1. */
export function fullyDecoded(text: string, encoding: SheetEncoding): string {
  if (encoding !== 'windows-1252') return text;
  return text.replace(/[\u0080-\u009f]/g, (one) => upperOf1252[one.charCodeAt(0) - 0x80] ?? one);
}

// A word, and what no word has in it: undefined bytes, controls of the upper half, direction marks.
const words = /(?:[\p{L}\p{M}\ufffd\u0080-\u009f]|\u200c|\u200d|\u200e|\u200f)+/gu;
// Beside words, what people type that is not on every keyboard.
const punctuation = /[\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u00a0\u00ab\u00bb\u00b0\u060c\u061b\u061f]/u;

function judge(text: string): { readonly good: number; readonly bad: number } {
  let good = 0;
  let bad = 0;
  for (const [word] of text.matchAll(words)) {
    // A single letter is no evidence.
    if (isAscii(word) || word.length === 1) continue;
    if (isWord(word)) good += 1;
    else bad += 1;
  }
  // Dashes and quotation marks count only if there are no letters.
  return good + bad === 0 && punctuation.test(text) && !/[\u0080-\u009f\ufffd]/.test(text)
    ? { good: 0.5, bad: 0 }
    : { good, bad };
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

function isWord(word: string): boolean {
  if (/[\ufffd\u0080-\u009f]/.test(word)) return false;
  const bare = word.replace(/[\u064b-\u0652\u0640]|\u200c|\u200d/g, '');
  const marks = word.match(/[\u064b-\u0652]/g)?.length ?? 0;
  if (/^\p{Script=Arabic}+$/u.test(bare)) return marks <= bare.length / 2;
  if (/^\p{Script=Cyrillic}+$/u.test(word)) return isCased(word);
  if (!/^\p{Script=Latin}+$/u.test(word)) return false;
  const foreign = [...word].filter((letter) => !isAscii(letter)).length;
  // Icelandic letters are Turkish ones in a page that is alike otherwise; the others are letters to Unicode only.
  return isCased(word) && foreign <= Math.max(1, word.length / 2) && !/[ðýþÐÝÞªºµƒˆ˜]/u.test(word);
}

/** All capitals, or none behind the first letter. */
function isCased(word: string): boolean {
  return word === word.toUpperCase() || !/\p{Lu}/u.test(word.slice(1)) || /^(?:\p{Lu}\p{Ll}+)+$/u.test(word);
}
