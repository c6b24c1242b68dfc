import { z } from 'zod';
import type { JsonObject } from '../../shared/model/json';
import type { Database } from '../storage/database';
import { entryPlace } from '../storage/place';
import { all, jsonObject, run } from '../storage/rows';
import { type Sealer, sealedIdIn } from '../storage/sealing';
import { digestOf, hasDigests, placesIn, putBack } from './sealed-apart';

const row = z.object({ digest: z.string(), sealed: z.string() });

/** An entry of the journal as far as its sealed values need it. */
export interface SealedEntry {
  readonly seq: number;
  readonly connectionId: string;
  readonly remoteId: string;
  readonly body: string;
}

/**
 * An entry's body with its sealed values again, as far as they are not forgotten, each with the place where it was
 * found; null where it is no JSON object.
 */
export function withSealed(database: Database, entry: SealedEntry): JsonObject | null {
  const { seq, body } = entry;
  const parsed = jsonObject(body);
  if (parsed === null) return null;
  const sql = 'SELECT digest, sealed FROM journal_secrets WHERE seq = ?';
  const rows = hasDigests(body) ? all(database, row, sql, seq) : [];
  const sealed = new Map(rows.map((one) => [one.digest, one.sealed]));
  return putBack(parsed, sealed, placeOf(entry));
}

/** The place of an entry of the journal. */
export function placeOf({ seq, connectionId, remoteId }: Omit<SealedEntry, 'body'>) {
  return entryPlace(seq, connectionId, remoteId);
}

/**
 * Whether a sealed value beside an entry is not the one that the entry names: by its digest, and where it was sealed anew
 * since (the digest is that of its former text) by opening at its place. Where its key is not to be had nobody can say;
 * then it opens nowhere either.
 */
export function isExchanged(
  sealer: Pick<Sealer, 'hasKey' | 'openAt'> | undefined,
  entry: SealedEntry,
  digest: string,
  sealed: string,
): boolean {
  if (digest === digestOf(sealed) && entry.body.includes(`"${digest}"`)) return false;
  const place = placesIn(jsonObject(entry.body) ?? {}, placeOf(entry)).get(digest);
  const keyId = sealedIdIn(sealed);
  if (!place || keyId === null || sealed.startsWith('sealed1:')) return true;
  return sealer?.hasKey(keyId) === true && sealer.openAt(sealed, place) === null;
}

/**
 * Forgets the sealed values of entries that are older than a moment. The entries stay, and so does the chain. What
 * a write in the dark still needs to be decided is kept until it is.
 * @param before a moment of lived time, never of the wall clock alone; only what is older than that count has no other
 *   moment than its entry's
 * @returns how many values were forgotten
 */
export function forgetSealed(database: Database, before: number): number {
  const sql = `DELETE FROM journal_secrets WHERE coalesce(lived, (SELECT at FROM journal j WHERE j.seq = journal_secrets.seq)) < ?
    AND NOT EXISTS (
      SELECT 1 FROM journal j JOIN history h ON h.seq = coalesce(j.intent_seq, j.seq)
        WHERE j.seq = journal_secrets.seq AND j.type <> 'note' AND (h.outcome IS NULL OR h.outcome = 4))`;
  return run(database, sql, before).changes;
}
