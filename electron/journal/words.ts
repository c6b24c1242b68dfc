import { z } from 'zod';
import type { Database } from '../storage/database';
import { all } from '../storage/rows';

/** The index of words is asked for so many entries at a time: first for about a page, then for as many as take some milliseconds. */
const firstChunk = 400;
const mostChunk = 3_200;

const seqRow = z.object({ seq: z.number() });

/** Whether the index of words can tell alone that a text occurs: it knows every three letters, not their order. */
export function isExact(text: string): boolean {
  return [...text].length === 3;
}

/**
 * The entries that may hold a text of three letters or more, newest first, up to a number and above another. In chunks
 * and not in slices of numbers: the index looks for its first hit from the newest entry on, whatever numbers it is
 * asked for, so that a text that does not occur would be looked for anew in each slice.
 */
export async function* wordHits(
  database: Database,
  text: string,
  { after, to }: { after: number; to: number },
  pause: () => Promise<void>,
): AsyncGenerator<readonly number[]> {
  const sql = `SELECT rowid AS seq FROM history_words
    WHERE history_words MATCH ? AND rowid > ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?`;
  let top = to;
  for (let chunk = firstChunk; top > after; chunk = Math.min(mostChunk, chunk * 2)) {
    const hits = all(database, seqRow, sql, matching(text), after, top, chunk).map(({ seq }) => seq);
    if (hits.length > 0) yield hits;
    if (hits.length < chunk) return;
    top = (hits.at(-1) ?? after) - 1;
    await pause();
  }
}

/** Every three letters of a text, all of which must occur. */
function matching(text: string): string {
  const letters = [...text];
  const threes = letters.slice(2).map((_, at) => letters.slice(at, at + 3).join(''));
  return [...new Set(threes)].map((three) => `"${three.replaceAll('"', '""')}"`).join(' AND ');
}
