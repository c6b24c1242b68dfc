import { decoded } from '../../electron/sheets/code-page';
import type { SheetEncoding } from '../../shared/model/sheet';

/** A text in a code page of one byte a letter, as a program saves it: question marks for letters that the page has not. */
export function inCodePage(page: SheetEncoding, text: string): Buffer {
  const bytes = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const letter = decoded(Uint8Array.of(byte), page);
    if (letter !== '\ufffd' && !bytes.has(letter)) bytes.set(letter, byte);
  }
  return Buffer.from([...text].map((letter) => bytes.get(letter) ?? 0x3f));
}
