import { z } from 'zod';
import { type Catalog, catalogOf } from '../../shared/catalog';
import type { RawRecord } from '../../shared/catalog/read';
import type { RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { takeTurns } from '../jobs/turns';
import type { Database } from '../storage/database';
import { type Owner, ownerName, ownerOf } from '../storage/owner';
import { recordPlace } from '../storage/place';
import { all, one, run } from '../storage/rows';
import { sealRecord } from '../storage/sealed-record';
import type { Sealer } from '../storage/sealing';
import { inSlices, type SliceOptions } from '../storage/slices';

interface Body {
  readonly id: number;
  readonly digest: string;
}

// Few enough to be read at once, many enough that asking is not most of the work.
const rowsAtOnce = 500;

const placeRow = z.object({
  generation: z.number(),
  ordinal: z.number(),
  remote_id: z.string(),
  body: z.number(),
});

/**
 * Stores a new generation of a directory beside the visible one, in turns. It stays invisible until the caller
 * activates it; what a cancel or crash leaves of it is swept before the next one.
 */
export class Generation {
  readonly #catalog: Catalog;
  readonly #owner: Owner;
  readonly number: number;

  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    of: RecordsOf,
  ) {
    this.#catalog = catalogOf(of);
    this.#owner = ownerOf(of);
    this.number = (generationOf(database, this.#owner) ?? 0) + 1;
  }

  /**
   * @param records as the server sent them; of two with the same id the later one counts
   * @param late records that were read again since: theirs is newer
   */
  async store(
    records: readonly RawRecord[],
    late: ReadonlyMap<string, JsonObject>,
    at: number,
    options: SliceOptions,
  ): Promise<void> {
    const known = await this.#bodies(options.signal);
    const insertBody = this.database.prepare(
      `INSERT INTO record_bodies (connection_id, collection, remote_id, raw, digest, read_at)
        VALUES (?, ?, ?, ?, ?, ?)`,
    );
    const insertPlace = this.database.prepare(
      `INSERT INTO record_places (connection_id, collection, generation, ordinal, remote_id, body)
        VALUES (?, ?, ?, ?, ?, ?)`,
    );
    const { connection_id, collection } = this.#owner;
    const name = ownerName(this.#owner);
    const newest = new Map(records.map((record, index) => [record.remoteId, index]));
    let index = 0;
    const put = (record: RawRecord): void => {
      const { remoteId } = record;
      const ordinal = index;
      index += 1;
      if (newest.get(remoteId) !== ordinal) return;
      const raw = late.get(remoteId) ?? record.raw;
      const digest = this.sealer.digest(JSON.stringify(raw));
      const same = known.get(remoteId);
      let body: number | bigint | undefined = same?.digest === digest ? same.id : undefined;
      if (body === undefined) {
        const sealed = JSON.stringify(
          sealRecord(this.sealer, this.#catalog, raw, recordPlace(name, remoteId)),
        );
        body = insertBody.run(connection_id, collection, remoteId, sealed, digest, at).lastInsertRowid;
      }
      insertPlace.run(connection_id, collection, this.number, ordinal, remoteId, body);
    };
    await inSlices(this.database, records, put, options);
  }

  /** The bodies of the generation that is seen, by record; those whose text is damaged are not among them. */
  async #bodies(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, Body>> {
    const row = z.object({
      ordinal: z.number(),
      remote_id: z.string(),
      id: z.number(),
      digest: z.string(),
      whole: z.number(),
    });
    const sql = `SELECT p.ordinal, p.remote_id, b.id, b.digest, json_valid(b.raw) AS whole
      FROM record_places p JOIN record_bodies b ON b.id = p.body
      WHERE p.connection_id = ? AND p.collection = ? AND p.generation = ? AND p.ordinal > ?
      ORDER BY p.ordinal LIMIT ${rowsAtOnce}`;
    const { connection_id, collection } = this.#owner;
    const pace = takeTurns(signal);
    const known = new Map<string, Body>();
    let last = -1;
    for (;;) {
      const rows = all(this.database, row, sql, connection_id, collection, this.number - 1, last);
      for (const { remote_id, id, digest, whole } of rows) if (whole) known.set(remote_id, { id, digest });
      const end = rows.at(-1);
      if (!end) return known;
      last = end.ordinal;
      await pace.tick();
    }
  }
}

/** The visible generation of a directory; null if it was never read. */
export function generationOf(database: Database, { connection_id, collection }: Owner): number | null {
  const sql = 'SELECT generation FROM directories WHERE connection_id = ? AND collection = ?';
  const row = z.object({ generation: z.number() });
  return one(database, row, sql, connection_id, collection)?.generation ?? null;
}

/** Deletes, in turns, what is stored of a directory in other generations than the one that is seen. */
export async function sweep(database: Database, owner: Owner, options: SliceOptions = {}): Promise<void> {
  const seen = generationOf(database, owner) ?? 0;
  const of = [owner.connection_id, owner.collection];
  const place = `DELETE FROM record_places
    WHERE connection_id = ? AND collection = ? AND generation = ? AND ordinal = ?`;
  const body = `DELETE FROM record_bodies WHERE id = ? AND NOT EXISTS (SELECT 1 FROM record_places
    WHERE connection_id = ? AND collection = ? AND generation = ? AND remote_id = ? AND body = record_bodies.id)`;
  const [dropPlace, dropBody] = [database.prepare(place), database.prepare(body)];
  for (const side of ['<', '>']) {
    const sql = `SELECT generation, ordinal, remote_id, body FROM record_places
      WHERE connection_id = ? AND collection = ? AND generation ${side} ? LIMIT ${rowsAtOnce}`;
    for (;;) {
      const rows = all(database, placeRow, sql, ...of, seen);
      if (rows.length === 0) break;
      await inSlices(
        database,
        rows,
        (row) => {
          dropPlace.run(...of, row.generation, row.ordinal);
          dropBody.run(row.body, ...of, seen, row.remote_id);
        },
        options,
      );
    }
  }
}

/** Makes a generation the one that is seen. */
export function show(database: Database, owner: Owner, generation: number, at: number): void {
  run(
    database,
    `INSERT INTO directories (connection_id, collection, synced_at, generation) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET synced_at = excluded.synced_at, generation = excluded.generation`,
    owner.connection_id,
    owner.collection,
    at,
    generation,
  );
}
