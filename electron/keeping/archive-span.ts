import { z } from 'zod';
import type { Database } from '../storage/database';
import { one } from '../storage/rows';

const found = z.object({ n: z.number().nullable() });

/**
 * Returns the newest journal row that may be archived when everything before a moment is; 0 if none may. A chain can
 * only be cut at one place, so a prefix is removed, and it may not contain an intent that is still open or whose
 * outcome comes later: such an entry stays, with everything after it.
 */
export function archivedBefore(database: Database, before: number): number {
  const ask = (sql: string, ...values: number[]): number | null =>
    one(database, found, sql, ...values)?.n ?? null;
  const later = ask('SELECT min(seq) AS n FROM journal WHERE at >= ?', before);
  let to = later === null ? (ask('SELECT max(seq) AS n FROM journal') ?? 0) : later - 1;
  const open = ask(undecided, to);
  if (open !== null) to = open - 1;
  for (;;) {
    const split = ask(
      'SELECT min(intent_seq) AS n FROM journal WHERE intent_seq IS NOT NULL AND seq > ? AND intent_seq <= ?',
      to,
      to,
    );
    if (split === null) break;
    to = split - 1;
  }
  // Numbers may have gaps; the archive must end with an existing row.
  return ask('SELECT max(seq) AS n FROM journal WHERE seq <= ?', to) ?? 0;
}

/** Returns whether the journal has entries from before a moment. */
export function hasBefore(database: Database, before: number): boolean {
  return one(database, found, 'SELECT min(seq) AS n FROM journal WHERE at < ?', before)?.n != null;
}

/** The first intent without an outcome, or whose outcome may still be decided by reading again. */
const undecided = `SELECT min(i.seq) AS n FROM journal i
  WHERE i.type = 'intent' AND i.seq <= ? AND NOT EXISTS (
    SELECT 1 FROM journal o WHERE o.seq = (SELECT max(seq) FROM journal l WHERE l.intent_seq = i.seq)
      AND (o.outcome <> 'unknown' OR json_extract(o.body, '$.by') = 'resolve'))`;
