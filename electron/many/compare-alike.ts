import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { type Catalog, catalogOf } from '../../shared/catalog';
import { sameValue } from '../../shared/catalog/compare';
import { keyFields } from '../../shared/catalog/identity';
import { fieldValue, recordTitle } from '../../shared/catalog/read';
import type { RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { ComparedItem } from '../../shared/model/many';
import type { Database } from '../storage/database';
import { namedIn, ownerOf } from '../storage/owner';
import { all, jsonObject } from '../storage/rows';

export type Alike = ComparedItem & { readonly title: string };

const recordRow = z.object({ remote_id: z.string(), raw: z.string() });

/**
 * The records of other servers of the kind that people name the same: by the fields that no two records of a server
 * share. From the directories as last read, so no server has to be in reach; one directory a turn.
 */
export async function alikeRecords(
  database: Database,
  others: readonly RecordsOf[],
  of: RecordsOf,
  stored: JsonObject,
): Promise<Alike[]> {
  const catalog = catalogOf(of);
  const found: Alike[] = [];
  for (const connection of others) {
    found.push(...alikeOn(database, connection, catalog, stored));
    await nextTurn();
  }
  return found;
}

function alikeOn(database: Database, of: RecordsOf, catalog: Catalog, like: JsonObject): Alike[] {
  const found = new Map<string, Alike>();
  for (const spec of keyFields(catalog)) {
    const wanted = fieldValue(spec, like) ?? '';
    if (wanted === '') continue;
    // Narrowed down by the text before anything is parsed: a directory may have 50,000 records.
    const sql = `SELECT remote_id, raw FROM records
      WHERE connection_id = ? AND collection = ? AND instr(raw, ?) > 0 ORDER BY ordinal`;
    const { connection_id, collection } = ownerOf(of);
    const inside = JSON.stringify(wanted).slice(1, -1);
    for (const row of all(database, recordRow, sql, connection_id, collection, inside)) {
      const record = jsonObject(row.raw);
      if (!record || !sameValue(spec, fieldValue(spec, record), wanted)) continue;
      const title = recordTitle(catalog, row.remote_id, record);
      const item = { connectionId: of.id, ...namedIn(collection), remoteId: row.remote_id };
      found.set(row.remote_id, { ...item, title });
    }
  }
  return [...found.values()];
}
