/* Recognises a text that was decoded in the wrong encoding by its letters. */

/** Windows-1252 from 0x80 to 0x9F: some versions of Node decode these as Latin-1. */
export const upperOf1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const pages = ['windows-1256', 'windows-1252', 'windows-1251'] as const;
const bytesOfPage = new Map<string, ReadonlyMap<string, number>>();
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Returns whether a text was decoded in the wrong encoding: its bytes in a code page are UTF-8 (`Ø¹Ù„ÛŒ`, `JosÃ©`), or
 * its words belong to no language (`Úáí`), because they are those of another page.
 */
export function isMisread(text: string): boolean {
  if (/^\p{ASCII}*$/u.test(text)) return false;
  if (/(?:^|[^\p{L}])[\u00c0-\u00ff]{3,}(?![\p{L}])/u.test(text) && !/[\u0100-\u024f]/u.test(text))
    return true;
  return pages.some((page) => {
    const bytes = bytesIn(page, text);
    return bytes !== null && isUsualUtf8(bytes);
  });
}

/** Returns a text's bytes in a code page; null where the page lacks a character. */
function bytesIn(page: string, text: string): Uint8Array | null {
  let table = bytesOfPage.get(page);
  if (!table) {
    const decoder = new TextDecoder(page);
    const all = Array.from({ length: 256 }, (_, byte): [string, number] => [
      decoder.decode(Uint8Array.of(byte)),
      byte,
    ]);
    // Programs keep a byte without a letter as a control character.
    table = new Map([
      ...all.map(([, byte]): [string, number] => [String.fromCharCode(byte), byte]).slice(0x80, 0xa0),
      ...all,
      ...(page === 'windows-1252' ? [...upperOf1252] : []).map((one, at): [string, number] => [
        one,
        0x80 + at,
      ]),
    ]);
    bytesOfPage.set(page, table);
  }
  const bytes: number[] = [];
  for (const one of text) {
    const byte = table.get(one);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

const usual = /\p{Script=Arabic}|[\u00c0-\u00ff\u060c-\u061f]|\u200c|\u200d|\u200e|\u200f/u;

/**
 * Returns whether bytes are UTF-8 of letters used here; in real words of a code page this happens at most once by
 * chance.
 */
function isUsualUtf8(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return false;
  }
  const found = text.match(/\P{ASCII}/gu) ?? [];
  const latin = found.every((one) => one >= '\u00c0' && one <= '\u00ff');
  return latin ? found.length > 0 : found.length >= 2 && found.every((one) => usual.test(one));
}
