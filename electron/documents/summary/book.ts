import { z } from 'zod';
import type { CollectionId, Kind } from '../../../shared/catalog';
import type { WorkOrder, WorkOrderId } from '../../../shared/model/change';
import type { Connection, ConnectionId } from '../../../shared/model/connection';
import type { JournalItem } from '../../../shared/model/journal';
import type { ShownValue } from '../../../shared/model/record';
import type { Changes } from '../../changes/changes';
import type { WorkOrders } from '../../changes/work-orders';
import type { History } from '../../journal/history';
import type { Database } from '../../storage/database';
import { all } from '../../storage/rows';

export interface SummaryField {
  readonly field: string;
  readonly from: ShownValue;
  readonly to: ShownValue;
}

/** A prepared change in displayable form. */
export interface SummaryChange {
  readonly collection: CollectionId;
  readonly remoteId: string;
  readonly title: string;
  readonly fields: readonly SummaryField[];
}

/** One server's part of a summary. */
export interface SummaryServer<T> {
  readonly name: string;
  readonly site: string;
  readonly kind: Kind | null;
  /** Null where the connection is gone. */
  readonly baseUrl: string | null;
  readonly rows: readonly T[];
}

export interface Summary {
  readonly order: WorkOrder;
  readonly madeAt: number;
  readonly before: readonly SummaryServer<SummaryChange>[];
  /** What happened: every row that was written or left out, in order of time. */
  readonly after: readonly SummaryServer<JournalItem>[];
}

export interface SummaryParts {
  readonly database: Database;
  readonly workOrders: WorkOrders;
  readonly changes: Changes;
  readonly history: History;
  readonly connection: (id: ConnectionId) => Connection;
}

/** Collects a work order's summary, with values in displayable form: secrets only as such. */
export class SummaryBook {
  constructor(private readonly parts: SummaryParts) {}

  /** @throws ProblemError `not-found` */
  of(id: WorkOrderId): Summary {
    const { workOrders, changes } = this.parts;
    const prepared = changes.list(null, id);
    return {
      order: workOrders.get(id),
      madeAt: Date.now(),
      before: bySite(
        grouped(prepared, (change) => change.connectionId).map(([connectionId, own]) => ({
          ...this.#server(connectionId),
          rows: own.map(({ collection, remoteId, title, fields }) => ({
            collection,
            remoteId,
            title,
            fields: fields.map(({ field, base, next }) => ({ field, from: base, to: next })),
          })),
        })),
      ),
      after: bySite(
        grouped(this.#happened(id), (item) => item.connectionId).map(([connectionId, rows]) => ({
          ...this.#asJournalled(connectionId, rows),
          rows,
        })),
      ),
    };
  }

  #happened(id: WorkOrderId): JournalItem[] {
    const sql = `SELECT seq FROM journal WHERE work_order_id = ? AND type <> 'outcome' ORDER BY seq`;
    return all(this.parts.database, z.object({ seq: z.number() }), sql, id)
      .map(({ seq }) => this.parts.history.item(seq))
      .filter((item) => item.type === 'write');
  }

  #server(id: ConnectionId) {
    const { name, site, kind, baseUrl } = this.parts.connection(id);
    return { name, site, kind, baseUrl };
  }

  /** Servers under their names at the time; they may be gone by now. */
  #asJournalled(id: ConnectionId, items: readonly JournalItem[]) {
    const last = items.at(-1);
    const now = this.#found(id);
    if (!last) return this.#server(id);
    return { name: last.connectionName, site: last.site, kind: last.kind, baseUrl: now?.baseUrl ?? null };
  }

  #found(id: ConnectionId): Connection | null {
    try {
      return this.parts.connection(id);
    } catch {
      return null;
    }
  }
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups];
}

function bySite<T>(servers: readonly SummaryServer<T>[]): SummaryServer<T>[] {
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  return [...servers].sort((a, b) => compare(a.site, b.site) || compare(a.name, b.name));
}
