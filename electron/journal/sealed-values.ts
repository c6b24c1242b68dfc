import { z } from 'zod';
import type { JsonObject } from '../../shared/model/json';
import type { Database } from '../storage/database';
import { all, jsonObject, run } from '../storage/rows';
import { hasDigests, putBack } from './sealed-apart';

const row = z.object({ digest: z.string(), sealed: z.string() });
const dayMs = 24 * 60 * 60 * 1_000;

/** An entry's body with its sealed values again, as far as they are not forgotten; null where it is no JSON object. */
export function withSealed(database: Database, seq: number, body: string): JsonObject | null {
  const parsed = jsonObject(body);
  if (parsed === null || !hasDigests(body)) return parsed;
  const rows = all(database, row, 'SELECT digest, sealed FROM journal_secrets WHERE seq = ?', seq);
  return putBack(parsed, new Map(rows.map(({ digest, sealed }) => [digest, sealed])));
}

/**
 * Forgets the sealed values of entries that are older than so many days. The entries stay, and so does the chain. What
 * a write in the dark still needs to be decided is kept until it is.
 * @returns how many values were forgotten
 */
export function forgetSealed(database: Database, days: number, now = Date.now()): number {
  const sql = `DELETE FROM journal_secrets WHERE seq IN (
      SELECT j.seq FROM journal j WHERE j.at < ? AND NOT EXISTS (
        SELECT 1 FROM history h WHERE h.seq = coalesce(j.intent_seq, j.seq) AND j.type <> 'note'
          AND (h.outcome IS NULL OR h.outcome = 4)))`;
  return run(database, sql, now - days * dayMs).changes;
}
