import { decoded } from '../../electron/sheets/code-page';
import type { SheetEncoding } from '../../shared/model/sheet';

/** Encodes a text in a one-byte code page as programs do: question marks for letters that the page lacks. */
export function inCodePage(page: SheetEncoding, text: string): Buffer {
  const bytes = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const letter = decoded(Uint8Array.of(byte), page);
    if (letter !== '\ufffd' && !bytes.has(letter)) bytes.set(letter, byte);
  }
  return Buffer.from([...text].map((letter) => bytes.get(letter) ?? 0x3f));
}
