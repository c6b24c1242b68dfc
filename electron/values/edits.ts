import { z } from 'zod';
import type { Database } from '../storage/database';
import { ownerName } from '../storage/owner';
import { editPlace, type Side } from '../storage/place';
import { all, run } from '../storage/rows';
import type { Renewal } from './renew';

const text = z.string().nullable();
const target = z.object({
  connection_id: z.string(),
  collection: z.string(),
  remote_id: z.string(),
  field: z.string(),
});
type Target = z.infer<typeof target>;

const ofChange = target.extend({ change_id: z.string(), base: text, next: text });
const ofStep = target.extend({ step_id: z.string(), was_base: text, was_next: text, base: text, next: text });

const changes = `SELECT f.change_id, f.field, f.base, f.next, c.connection_id, c.collection, c.remote_id
  FROM change_fields f JOIN changes c ON c.id = f.change_id`;
const steps = `SELECT f.step_id, f.remote_id, f.field, f.was_base, f.was_next, f.base, f.next, s.connection_id, s.collection
  FROM bulk_step_fields f JOIN bulk_steps s ON s.id = f.step_id`;

/**
 * Prepared edits, and what steps of many keep of them. A step knows its own edits by their sealed text, without a key: so
 * all that is kept of one field of one record is sealed anew together, and what was one text in several rows stays one.
 */
export function* editsAnew(database: Database, renewal: Renewal): Iterable<() => number> {
  for (const of of targets(database, renewal)) yield () => renewed(database, renewal, of);
}

function* targets(database: Database, { concerns }: Renewal): Iterable<Target> {
  const old = (...texts: (string | null)[]) => texts.some((one) => one !== null && concerns(one));
  const behind = `WHERE (f.change_id, f.field) > (?, ?) ORDER BY f.change_id, f.field LIMIT 200`;
  for (let last = ['', '']; ; ) {
    const rows = all(database, ofChange, `${changes} ${behind}`, ...last);
    const end = rows.at(-1);
    if (!end) break;
    last = [end.change_id, end.field];
    for (const row of rows) if (old(row.base, row.next)) yield row;
  }
  const after = `WHERE (f.step_id, f.remote_id, f.field) > (?, ?, ?)
    ORDER BY f.step_id, f.remote_id, f.field LIMIT 200`;
  for (let last = ['', '', '']; ; ) {
    const rows = all(database, ofStep, `${steps} ${after}`, ...last);
    const end = rows.at(-1);
    if (!end) break;
    last = [end.step_id, end.remote_id, end.field];
    for (const row of rows) if (old(row.base, row.next, row.was_base, row.was_next)) yield row;
  }
}

function renewed(database: Database, { concerns, renew }: Renewal, of: Target): number {
  const known = new Map<string, string>();
  const anew = (side: Side, stored: string | null): string | null => {
    if (stored === null || !concerns(stored)) return stored;
    const key = `${side} ${stored}`;
    const found = known.get(key) ?? renew(stored, editPlace(ownerName(of), of.remote_id, of.field, side));
    known.set(key, found);
    return found;
  };
  const record = [of.connection_id, of.collection, of.remote_id, of.field];
  let count = 0;
  const inChanges = `${changes} WHERE c.connection_id = ? AND c.collection = ? AND c.remote_id = ? AND f.field = ?`;
  for (const row of all(database, ofChange, inChanges, ...record)) {
    const [base, next] = [anew('base', row.base), anew('next', row.next)];
    if (base === row.base && next === row.next) continue;
    const sql = 'UPDATE change_fields SET base = ?, next = ? WHERE change_id = ? AND field = ?';
    count += run(database, sql, base, next, row.change_id, row.field).changes;
  }
  const inSteps = `${steps} WHERE f.step_id IN (SELECT id FROM bulk_steps WHERE connection_id = ? AND collection = ?)
    AND f.remote_id = ? AND f.field = ?`;
  for (const row of all(database, ofStep, inSteps, ...record)) {
    const was = [anew('base', row.was_base), anew('next', row.was_next)] as const;
    const is = [anew('base', row.base), anew('next', row.next)] as const;
    if (was[0] === row.was_base && was[1] === row.was_next && is[0] === row.base && is[1] === row.next)
      continue;
    const sql = `UPDATE bulk_step_fields SET was_base = ?, was_next = ?, base = ?, next = ?
      WHERE step_id = ? AND remote_id = ? AND field = ?`;
    count += run(database, sql, ...was, ...is, row.step_id, row.remote_id, row.field).changes;
  }
  return count;
}
