import Papa from 'papaparse';
import type { Catalog } from '../../shared/catalog';
import { encodings, type SheetView } from '../../shared/model/sheet';
import { decoded } from './code-page';
import { looksSecret } from './headings';
import { isInPlace, isSecretColumn } from './places';
import type { OpenSheet } from './sheet';

/* How a text of a file reads in each encoding: someone who knows the customer's people recognises the right one. */

const wide = new Set(['utf-16le', 'utf-16be']);
const looked = 64 * 1024;
const rows = 200;
const longest = 60;

/** The same cell in every single-byte encoding; empty if all read alike, or the file is not such a text. */
export function looksOf(catalog: Catalog, sheet: OpenSheet): SheetView['looks'] {
  const { settings, bom, bytes } = sheet;
  const { delimiter } = settings;
  // In another encoding such a delimiter would be another sign.
  if (bom || wide.has(settings.encoding) || delimiter > '\u007f') return [];
  const place = placeOf(catalog, sheet);
  const line = place && lineAt(bytes.subarray(0, looked), place.line);
  if (!place || !line) return [];
  const looks = encodings
    .filter((encoding) => !wide.has(encoding))
    .map((encoding) => {
      const { data } = Papa.parse<string[]>(decoded(line, encoding), { delimiter, preview: 1 });
      return { encoding, text: (data[0]?.[place.index] ?? '').trim().slice(0, longest) };
    });
  return new Set(looks.map(({ text }) => text)).size > 1 ? looks : [];
}

/** The longest cell beyond ASCII that may be shown, in a row of one line. */
function placeOf(
  catalog: Catalog,
  sheet: OpenSheet,
): { readonly line: number; readonly index: number } | null {
  let best: { line: number; index: number; length: number } | null = null;
  const secrets = sheet.columns.map((_, index) => isSecretColumn(catalog, sheet, index));
  const known = sheet.columns.map(({ field }) => field !== null);
  for (const row of sheet.body.slice(0, rows)) {
    const single = !row.cells.some((cell) => /[\r\n]/.test(cell));
    if (!single || row.badQuotes || !isInPlace(catalog, sheet, row)) continue;
    for (const [index, cell] of row.cells.entries()) {
      const length = cell.match(/\P{ASCII}/gu)?.length ?? 0;
      if (length === 0 || secrets[index] !== false || (!known[index] && looksSecret(cell))) continue;
      if (!best || length > best.length) best = { line: row.line, index, length };
    }
  }
  return best;
}

/** The bytes of a line, from 1; null if it was not examined. */
function lineAt(bytes: Uint8Array, wanted: number): Uint8Array | null {
  let line = 1;
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte !== 0x0a && byte !== 0x0d) continue;
    if (line === wanted) return bytes.subarray(from, at);
    if (byte === 0x0d && bytes[at + 1] === 0x0a) at += 1;
    from = at + 1;
    line += 1;
  }
  return line === wanted && from < bytes.length && bytes.length < looked ? bytes.subarray(from) : null;
}
