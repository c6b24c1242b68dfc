import { z } from 'zod';
import { placesIn } from '../journal/sealed-apart';
import { placeOf } from '../journal/sealed-values';
import type { Database } from '../storage/database';
import { all, jsonObject, run } from '../storage/rows';
import type { Renewal } from './renew';

const entryRow = z.object({
  seq: z.number(),
  connection_id: z.string(),
  remote_id: z.string(),
  body: z.string(),
});
const secretRow = z.object({ digest: z.string(), sealed: z.string() });

const entries = `SELECT seq, connection_id, remote_id, body FROM journal j
  WHERE seq > ? AND EXISTS (SELECT 1 FROM journal_secrets s WHERE s.seq = j.seq) ORDER BY seq LIMIT 50`;

/**
 * The sealed values beside the history. The entries stay as they are, and so does every hash: an entry names the value by
 * the digest that its text had when it was written, and the new text opens only in that place of that entry.
 */
export function* entriesAnew(database: Database, renewal: Renewal): Iterable<() => number> {
  for (let last = -1; ; ) {
    const rows = all(database, entryRow, entries, last);
    const end = rows.at(-1);
    if (!end) return;
    last = end.seq;
    for (const one of rows) yield () => renewed(database, renewal, one);
  }
}

function renewed(database: Database, { concerns, renew }: Renewal, entry: z.infer<typeof entryRow>): number {
  const { seq, connection_id: connectionId, remote_id: remoteId } = entry;
  const sql = 'SELECT digest, sealed FROM journal_secrets WHERE seq = ?';
  const old = all(database, secretRow, sql, seq).filter(({ sealed }) => concerns(sealed));
  if (old.length === 0) return 0;
  const places = placesIn(jsonObject(entry.body) ?? {}, placeOf({ seq, connectionId, remoteId }));
  let count = 0;
  for (const { digest, sealed } of old) {
    const place = places.get(digest);
    const anew = place ? renew(sealed, place) : sealed;
    if (anew === sealed) continue;
    const set = 'UPDATE journal_secrets SET sealed = ? WHERE seq = ? AND digest = ?';
    count += run(database, set, anew, seq, digest).changes;
  }
  return count;
}
