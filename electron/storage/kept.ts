import { z } from 'zod';
import type { Database } from './database';
import { one, run } from './rows';

/*
 * The small things of a profile, each under a name of its own: what stands open, settings, marks. What is in one is its
 * owner's; here it is a text.
 */

const row = z.object({ body: z.string() });

/** What is kept under a name; undefined where nothing is. */
export function kept(database: Database, key: string): string | undefined {
  return one(database, row, 'SELECT body FROM workspace WHERE key = ?', key)?.body;
}

/** Keeps a text under a name, in the place of what was there. */
export function keep(database: Database, key: string, body: string): void {
  const sql =
    'INSERT INTO workspace (key, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body';
  run(database, sql, key, body);
}

/** Keeps nothing any more under a name. */
export function drop(database: Database, key: string): void {
  run(database, 'DELETE FROM workspace WHERE key = ?', key);
}
