import { z } from 'zod';
import type { FieldValue } from '../../shared/catalog/compare';
import { type FieldSpec, readPath } from '../../shared/catalog/field';
import { fieldValue } from '../../shared/catalog/read';
import type { RecordsOf } from '../../shared/model/connection';
import type { Database } from '../storage/database';
import { type Owner, ownerName, ownerOf } from '../storage/owner';
import { all, jsonObject, one } from '../storage/rows';
import { generationOf } from './replacing';
import { readRaw, recordRow, type StoredRecord, toStored } from './stored';

/*
 * What the grid needs of a directory, straight from the database: a window of it by an index, some records by their ids,
 * one field of all. So the first rows are there before anything else was read, and no record stays in memory.
 */

const rowsAtOnce = 200;

interface Counted {
  readonly generation: number;
  readonly total: number;
}

/** Windows of directories in the order of their servers. */
export class Windows {
  readonly #counted = new Map<string, Counted>();

  constructor(private readonly database: Database) {}

  /** How many records a directory has; of each reading they are counted once. */
  total(of: RecordsOf): number {
    const owner = ownerOf(of);
    const generation = generationOf(this.database, owner);
    if (generation === null) return 0;
    const name = ownerName(owner);
    const known = this.#counted.get(name);
    if (known?.generation === generation) return known.total;
    const sql = `SELECT count(*) AS n FROM record_places
      WHERE connection_id = ? AND collection = ? AND generation = ?`;
    const row = z.object({ n: z.number() });
    const total = one(this.database, row, sql, owner.connection_id, owner.collection, generation)?.n ?? 0;
    this.#counted.set(name, { generation, total });
    return total;
  }

  /** A window of a directory; null where a record in it cannot be read, and windows cannot be counted off by an index. */
  at(of: RecordsOf, offset: number, limit: number): readonly StoredRecord[] | null {
    const sql = `SELECT p.remote_id, b.raw FROM (SELECT ordinal, remote_id, body FROM record_places
      WHERE connection_id = ? AND collection = ? AND generation = ? ORDER BY ordinal LIMIT ? OFFSET ?) p
      LEFT JOIN record_bodies b ON b.id = p.body ORDER BY p.ordinal`;
    const owner = ownerOf(of);
    const { connection_id, collection } = owner;
    const generation = generationOf(this.database, owner) ?? 0;
    const found = all(this.database, recordRow, sql, connection_id, collection, generation, limit, offset);
    const read = found.flatMap((one) => toStored(owner, one) ?? []);
    return read.length === found.length ? read : null;
  }

  /** Some records by their ids; those that cannot be read are left out. */
  some(of: RecordsOf, remoteIds: readonly string[]): ReadonlyMap<string, StoredRecord> {
    const sql = `SELECT remote_id, raw FROM records
      WHERE connection_id = ? AND collection = ? AND remote_id IN (SELECT value FROM json_each(?))`;
    const owner = ownerOf(of);
    const ids = JSON.stringify(remoteIds);
    const found = all(this.database, recordRow, sql, owner.connection_id, owner.collection, ids);
    return new Map(found.flatMap((one) => toStored(owner, one) ?? []).map((one) => [one.remoteId, one]));
  }
}

/** What a grid is made of. */
export interface GridSource {
  /** All records that can be read, some at a time; only what is not sealed of them is of use. */
  records(): Iterable<readonly StoredRecord[]>;
  /** The values of one field, by record. */
  values(spec: FieldSpec): Iterable<readonly (readonly [remoteId: string, value: FieldValue])[]>;
}

/** A directory as a source of a grid. */
export function gridSource(database: Database, of: RecordsOf): GridSource {
  return {
    *records() {
      for (const rows of slices(database, ownerOf(of), 'b.raw'))
        yield rows.flatMap((one) => {
          const stored = readRaw(one);
          return stored ? [{ remoteId: one.remote_id, stored }] : [];
        });
    },
    *values(spec) {
      const [first = ''] = readPath(spec);
      // Only this field leaves the database: whole records would all be parsed for it.
      const value = `CASE WHEN json_valid(b.raw) THEN b.raw -> ${quoted(`$.${JSON.stringify(first)}`)} END`;
      for (const rows of slices(database, ownerOf(of), value))
        yield rows.map(({ remote_id, raw }) => {
          const found = raw === null ? null : jsonObject(`{${JSON.stringify(first)}:${raw}}`);
          return [remote_id, found && fieldValue(spec, found)] as const;
        });
    },
  };
}

function* slices(database: Database, owner: Owner, raw: string) {
  const generation = generationOf(database, owner);
  if (generation === null) return;
  const sql = `SELECT p.ordinal, p.remote_id, ${raw} AS raw
    FROM record_places p JOIN record_bodies b ON b.id = p.body
    WHERE p.connection_id = ? AND p.collection = ? AND p.generation = ? AND p.ordinal > ?
    ORDER BY p.ordinal LIMIT ${rowsAtOnce}`;
  const withOrdinal = recordRow.extend({ ordinal: z.number() });
  for (let last = -1; ; ) {
    const rows = all(database, withOrdinal, sql, owner.connection_id, owner.collection, generation, last);
    const end = rows.at(-1);
    if (!end) return;
    last = end.ordinal;
    yield rows;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
