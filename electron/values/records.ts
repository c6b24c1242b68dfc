import { z } from 'zod';
import { catalogOf, kindSchema } from '../../shared/catalog';
import type { Database } from '../storage/database';
import { ownerName, storedCollection } from '../storage/owner';
import { recordPlace } from '../storage/place';
import { all, jsonObject, run } from '../storage/rows';
import { hasOpenUnknown, sealAnew } from '../storage/sealed-record';
import type { Renewal } from './renew';

const row = z.object({
  id: z.number(),
  connection_id: z.string(),
  collection: z.string(),
  remote_id: z.string(),
  raw: z.string(),
  kind: z.string().nullable(),
});
type Row = z.infer<typeof row>;

const sql = `SELECT b.id, b.connection_id, b.collection, b.remote_id, b.raw, json_extract(c.body, '$.kind') AS kind
  FROM record_bodies b JOIN connections c ON c.id = b.connection_id WHERE b.id > ? ORDER BY b.id LIMIT 50`;

/**
 * The records of all directories: their sealed values anew, and sealed what lies in clear in fields that no catalog
 * knows.
 */
export function* recordsAnew(database: Database, renewal: Renewal): Iterable<() => number> {
  for (let last = 0; ; ) {
    const rows = all(database, row, sql, last);
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
    for (const one of rows) yield () => renewed(database, renewal, one);
  }
}

function renewed(database: Database, { sealer, concerns }: Renewal, found: Row): number {
  const kind = kindSchema.safeParse(found.kind);
  const stored = jsonObject(found.raw);
  if (!kind.success || !stored) return 0;
  const collection = storedCollection(kind.data, found.collection);
  const catalog = catalogOf({ kind: kind.data, collection });
  if (!concerns(found.raw) && !hasOpenUnknown(catalog, stored)) return 0;
  const place = recordPlace(ownerName(found), found.remote_id);
  const raw = JSON.stringify(sealAnew(sealer, catalog, stored, place));
  // Read and written in one transaction, or read again since: then it was sealed as it has to be.
  return run(database, 'UPDATE record_bodies SET raw = ? WHERE id = ? AND raw = ?', raw, found.id, found.raw)
    .changes;
}
