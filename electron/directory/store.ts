import { z } from 'zod';
import { catalogOf } from '../../shared/catalog';
import type { RawRecord } from '../../shared/catalog/read';
import { type Connection, type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { type DirectorySummary, type LookupItem, lookupItemSchema } from '../../shared/model/record';
import { type Database, inTransaction } from '../storage/database';
import { recordPlace } from '../storage/place';
import { all, one, readable, run } from '../storage/rows';
import { openRecord, sealRecord } from '../storage/sealed-record';
import type { Sealer } from '../storage/sealing';
import type { SliceOptions } from '../storage/slices';
import { Generation, generationOf, show, sweep } from './replacing';
import { recordRow, type StoredRecord, toStored } from './stored';
import { type GridSource, gridSource, Windows } from './windows';

export type { StoredRecord } from './stored';

export interface ReplaceOptions extends SliceOptions {
  /** Records that were read again since the server was read: theirs is newer. May grow while it is stored. */
  readonly late?: ReadonlyMap<string, JsonObject>;
}

/** The records as last read, by connection. Their secrets are sealed before they touch the disk. */
export class DirectoryStore {
  readonly windows: Windows;

  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {
    this.windows = new Windows(database);
  }

  /** What a grid is made of. */
  gridSource(id: ConnectionId): GridSource {
    return gridSource(this.database, id);
  }

  summaries(): DirectorySummary[] {
    const row = z.object({ id: connectionIdSchema, synced_at: z.number().nullable(), n: z.number() });
    const sql = `SELECT c.id, d.synced_at, (SELECT count(*) FROM record_places p
      WHERE p.connection_id = c.id AND p.generation = d.generation) AS n
      FROM connections c LEFT JOIN directories d ON d.connection_id = c.id`;
    // One whose row cannot be read is shown nowhere, and must not take the others along.
    return readable(this.database, row, sql).map(({ id, synced_at, n }) => ({
      connectionId: id,
      count: n,
      syncedAt: synced_at,
    }));
  }

  syncedAt(id: ConnectionId): number | null {
    const row = one(
      this.database,
      z.object({ synced_at: z.number() }),
      'SELECT synced_at FROM directories WHERE connection_id = ?',
      id,
    );
    return row?.synced_at ?? null;
  }

  /**
   * Replaces a connection's whole directory with what was just read, in turns. The former one stays complete and
   * visible until all of the new one is stored, also after a cancel, an error or a crash.
   * @param lookups the lists that the server sent with it; a field's older list stays if it sent none
   * @throws ProblemError `cancelled`, or the keychain's problem while nothing can be sealed
   */
  async replace(
    connection: Connection,
    records: readonly RawRecord[],
    at: number,
    lookups: readonly (readonly [string, readonly LookupItem[]])[] = [],
    { late = new Map(), ...options }: ReplaceOptions = {},
  ): Promise<void> {
    const { id } = connection;
    await sweep(this.database, id, { signal: options.signal });
    const generation = new Generation(this.database, this.sealer, connection);
    await generation.store(records, late, at, options);
    inTransaction(this.database, () => {
      show(this.database, id, generation.number, at);
      for (const [field, items] of lookups) this.#saveLookup(id, field, items, at);
    });
  }

  /** Deletes, in turns, what a replaced directory (or one that was cut off) left behind. */
  sweep(id: ConnectionId, signal?: AbortSignal): Promise<void> {
    return sweep(this.database, id, { signal });
  }

  /** Stores one record that was read again, if the directory already has it; also in the generation being stored. */
  refresh(connection: Connection, remoteId: string, raw: JsonObject): void {
    const place = recordPlace(connection.id, remoteId);
    const sealed = JSON.stringify(sealRecord(this.sealer, catalogOf(connection.kind), raw, place));
    run(
      this.database,
      `UPDATE record_bodies SET raw = ?, digest = ?, read_at = ? WHERE connection_id = ? AND remote_id = ?`,
      sealed,
      this.sealer.digest(JSON.stringify(raw)),
      Date.now(),
      connection.id,
      remoteId,
    );
  }

  /** All records of a connection in the server's order, a few at a time; one whose text is damaged is left out. */
  *slices(id: ConnectionId): Iterable<readonly StoredRecord[]> {
    const generation = generationOf(this.database, id);
    const row = recordRow.extend({ ordinal: z.number() });
    const sql = `SELECT p.ordinal, p.remote_id, b.raw FROM record_places p JOIN record_bodies b ON b.id = p.body
      WHERE p.connection_id = ? AND p.generation = ? AND p.ordinal > ? ORDER BY p.ordinal LIMIT 100`;
    for (let last = -1; generation !== null; ) {
      const rows = all(this.database, row, sql, id, generation, last);
      const end = rows.at(-1);
      if (!end) return;
      last = end.ordinal;
      yield rows.flatMap((one) => toStored(id, one) ?? []);
    }
  }

  /** The same with their secrets open, for comparing in the main process; one that does not open is left out. */
  *opened(id: ConnectionId): Iterable<readonly RawRecord[]> {
    for (const part of this.slices(id))
      yield part.flatMap(({ remoteId, stored }) => {
        const raw = openRecord(this.sealer, stored);
        return raw ? [{ remoteId, raw }] : [];
      });
  }

  get(id: ConnectionId, remoteId: string): StoredRecord | null {
    const sql = 'SELECT remote_id, raw FROM records WHERE connection_id = ? AND remote_id = ?';
    const row = one(this.database, recordRow, sql, id, remoteId);
    return row ? toStored(id, row) : null;
  }

  lookup(id: ConnectionId, field: string): LookupItem[] {
    const sql = 'SELECT items FROM lookups WHERE connection_id = ? AND field = ?';
    const row = one(this.database, z.object({ items: z.string() }), sql, id, field);
    const parsed = z.array(lookupItemSchema).safeParse(row ? JSON.parse(row.items) : []);
    return parsed.success ? parsed.data : [];
  }

  #saveLookup(id: ConnectionId, field: string, items: readonly LookupItem[], at: number): void {
    run(
      this.database,
      `INSERT INTO lookups (connection_id, field, items, read_at) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET items = excluded.items, read_at = excluded.read_at`,
      id,
      field,
      JSON.stringify(items),
      at,
    );
  }
}
