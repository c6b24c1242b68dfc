import { z } from 'zod';
import type { Database } from './database';
import { one, run } from './rows';

/* A profile's small texts, each under its own key: open tabs, settings, marks. Their owners know the formats. */

const row = z.object({ body: z.string() });

/** Returns the text kept under a key; undefined if there is none. */
export function kept(database: Database, key: string): string | undefined {
  return one(database, row, 'SELECT body FROM workspace WHERE key = ?', key)?.body;
}

/** Stores a text under a key, replacing a former one. */
export function keep(database: Database, key: string, body: string): void {
  const sql =
    'INSERT INTO workspace (key, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body';
  run(database, sql, key, body);
}

/** Deletes the text under a key. */
export function drop(database: Database, key: string): void {
  run(database, 'DELETE FROM workspace WHERE key = ?', key);
}
