import { z } from 'zod';
import { type CollectionId, catalogOf } from '../../shared/catalog';
import { type ChangeId, changeIdSchema, type WorkOrderId } from '../../shared/model/change';
import {
  type Connection,
  type ConnectionId,
  connectionIdSchema,
  type RecordsOf,
  recordsOf,
} from '../../shared/model/connection';
import { Collation, inRankOrder } from '../directory/collation';
import { takeTurns } from '../jobs/turns';
import type { Database } from '../storage/database';
import { ownerOf, storedCollection } from '../storage/owner';
import { all, one } from '../storage/rows';
import { EditMoments } from '../time/edit-moments';
import type { WorkOrders } from './work-orders';

const readAtOnce = 1_000;

interface Ordered {
  readonly key: string;
  /** The database's write count when it was read: any write invalidates it. */
  readonly writes: number;
  readonly ids: Promise<readonly ChangeId[]>;
}

interface RecordOf {
  readonly connectionId: ConnectionId;
  readonly collection?: CollectionId | undefined;
  readonly remoteId: string;
}

/** Answers what a window asks about up to 50,000 changes: how many, which, and one screenful. */
export class ChangeLists {
  #collation: Promise<Collation> = Collation.of(new Set(), takeTurns());
  #ordered: Ordered[] = [];

  constructor(
    private readonly database: Database,
    private readonly workOrders: WorkOrders,
    private readonly connection: (id: ConnectionId) => Connection,
    private readonly moments: EditMoments = new EditMoments(database),
  ) {}

  /** How many changes each connection has in a work order (the current one where none is named). */
  counts(workOrderId: WorkOrderId | null): { connectionId: ConnectionId; changes: number }[] {
    const sql =
      'SELECT connection_id, count(*) AS n FROM changes WHERE work_order_id = ? GROUP BY connection_id';
    const row = z.object({ connection_id: connectionIdSchema, n: z.number() });
    return all(this.database, row, sql, this.#order(workOrderId)).map(({ connection_id, n }) => ({
      connectionId: connection_id,
      changes: n,
    }));
  }

  /** The changes of a connection in a work order, by title as people sort. */
  ids(workOrderId: WorkOrderId, connectionId: ConnectionId): Promise<readonly ChangeId[]> {
    const key = `${workOrderId} ${connectionId}`;
    const { writes } = one(
      this.database,
      z.object({ writes: z.number() }),
      'SELECT total_changes() AS writes',
    ) ?? {
      writes: 0,
    };
    const known = this.#ordered.find((order) => order.key === key && order.writes === writes);
    if (known) return known.ids;
    const ordered = { key, writes, ids: this.#sorted(workOrderId, connectionId) };
    this.#ordered = [ordered, ...this.#ordered.filter((other) => other.key !== key)].slice(0, 4);
    ordered.ids.catch(() => {
      this.#ordered = this.#ordered.filter((other) => other !== ordered);
    });
    return ordered.ids;
  }

  /** Counts the fields with prepared edits of each record, in the current work order. */
  edits(of: RecordsOf, remoteIds: readonly string[]): ReadonlyMap<string, number> {
    const sql = `SELECT c.remote_id, count(*) AS n FROM changes c JOIN change_fields f ON f.change_id = c.id
      WHERE c.work_order_id = ? AND c.connection_id = ? AND c.collection = ?
        AND c.remote_id IN (SELECT value FROM json_each(?))
      GROUP BY c.remote_id`;
    const { connection_id, collection } = ownerOf(of);
    const row = z.object({ remote_id: z.string(), n: z.number() });
    const ids = JSON.stringify(remoteIds);
    const found = all(this.database, row, sql, this.#order(null), connection_id, collection, ids);
    return new Map(found.map(({ remote_id, n }) => [remote_id, n]));
  }

  /** Those of some records that have prepared edits in the current work order; one question a directory. */
  edited<R extends RecordOf>(records: readonly R[]): R[] {
    const directories = new Map<string, R[]>();
    for (const one of records) {
      const key = `${one.connectionId} ${one.collection ?? ''}`;
      directories.set(key, [...(directories.get(key) ?? []), one]);
    }
    const edited = new Set<R>();
    for (const among of directories.values()) {
      const [first] = among;
      if (!first) continue;
      const of = recordsOf(this.connection(first.connectionId), first.collection);
      const ids = among.map(({ remoteId }) => remoteId);
      const edits = this.edits(of, ids);
      for (const one of among) if (edits.has(one.remoteId)) edited.add(one);
    }
    return records.filter((one) => edited.has(one));
  }

  /** The records that have prepared edits in the current work order; asked for in turns. */
  async records(of: RecordsOf): Promise<ReadonlySet<string>> {
    const sql = `SELECT remote_id FROM changes
      WHERE work_order_id = ? AND connection_id = ? AND collection = ? AND remote_id > ?
      ORDER BY remote_id LIMIT ${readAtOnce}`;
    const row = z.object({ remote_id: z.string() });
    const { connection_id, collection } = ownerOf(of);
    const order = this.#order(null);
    const pace = takeTurns();
    const found = new Set<string>();
    for (let last = ''; ; ) {
      const rows = all(this.database, row, sql, order, connection_id, collection, last);
      for (const { remote_id } of rows) found.add(remote_id);
      const end = rows.at(-1);
      if (!end) return found;
      last = end.remote_id;
      await pace.tick();
    }
  }

  /** Whether any change was edited after a moment; of one connection, or one change, where named. */
  editedSince(
    workOrderId: WorkOrderId,
    connectionId: ConnectionId | null,
    changeId: string | null,
    moment: number,
  ): boolean {
    // By the edit count, which no clock change affects. A moment not taken here has only its time.
    const edits = this.moments.at(moment);
    const sql = `SELECT EXISTS (SELECT 1 FROM changes
      WHERE work_order_id = ? AND ${edits === null ? 'updated_at' : 'edit'} > ?
      AND (? IS NULL OR connection_id = ?) AND (? IS NULL OR id = ?)) AS any`;
    const found = one(
      this.database,
      z.object({ any: z.number() }),
      sql,
      workOrderId,
      edits ?? moment,
      connectionId,
      connectionId,
      changeId,
      changeId,
    );
    return found?.any === 1;
  }

  /** How many of a work order's prepared fields are secrets. */
  secrets(workOrderId: WorkOrderId): number {
    const sql = `SELECT c.connection_id, c.collection, f.field, count(*) AS n FROM changes c JOIN change_fields f ON f.change_id = c.id
      WHERE c.work_order_id = ? GROUP BY c.connection_id, c.collection, f.field`;
    const row = z.object({
      connection_id: connectionIdSchema,
      collection: z.string(),
      field: z.string(),
      n: z.number(),
    });
    return all(this.database, row, sql, workOrderId).reduce(
      (sum, { connection_id, collection, field, n }) => {
        const { kind } = this.connection(connection_id);
        const catalog = catalogOf({ kind, collection: storedCollection(kind, collection) });
        return catalog.fields.some((spec) => spec.name === field && spec.secret) ? sum + n : sum;
      },
      0,
    );
  }

  async #sorted(workOrderId: WorkOrderId, connectionId: ConnectionId): Promise<readonly ChangeId[]> {
    const sql = `SELECT id, collection, remote_id, title FROM changes
      WHERE work_order_id = ? AND connection_id = ? AND (collection, remote_id) > (?, ?)
      ORDER BY collection, remote_id LIMIT ${readAtOnce}`;
    const row = z.object({
      id: changeIdSchema,
      collection: z.string(),
      remote_id: z.string(),
      title: z.string(),
    });
    const pace = takeTurns();
    const found: { id: ChangeId; title: string }[] = [];
    for (let last = ['', '']; ; ) {
      const rows = all(this.database, row, sql, workOrderId, connectionId, ...last);
      found.push(...rows);
      const end = rows.at(-1);
      if (!end) break;
      last = [end.collection, end.remote_id];
      await pace.tick();
    }
    // In sequence: each uses the titles that the one before added.
    const before = this.#collation;
    this.#collation = before.then((collation) =>
      collation.with(
        found.map(({ title }) => title),
        pace,
      ),
    );
    const ranks = await (await this.#collation).ranks(pace);
    const places = Float64Array.from(found, ({ title }) => ranks.get(title) ?? 0);
    return inRankOrder(found, places).map(({ id }) => id);
  }

  #order(workOrderId: WorkOrderId | null): WorkOrderId {
    return workOrderId ?? this.workOrders.currentId();
  }
}
