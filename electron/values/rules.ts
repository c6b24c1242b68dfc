import { z } from 'zod';
import type { Database } from '../storage/database';
import { bulkPlace, type Place, templatePlace } from '../storage/place';
import { all, jsonObject, run } from '../storage/rows';
import type { Renewal } from './renew';

const row = z.object({ of: z.string(), field: z.string(), rule: z.string() });

interface Table {
  readonly name: 'bulk_rules' | 'template_rules';
  readonly of: 'connection_id' | 'template_id';
  readonly place: (of: string, field: string) => Place;
}
const tables: readonly Table[] = [
  { name: 'bulk_rules', of: 'connection_id', place: bulkPlace },
  { name: 'template_rules', of: 'template_id', place: templatePlace },
];

/** Rules of bulk edits and of templates. */
export function* rulesAnew(database: Database, renewal: Renewal): Iterable<() => number> {
  for (const { name, of, place } of tables) {
    const sql = `SELECT ${of} AS "of", field, rule FROM ${name} WHERE (${of}, field) > (?, ?)
      ORDER BY ${of}, field LIMIT 200`;
    for (let last = ['', '']; ; ) {
      const rows = all(database, row, sql, ...last);
      const end = rows.at(-1);
      if (!end) break;
      last = [end.of, end.field];
      for (const one of rows) {
        if (!renewal.concerns(one.rule)) continue;
        yield () => {
          const rule = jsonObject(one.rule);
          if (!rule || typeof rule.value !== 'string') return 0;
          const text = JSON.stringify({
            ...rule,
            value: renewal.renew(rule.value, place(one.of, one.field)),
          });
          const set = `UPDATE ${name} SET rule = ? WHERE ${of} = ? AND field = ? AND rule = ?`;
          return run(database, set, text, one.of, one.field, one.rule).changes;
        };
      }
    }
  }
}
