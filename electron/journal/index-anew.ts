import { z } from 'zod';
import { takeTurns } from '../jobs/turns';
import { type Database, inTransaction } from '../storage/database';
import { jsonObject, one, run } from '../storage/rows';
import type { HistoryIndex } from './history-index';
import { entriesAfter } from './links';

const slice = 200;
const last = z.object({ seq: z.number() });

/**
 * Makes anew, from the entries alone, what the history is listed and searched by: rows that somebody took out are there
 * again, and those of entries that are gone go. In turns; cut off, it leaves what the check tells of, and what is
 * appended meanwhile is taken in by itself.
 */
export async function makeIndexAnew(database: Database, index: HistoryIndex): Promise<void> {
  const pace = takeTurns();
  for (let after = 0; ; ) {
    const entries = entriesAfter(database, after, slice);
    const to = entries.at(-1)?.seq;
    inTransaction(database, () => {
      const newest = one(database, last, 'SELECT coalesce(max(seq), 0) AS seq FROM journal')?.seq ?? 0;
      for (const table of ['history', 'history_text', 'history_more_fields'])
        run(
          database,
          `DELETE FROM ${table} WHERE seq > ? AND seq <= ? OR seq > ?`,
          after,
          to ?? newest,
          newest,
        );
      for (const entry of entries) index.takeIn(entry, jsonObject(entry.body));
    });
    if (to === undefined) break;
    after = to;
    await pace.tick();
  }
  inTransaction(database, () => index.wordsAnew());
  for (let more = true; more; ) {
    more = inTransaction(database, () => index.catchUp(slice)) === slice;
    await pace.tick();
  }
}
