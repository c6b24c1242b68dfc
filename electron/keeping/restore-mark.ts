import { z } from 'zod';
import { type Head, headSchema, nothingBefore } from '../journal/links';
import { type Database, databaseVersion, openAlone, peek } from '../storage/database';
import { jsonObject, one, run } from '../storage/rows';

/** What a database that waits to be restored is told of its restore. */
export const restoreMarkSchema = z.object({
  /** What the keychain knows this restore by. */
  token: z.uuid(),
  /** Milliseconds since 1970: when the backup was made. */
  backupAt: z.number().int(),
  /** The newest link of the history that is set aside. */
  left: headSchema,
});
export type RestoreMark = z.infer<typeof restoreMarkSchema>;

/** Which history a database holds, and where it ends. */
export interface HistoryEnd {
  /** The journal's own id. */
  readonly journal: string;
  readonly head: Head;
}

const key = 'restored';
// The first version of the schema whose journal is a chain.
const chainedSince = 3;

/**
 * Writes the mark into a copy of a backup that nobody has open, so that the start after next begins its history with a
 * note of it. Without prepared statements: those hold the file open, and it is to be renamed.
 * @returns where the history in it ends; null where it is of a version that had no chain
 */
export function markRestored(path: string, mark: RestoreMark): HistoryEnd | null {
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
    return { journal: String(state('journal')), head: headOf(newest ?? anchor) };
  } finally {
    database.close();
  }
}

function headOf(text: unknown): Head {
  return typeof text === 'string' ? headSchema.parse(jsonObject(text)) : nothingBefore;
}

/** The mark of a restored database that has not been journalled yet, and removes it. Call inside a transaction. */
export function takeMark(database: Database): RestoreMark | null {
  const row = one(database, z.object({ body: z.string() }), 'SELECT body FROM workspace WHERE key = ?', key);
  if (!row) return null;
  run(database, 'DELETE FROM workspace WHERE key = ?', key);
  const parsed = restoreMarkSchema.safeParse(jsonObject(row.body));
  return parsed.success ? parsed.data : null;
}
