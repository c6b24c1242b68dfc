import { DatabaseSync } from '@photostructure/sqlite';
import { z } from 'zod';
import { linkOf } from '../../electron/journal/chain';
import type { Database } from '../../electron/storage/database';
import { type House, openHouse } from './house';

/*
 * An attacker who can write the database's file but not the keychain, and knows this program's code: the schema stays
 * intact and every plain hash is right.
 */

const row = z.object({
  seq: z.number(),
  at: z.number(),
  type: z.string(),
  intent_seq: z.number().nullable(),
  connection_id: z.string(),
  remote_id: z.string(),
  title: z.string(),
  work_order_id: z.string().nullable(),
  outcome: z.string().nullable(),
  body: z.string(),
  prev: z.string(),
});

const trigger = z.object({ name: z.string(), sql: z.string() });

/** Writes to a file past the triggers that keep the journal append-only, and restores them. */
export function forge(file: string, work: (database: Database) => void): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA foreign_keys = OFF');
  const triggers = database
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'journal*'")
    .all()
    .map((one) => trigger.parse(one));
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  work(database);
  for (const { sql } of triggers) database.exec(sql);
  database.close();
}

/** Recomputes every plain hash of the chain, from the anchor on. */
export function rechain(database: Database): void {
  const anchor = z
    .object({ value: z.string() })
    .optional()
    .parse(database.prepare("SELECT value FROM history_state WHERE key = 'anchor'").get());
  let prev = anchor ? z.object({ hash: z.string() }).parse(JSON.parse(anchor.value)).hash : '0'.repeat(64);
  for (const found of database.prepare('SELECT * FROM journal ORDER BY seq').all()) {
    const { intent_seq, connection_id, remote_id, work_order_id, ...same } = row.parse(found);
    const hash = linkOf(prev, {
      ...same,
      intentSeq: intent_seq,
      connectionId: connection_id,
      remoteId: remote_id,
      workOrderId: work_order_id,
    });
    database.prepare('UPDATE journal SET prev = ?, hash = ? WHERE seq = ?').run(prev, hash, same.seq);
    prev = hash;
  }
}

/** Appends a copy of an entry with its search data. The chain is valid afterwards. */
export function append(database: Database, from: number): void {
  database.exec(`INSERT INTO journal
      (at, type, intent_seq, connection_id, remote_id, title, work_order_id, outcome, body, prev, hash)
    SELECT at, type, intent_seq, connection_id, remote_id, title, work_order_id, outcome, body, '', ''
    FROM journal WHERE seq = ${from};
    INSERT INTO history (seq, at, site, connection, record, work_order, outcome, title, fields, collection)
    SELECT (SELECT max(seq) FROM journal), at, site, connection, record, work_order, NULL, title, fields, collection
    FROM history WHERE seq = ${from};
    INSERT INTO history_text SELECT (SELECT max(seq) FROM journal), text FROM history_text WHERE seq = ${from}`);
  rechain(database);
}

/** Starts the program again on the same profile and keychain, after somebody changed the file. */
export async function forged(house: House, work: (database: Database) => void): Promise<House> {
  house.close();
  forge(house.file, work);
  return nextStart(house);
}

/** Starts the program again on the same profile and keychain. */
export async function nextStart(house: House, unlocked = true): Promise<House> {
  house.close();
  const next = await openHouse({ folder: house.folder, keychain: house.keychain, unlocked });
  next.services.recover();
  await next.services.head.save();
  return next;
}
