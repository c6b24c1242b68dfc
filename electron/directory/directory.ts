import { catalogOf, fieldSpec } from '../../shared/catalog';
import type { Connection, ConnectionId } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail, ProblemError } from '../../shared/model/problem';
import type { DirectorySummary, LookupItem, RecordRow, RecordView } from '../../shared/model/record';
import type { Driver, DriverContext } from '../drivers/driver';
import type { ServerPort } from '../drivers/server-port';
import type { Sealer } from '../storage/sealing';
import { Grid, type GridEntry, type GridQuery } from './grid';
import type { DirectoryStore, StoredRecord } from './store';
import { shownField, shownUnknown } from './view';

export interface SyncProgress {
  readonly connectionId: ConnectionId;
  readonly phase: 'reading' | 'storing' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number | null;
}

export interface DirectoryPorts extends ServerPort {
  readonly progress: (progress: SyncProgress) => void;
}

/** Directories: read whole from their servers, kept for offline, searched in memory. */
export class Directory {
  readonly #grids = new Map<ConnectionId, Grid>();
  readonly #syncing = new Map<ConnectionId, AbortController>();

  constructor(
    private readonly store: DirectoryStore,
    private readonly sealer: Sealer,
    private readonly ports: DirectoryPorts,
  ) {}

  summaries(): DirectorySummary[] {
    return this.store.summaries();
  }

  /**
   * Reads all records from the server and keeps them. What was kept before stays until the new ones are complete.
   * @throws ProblemError `busy` while the same connection syncs, or what the server or keychain says
   */
  async sync(connection: Connection): Promise<DirectorySummary> {
    if (this.#syncing.has(connection.id)) fail('busy', { name: connection.name });
    const abort = new AbortController();
    this.#syncing.set(connection.id, abort);
    const tell = (phase: SyncProgress['phase'], done: number, total: number | null): void =>
      this.ports.progress({ connectionId: connection.id, phase, done, total });
    try {
      tell('reading', 0, null);
      const { records, lookups } = await this.ports.withServer(
        connection,
        abort.signal,
        async (driver, context) => ({
          records: await driver.readAll(context, (done, total) => tell('reading', done, total)),
          lookups: await readLookups(driver, context),
        }),
      );
      if (abort.signal.aborted) fail('cancelled');
      tell('storing', records.length, records.length);
      const at = Date.now();
      this.store.replace(connection, records, at, lookups);
      this.#grids.delete(connection.id);
      tell('done', records.length, records.length);
      return { connectionId: connection.id, count: records.length, syncedAt: at };
    } catch (error) {
      tell(abort.signal.aborted ? 'cancelled' : 'failed', 0, null);
      throw abort.signal.aborted ? new ProblemError({ code: 'cancelled', params: {} }) : error;
    } finally {
      this.#syncing.delete(connection.id);
    }
  }

  cancelSync(id: ConnectionId): void {
    this.#syncing.get(id)?.abort();
  }

  /** Forgets what is held in memory of a connection that was removed. */
  forget(id: ConnectionId): void {
    this.cancelSync(id);
    this.#grids.delete(id);
  }

  /** A window of the grid. `changed` tells how many fields of a record have prepared edits. */
  page(
    connection: Connection,
    query: GridQuery & { columns: readonly string[]; offset: number; limit: number },
    changed: ReadonlyMap<string, number>,
    selected: ReadonlySet<string> = new Set(),
  ): { total: number; rows: RecordRow[] } {
    const catalog = catalogOf(connection.kind);
    const found = this.#grid(connection).find(query);
    const columns = catalog.fields.filter((spec) => query.columns.includes(spec.name));
    const rows = found.slice(query.offset, query.offset + query.limit).map((entry) => ({
      remoteId: entry.remoteId,
      title: entry.title,
      fields: Object.fromEntries(
        columns.map((spec) => [spec.name, shownField(this.sealer, spec, entry.stored)]),
      ),
      changed: changed.get(entry.remoteId) ?? 0,
      selected: selected.has(entry.remoteId),
    }));
    return { total: found.length, rows };
  }

  /** All that a query finds, in its order: for what is done with many records. */
  found(connection: Connection, query: GridQuery): readonly GridEntry[] {
    return this.#grid(connection).find(query);
  }

  /** One record as the renderer may see it. @throws ProblemError `not-found` */
  record(connection: Connection, remoteId: string): RecordView {
    const catalog = catalogOf(connection.kind);
    const entry = this.#grid(connection).get(remoteId) ?? fail('not-found', { what: 'record', id: remoteId });
    return {
      connectionId: connection.id,
      remoteId,
      title: entry.title,
      fields: Object.fromEntries(
        catalog.fields.map((spec) => [spec.name, shownField(this.sealer, spec, entry.stored)]),
      ),
      unknown: shownUnknown(this.sealer, catalog, entry.stored),
      syncedAt: this.store.syncedAt(connection.id) ?? 0,
    };
  }

  /** A record as stored, secrets sealed; null where the directory has none. */
  stored(connection: Connection, remoteId: string): StoredRecord | null {
    return this.store.get(connection.id, remoteId);
  }

  distinct(connection: Connection, field: string): { value: string; count: number }[] {
    return this.#grid(connection).distinct(field);
  }

  lookup(connection: Connection, field: string): LookupItem[] {
    return fieldSpec(connection.kind, field)?.suggest === 'lookup'
      ? this.store.lookup(connection.id, field)
      : [];
  }

  /** Takes a record that was read again after a write. */
  refresh(connection: Connection, remoteId: string, raw: JsonObject): void {
    this.store.refresh(connection, remoteId, raw);
    const stored = this.store.get(connection.id, remoteId);
    if (stored) this.#grids.get(connection.id)?.refresh(stored);
  }

  #grid(connection: Connection): Grid {
    let grid = this.#grids.get(connection.id);
    if (!grid) {
      grid = new Grid(catalogOf(connection.kind), this.store.all(connection.id));
      this.#grids.set(connection.id, grid);
    }
    return grid;
  }
}

/** A list that the server will not give (a role list without the right to read it) must not spoil the records. */
async function readLookups(driver: Driver, context: DriverContext): Promise<[string, LookupItem[]][]> {
  const read: [string, LookupItem[]][] = [];
  for (const field of driver.lookups) {
    try {
      read.push([field, await driver.readLookup(context, field)]);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  }
  return read;
}
