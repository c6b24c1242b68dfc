import Papa from 'papaparse';
import { delimiterSchema, delimiters, type SheetDelimiter } from '../../shared/model/sheet';
import type { Turn } from '../jobs/jobs';
import type { Pieces } from './decode';

/** How the rows of a file end. `strip`: some end with a return before the line feed and some do not. */
export interface Newline {
  readonly text: '\r\n' | '\n' | '\r';
  readonly strip: boolean;
}

const separatorLine = /^[\ufeff\s]*(["']?)\s*sep\s*=\s*([^\r\n])\s*\1[,;\t|؛،]*[ \t]*(?:\r\n|\r|\n|$)/i;

/** The line that tells Excel the delimiter, with or without quotes, if a text begins with one; and the delimiter. */
export function separatorAt(text: string): { readonly line: string; readonly says: string } | null {
  const found = separatorLine.exec(text);
  return found ? { line: found[0], says: found[2] ?? '' } : null;
}

const sampled = 64 * 1024;
const looked = 40;

/**
 * The delimiter of a text: as its first line says, else the one that makes most headings of one of its first rows, else
 * the one that cuts the first rows into the same number of cells, the most of them where several do. A text of one column
 * has any; it is taken to be the comma.
 * @param headings how many cells of a row are headings that are known
 */
export function findDelimiter(
  pieces: Pieces,
  headings: (cells: readonly string[]) => number,
): SheetDelimiter {
  const [text = ''] = pieces;
  const separator = separatorAt(text);
  const sample = text.slice(separator?.line.length ?? 0, sampled);
  const whole = pieces.length === 1 && text.length <= sampled;
  const cuts = delimiters
    .map((delimiter) => {
      const { data } = Papa.parse<string[]>(sample, {
        delimiter,
        preview: looked,
        skipEmptyLines: 'greedy',
      });
      // The sample may end in the middle of its last row.
      const rows = whole ? data : data.slice(0, Math.max(1, data.length - 1));
      const counts = rows.map((row) => row.length);
      const cells = mostFrequent(counts);
      const odd = counts.filter((count) => count !== cells).length / Math.max(1, counts.length);
      // In Persian names and notes these are punctuation.
      const rare = delimiter === '؛' || delimiter === '،' ? 1 : 0;
      return { delimiter, cells, odd, rare, headings: Math.max(0, ...rows.map(headings)) };
    })
    .filter(({ cells, headings }) => cells >= 2 || headings >= 2);
  const said = cuts.find(({ delimiter }) => delimiter === separator?.says);
  if (said) return said.delimiter;
  const [best] = cuts.sort(
    (a, b) => b.headings - a.headings || a.rare - b.rare || a.odd - b.odd || b.cells - a.cells,
  );
  const only = delimiterSchema.safeParse(separator?.says);
  return best?.delimiter ?? (only.success ? only.data : ',');
}

function mostFrequent(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].sort(([a, n], [b, m]) => m - n || b - a)[0]?.[0] ?? 0;
}

/** How rows end, seen outside of quotes only: a cell may have line ends of another form in it. */
export async function findNewline(pieces: Pieces, turn: Turn): Promise<Newline> {
  let quoted = false;
  // A return at the end of a piece may be half of a pair.
  let half = '';
  const seen = new Map<string, number>();
  for (const [index, piece] of pieces.entries()) {
    const text = half + piece;
    half = text.endsWith('\r') && index < pieces.length - 1 ? '\r' : '';
    for (const [mark] of text.slice(0, text.length - half.length).matchAll(/"|\r\n|\r|\n/g)) {
      if (mark === '"') quoted = !quoted;
      else if (!quoted) seen.set(mark, (seen.get(mark) ?? 0) + 1);
    }
    await turn.tick(0);
  }
  const [crlf, cr, lf] = ['\r\n', '\r', '\n'].map((mark) => seen.get(mark) ?? 0);
  if (!lf && crlf) return { text: '\r\n', strip: false };
  if (!lf && cr) return { text: '\r', strip: false };
  return { text: '\n', strip: Boolean(crlf) };
}
