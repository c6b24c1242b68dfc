import { z } from 'zod';
import type { JsonObject } from '../../shared/model/json';
import { type Owner, ownerName } from '../storage/owner';
import { foundRecord, recordPlace } from '../storage/place';
import { jsonObject } from '../storage/rows';

/** A record as stored: secrets sealed, each with its path. */
export interface StoredRecord {
  readonly remoteId: string;
  readonly stored: JsonObject;
}

export const recordRow = z.object({ remote_id: z.string(), raw: z.string().nullable() });
type RecordRow = z.infer<typeof recordRow>;

/** A row as a record; null where it cannot be read. */
export function toStored(owner: Owner, row: RecordRow): StoredRecord | null {
  const stored = readRaw(row);
  return (
    stored && {
      remoteId: row.remote_id,
      stored: foundRecord(stored, recordPlace(ownerName(owner), row.remote_id)),
    }
  );
}

/** What was stored of a record, for reading what is not sealed of it; null where it cannot be read. */
export function readRaw({ remote_id, raw }: RecordRow): JsonObject | null {
  // Of an id that began with a NUL an older version kept nothing: such a row names no record.
  return remote_id === '' || raw === null ? null : jsonObject(raw);
}
