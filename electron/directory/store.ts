import { z } from 'zod';
import { catalogOf } from '../../shared/catalog';
import type { RawRecord } from '../../shared/catalog/read';
import { type Connection, type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { type DirectorySummary, type LookupItem, lookupItemSchema } from '../../shared/model/record';
import { type Database, inTransaction } from '../storage/database';
import { all, jsonObject, one, run } from '../storage/rows';
import { type Sealer, sealRecord } from '../storage/sealing';

/** A record as stored: secrets sealed. */
export interface StoredRecord {
  readonly remoteId: string;
  readonly stored: JsonObject;
}

const recordRow = z.object({ remote_id: z.string(), raw: z.string() });

/** The records as last read, by connection. Their secrets are sealed before they touch the disk. */
export class DirectoryStore {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  summaries(): DirectorySummary[] {
    const row = z.object({ id: z.string(), synced_at: z.number().nullable(), n: z.number() });
    const sql = `SELECT c.id, d.synced_at, (SELECT count(*) FROM records r WHERE r.connection_id = c.id) AS n
      FROM connections c LEFT JOIN directories d ON d.connection_id = c.id`;
    return all(this.database, row, sql).map(({ id, synced_at, n }) => ({
      connectionId: connectionIdSchema.parse(id),
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
   * Replaces a connection's whole directory by what was just read, in one transaction.
   * @param lookups the lists that the server gave with it; a field's older list stays where it gave none
   */
  replace(
    connection: Connection,
    records: readonly RawRecord[],
    at: number,
    lookups: readonly (readonly [string, readonly LookupItem[]])[] = [],
  ): void {
    const catalog = catalogOf(connection.kind);
    inTransaction(this.database, () => {
      run(this.database, 'DELETE FROM records WHERE connection_id = ?', connection.id);
      const insert = this.database.prepare(
        'INSERT OR REPLACE INTO records (connection_id, remote_id, ordinal, raw, read_at) VALUES (?, ?, ?, ?, ?)',
      );
      records.forEach((record, ordinal) => {
        const sealed = JSON.stringify(sealRecord(this.sealer, catalog, record.raw));
        insert.run(connection.id, record.remoteId, ordinal, sealed, at);
      });
      run(
        this.database,
        'INSERT INTO directories (connection_id, synced_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET synced_at = excluded.synced_at',
        connection.id,
        at,
      );
      for (const [field, items] of lookups) this.#saveLookup(connection.id, field, items, at);
    });
  }

  /** Stores one record that was read again, where the directory has it already. */
  refresh(connection: Connection, remoteId: string, raw: JsonObject): void {
    const sealed = JSON.stringify(sealRecord(this.sealer, catalogOf(connection.kind), raw));
    run(
      this.database,
      'UPDATE records SET raw = ?, read_at = ? WHERE connection_id = ? AND remote_id = ?',
      sealed,
      Date.now(),
      connection.id,
      remoteId,
    );
  }

  /** All records of a connection in the server's order; one whose text is damaged is left out. */
  all(id: ConnectionId): StoredRecord[] {
    const sql = 'SELECT remote_id, raw FROM records WHERE connection_id = ? ORDER BY ordinal';
    const rows: unknown[] = this.database.prepare(sql).all(id);
    return rows.flatMap((row) => toStored(recordRow.parse(row)) ?? []);
  }

  get(id: ConnectionId, remoteId: string): StoredRecord | null {
    const sql = 'SELECT remote_id, raw FROM records WHERE connection_id = ? AND remote_id = ?';
    const row = one(this.database, recordRow, sql, id, remoteId);
    return row ? toStored(row) : null;
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

function toStored(row: z.infer<typeof recordRow>): StoredRecord | null {
  const stored = jsonObject(row.raw);
  return stored ? { remoteId: row.remote_id, stored } : null;
}
