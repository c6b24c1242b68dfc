import { z } from 'zod';
import type { Database } from '../storage/database';
import { ownerName } from '../storage/owner';
import { bulkPlace, type Place, templatePlace } from '../storage/place';
import { all, jsonObject, run } from '../storage/rows';
import type { Renewal } from './renew';

const row = z.object({ of: z.string(), collection: z.string(), field: z.string(), rule: z.string() });

interface Table {
  readonly name: 'bulk_rules' | 'template_rules';
  readonly of: 'connection_id' | 'template_id';
  /** The column of the collection, where whose rules they are depends on it. */
  readonly collection: 'collection' | "''";
  readonly place: (found: z.infer<typeof row>) => Place;
}
const tables: readonly Table[] = [
  {
    name: 'bulk_rules',
    of: 'connection_id',
    collection: 'collection',
    place: ({ of, collection, field }) => bulkPlace(ownerName({ connection_id: of, collection }), field),
  },
  {
    name: 'template_rules',
    of: 'template_id',
    collection: "''",
    place: ({ of, field }) => templatePlace(of, field),
  },
];

/** Rules of bulk edits and of templates. */
export function* rulesAnew(database: Database, renewal: Renewal): Iterable<() => number> {
  for (const { name, of, collection, place } of tables) {
    const sql = `SELECT ${of} AS "of", ${collection} AS collection, field, rule FROM ${name}
      WHERE (${of}, ${collection}, field) > (?, ?, ?) ORDER BY ${of}, ${collection}, field LIMIT 200`;
    for (let last = ['', '', '']; ; ) {
      const rows = all(database, row, sql, ...last);
      const end = rows.at(-1);
      if (!end) break;
      last = [end.of, end.collection, end.field];
      for (const one of rows) {
        if (!renewal.concerns(one.rule)) continue;
        yield () => {
          const rule = jsonObject(one.rule);
          if (!rule || typeof rule.value !== 'string') return 0;
          const text = JSON.stringify({
            ...rule,
            value: renewal.renew(rule.value, place(one)),
          });
          const set = `UPDATE ${name} SET rule = ? WHERE ${of} = ? AND ${collection} = ? AND field = ? AND rule = ?`;
          return run(database, set, text, one.of, one.collection, one.field, one.rule).changes;
        };
      }
    }
  }
}
