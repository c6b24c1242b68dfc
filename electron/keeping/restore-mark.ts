import { z } from 'zod';
import type { BackupEnd } from '../journal/head';
import { type Head, headSchema, nothingBefore } from '../journal/links';
import { type Database, databaseVersion, openAlone, peek } from '../storage/database';
import { drop, kept } from '../storage/kept';
import { jsonObject } from '../storage/rows';

/** What a prepared copy records about its restore. */
export const restoreMarkSchema = z.object({
  /** Identifies this restore in the keychain. */
  token: z.uuid(),
  /** Milliseconds since 1970: when the backup was made. */
  backupAt: z.number().int(),
  /** The newest link of the history that is set aside. */
  left: headSchema,
});
export type RestoreMark = z.infer<typeof restoreMarkSchema>;

const key = 'restored';
// The first version of the schema whose journal is a chain.
const chainedSince = 3;

/**
 * Writes the mark into a closed copy of a backup, so that the history notes the restore. Without prepared statements:
 * those keep the file open, and it is to be renamed.
 * @returns where its history ends; null if its version had no chain
 */
export function markRestored(path: string, mark: RestoreMark): BackupEnd | null {
  const database = openAlone(path);
  try {
    const body = JSON.stringify(restoreMarkSchema.parse(mark));
    database.exec(`INSERT OR REPLACE INTO workspace (key, body) VALUES ('${key}', '${body}')`);
    if (databaseVersion(database) < chainedSince) return null;
    const state = (name: string): unknown => peek(database, 'value', `history_state WHERE key = '${name}'`);
    const anchor = state('anchor');
    const newest = peek(
      database,
      `json_object('seq', seq, 'hash', hash)`,
      '(SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1)',
    );
    return { journal: String(state('journal')), head: headOf(newest ?? anchor), anchor: headOf(anchor) };
  } finally {
    database.close();
  }
}

function headOf(text: unknown): Head {
  return typeof text === 'string' ? headSchema.parse(jsonObject(text)) : nothingBefore;
}

/** Returns and removes the mark of a restored database that is not journalled yet. Call inside a transaction. */
export function takeMark(database: Database): RestoreMark | null {
  const body = kept(database, key);
  if (body === undefined) return null;
  drop(database, key);
  const parsed = restoreMarkSchema.safeParse(jsonObject(body));
  return parsed.success ? parsed.data : null;
}
