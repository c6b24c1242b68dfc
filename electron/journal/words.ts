import { z } from 'zod';
import type { Database } from '../storage/database';
import { one } from '../storage/rows';
import type { Range } from './slices';
import type { Pause } from './turns';

/** The index of words is asked for so many hits at a time: first for those of about a page, then for ever more. */
const firstChunk = 400;
const mostChunk = 12_800;
const handful = 1_000;

const hitsRow = z.object({ hits: z.string() });
const hitsSchema = z.array(z.number());

/** Whether the index of words can tell alone that a text occurs: it knows every three letters, not their order. */
export function isExact(text: string): boolean {
  return [...text].length === 3;
}

/**
 * The newest entries that may hold a text of three letters or more, newest first, with numbers in a range. By hits and
 * not by slices of numbers: the index looks for its first hit from the newest entry on, whatever numbers it is asked
 * for, so that a text that does not occur would be looked for anew in each slice.
 */
export function newestHits(database: Database, text: string, { after, to }: Range, limit: number): number[] {
  // One text of all numbers: a row each would take longer than finding them.
  const sql = `SELECT json_group_array(seq) AS hits FROM (SELECT rowid AS seq FROM history_words
    WHERE history_words MATCH ? AND rowid > ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?)`;
  const found = one(database, hitsRow, sql, matching(text), after, to, limit);
  return hitsSchema.parse(JSON.parse(found?.hits ?? '[]'));
}

/** All of them, so many at a time. */
export async function* wordHits(
  database: Database,
  text: string,
  { after, to }: Range,
  pause: Pause,
): AsyncGenerator<readonly number[]> {
  let top = to;
  for (let chunk = firstChunk; top > after; chunk = Math.min(mostChunk, chunk * 4)) {
    const hits = newestHits(database, text, { after, to: top }, chunk);
    for (const some of handfuls(hits)) {
      yield some;
      await pause();
    }
    if (hits.length < chunk) return;
    top = (hits.at(-1) ?? after) - 1;
  }
}

/** So many that reading them takes some milliseconds. */
export function handfuls(seqs: readonly number[]): readonly number[][] {
  const count = Math.ceil(seqs.length / handful);
  return Array.from({ length: count }, (_, at) => seqs.slice(at * handful, (at + 1) * handful));
}

/**
 * Three letters each of a text, so that every two neighbours stand together in one; all must occur. Every second three
 * does for that: each one costs a walk through its hits, and what is found is read through anyway.
 */
function matching(text: string): string {
  const letters = [...text];
  const last = letters.length - 3;
  const threes = letters.flatMap((_, at) =>
    at === last || (at % 2 === 0 && at < last) ? [letters.slice(at, at + 3).join('')] : [],
  );
  return [...new Set(threes)].map((three) => `"${three.replaceAll('"', '""')}"`).join(' AND ');
}
