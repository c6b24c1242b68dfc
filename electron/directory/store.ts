import { z } from 'zod';
import { catalogOf, collectionsOf, kindSchema } from '../../shared/catalog';
import type { RawRecord } from '../../shared/catalog/read';
import { connectionIdSchema, type RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { type DirectorySummary, type LookupItem, lookupItemSchema } from '../../shared/model/record';
import { type Database, inTransaction } from '../storage/database';
import { type Owner, ownerName, ownerOf } from '../storage/owner';
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

/** The records as last read, by connection and collection. Their secrets are sealed before they touch the disk. */
export class DirectoryStore {
  readonly windows: Windows;

  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {
    this.windows = new Windows(database);
  }

  /** What a grid is made of. */
  gridSource(of: RecordsOf): GridSource {
    return gridSource(this.database, of);
  }

  /** One for each collection that a connection of its kind has. */
  summaries(): DirectorySummary[] {
    const row = z.object({
      id: connectionIdSchema,
      kind: kindSchema,
      collection: z.string().nullable(),
      synced_at: z.number().nullable(),
      n: z.number(),
    });
    const sql = `SELECT c.id, CASE WHEN json_valid(c.body) THEN json_extract(c.body, '$.kind') END AS kind,
      d.collection, d.synced_at, (SELECT count(*) FROM record_places p WHERE p.connection_id = c.id
        AND p.collection = d.collection AND p.generation = d.generation) AS n
      FROM connections c LEFT JOIN directories d ON d.connection_id = c.id ORDER BY c.position, c.id`;
    // One whose row cannot be read is shown nowhere, and must not take the others along.
    const rows = readable(this.database, row, sql);
    const connections = [...new Map(rows.map(({ id, kind }) => [id, kind]))];
    return connections.flatMap(([id, kind]) =>
      collectionsOf(kind).map((collection) => {
        const { collection: stored } = ownerOf({ id, kind, collection });
        const read = rows.find((one) => one.id === id && one.collection === stored);
        return { connectionId: id, collection, count: read?.n ?? 0, syncedAt: read?.synced_at ?? null };
      }),
    );
  }

  syncedAt(of: RecordsOf): number | null {
    const sql = 'SELECT synced_at FROM directories WHERE connection_id = ? AND collection = ?';
    const { connection_id, collection } = ownerOf(of);
    const row = one(this.database, z.object({ synced_at: z.number() }), sql, connection_id, collection);
    return row?.synced_at ?? null;
  }

  /**
   * Replaces a whole directory with what was just read, in turns. The former one stays complete and
   * visible until all of the new one is stored, also after a cancel, an error or a crash.
   * @param lookups the lists that the server sent with it; a field's older list stays if it sent none
   * @throws ProblemError `cancelled`, or the keychain's problem while nothing can be sealed
   */
  async replace(
    of: RecordsOf,
    records: readonly RawRecord[],
    at: number,
    lookups: readonly (readonly [string, readonly LookupItem[]])[] = [],
    { late = new Map(), ...options }: ReplaceOptions = {},
  ): Promise<void> {
    const owner = ownerOf(of);
    await sweep(this.database, owner, { signal: options.signal });
    const generation = new Generation(this.database, this.sealer, of);
    await generation.store(records, late, at, options);
    inTransaction(this.database, () => {
      show(this.database, owner, generation.number, at);
      for (const [field, items] of lookups) this.#saveLookup(owner, field, items, at);
    });
  }

  /** Deletes, in turns, what a replaced directory (or one that was cut off) left behind. */
  sweep(of: RecordsOf, signal?: AbortSignal): Promise<void> {
    return sweep(this.database, ownerOf(of), { signal });
  }

  /** Stores one record that was read again, if the directory already has it; also in the generation being stored. */
  refresh(of: RecordsOf, remoteId: string, raw: JsonObject): void {
    const owner = ownerOf(of);
    const place = recordPlace(ownerName(owner), remoteId);
    run(
      this.database,
      `UPDATE record_bodies SET raw = ?, digest = ?, read_at = ?
        WHERE connection_id = ? AND collection = ? AND remote_id = ?`,
      JSON.stringify(sealRecord(this.sealer, catalogOf(of), raw, place)),
      this.sealer.digest(JSON.stringify(raw)),
      Date.now(),
      owner.connection_id,
      owner.collection,
      remoteId,
    );
  }

  /** All records of a directory in the server's order, a few at a time; one whose text is damaged is left out. */
  *slices(of: RecordsOf): Iterable<readonly StoredRecord[]> {
    const owner = ownerOf(of);
    const generation = generationOf(this.database, owner);
    const row = recordRow.extend({ ordinal: z.number() });
    const sql = `SELECT p.ordinal, p.remote_id, b.raw FROM record_places p JOIN record_bodies b ON b.id = p.body
      WHERE p.connection_id = ? AND p.collection = ? AND p.generation = ? AND p.ordinal > ?
      ORDER BY p.ordinal LIMIT 100`;
    const { connection_id, collection } = owner;
    for (let last = -1; generation !== null; ) {
      const rows = all(this.database, row, sql, connection_id, collection, generation, last);
      const end = rows.at(-1);
      if (!end) return;
      last = end.ordinal;
      yield rows.flatMap((one) => toStored(owner, one) ?? []);
    }
  }

  /** The same with their secrets open, for comparing in the main process; one that does not open is left out. */
  *opened(of: RecordsOf): Iterable<readonly RawRecord[]> {
    for (const part of this.slices(of))
      yield part.flatMap(({ remoteId, stored }) => {
        const raw = openRecord(this.sealer, stored);
        return raw ? [{ remoteId, raw }] : [];
      });
  }

  get(of: RecordsOf, remoteId: string): StoredRecord | null {
    const owner = ownerOf(of);
    const sql =
      'SELECT remote_id, raw FROM records WHERE connection_id = ? AND collection = ? AND remote_id = ?';
    const row = one(this.database, recordRow, sql, owner.connection_id, owner.collection, remoteId);
    return row ? toStored(owner, row) : null;
  }

  lookup(of: RecordsOf, field: string): LookupItem[] {
    const { connection_id, collection } = ownerOf(of);
    const sql = 'SELECT items FROM lookups WHERE connection_id = ? AND collection = ? AND field = ?';
    const row = one(this.database, z.object({ items: z.string() }), sql, connection_id, collection, field);
    const parsed = z.array(lookupItemSchema).safeParse(row ? JSON.parse(row.items) : []);
    return parsed.success ? parsed.data : [];
  }

  #saveLookup(owner: Owner, field: string, items: readonly LookupItem[], at: number): void {
    run(
      this.database,
      `INSERT INTO lookups (connection_id, collection, field, items, read_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET items = excluded.items, read_at = excluded.read_at`,
      owner.connection_id,
      owner.collection,
      field,
      JSON.stringify(items),
      at,
    );
  }
}
