import { randomUUID } from 'node:crypto';
import { catalogOf, fieldSpec } from '../../shared/catalog';
import { recordTitle } from '../../shared/catalog/read';
import type { ConnectionId, RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail, type Problem, ProblemError } from '../../shared/model/problem';
import type { DirectorySummary, LookupItem, RecordRow, RecordView } from '../../shared/model/record';
import type { Driver, DriverContext } from '../drivers/driver';
import type { ServerPort } from '../drivers/server-port';
import type { Jobs, Turn } from '../jobs/jobs';
import { takeTurns } from '../jobs/turns';
import { directoryName, isDirectoryOf } from '../storage/owner';
import type { Sealer } from '../storage/sealing';
import { shownField, shownUnknown } from '../values/show';
import { Grid, type GridEntry, type GridQuery } from './grid';
import { Grids } from './grids';
import type { DirectoryStore, StoredRecord } from './store';

export interface DirectoryPorts extends ServerPort {
  readonly jobs: Jobs;
  /** Called with what a reading had to leave out. */
  readonly notice?: (problem: Problem) => void;
}

interface Syncing {
  readonly job: string;
  /** Records that were read again (after a write) since the sync began; the sync's copy of them may be older. */
  readonly late: Map<string, JsonObject>;
}

/** Directories: read whole from their servers, kept for offline, searched in memory. */
export class Directory {
  readonly #grids = new Grids();
  readonly #syncing = new Map<string, Syncing>();
  readonly #closing = new AbortController();

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
  async sync(connection: RecordsOf, job: string = randomUUID()): Promise<DirectorySummary> {
    const key = directoryName(connection);
    if (this.#syncing.has(key)) fail('busy', { name: connection.name });
    const late = new Map<string, JsonObject>();
    this.#syncing.set(key, { job, late });
    try {
      const of = { job, kind: 'sync', connectionId: connection.id } as const;
      return await this.ports.jobs.run(of, null, (turn) => this.#sync(connection, late, turn));
    } finally {
      this.#syncing.delete(key);
    }
  }

  async #sync(
    connection: RecordsOf,
    late: ReadonlyMap<string, JsonObject>,
    { signal, tell }: Turn,
  ): Promise<DirectorySummary> {
    try {
      tell('reading', 0, null);
      const { records, lookups } = await this.ports.withServer(
        connection,
        signal,
        async (driver, context) => ({
          records: await driver.readAll(
            { ...context, notice: (what) => this.ports.notice?.(what) },
            (done, total) => tell('reading', done, total),
          ),
          lookups: await readLookups(driver, context),
        }),
      );
      if (signal.aborted) fail('cancelled');
      tell('storing', 0, records.length);
      const at = Date.now();
      await this.store.replace(connection, records, at, lookups, {
        signal,
        late,
        done: seldom((done) => tell('storing', done, records.length)),
      });
      await this.#grids.renew(directoryName(connection), (renewing) => this.#build(connection, renewing));
      await this.store.sweep(connection, this.#closing.signal);
      return {
        connectionId: connection.id,
        collection: connection.collection,
        count: records.length,
        syncedAt: at,
      };
    } catch (error) {
      throw signal.aborted ? new ProblemError({ code: 'cancelled', params: {} }) : error;
    }
  }

  /** Ends what a sync sweeps up, before the database is closed. */
  stop(): void {
    this.#closing.abort();
  }

  /** Forgets what is held in memory of a connection that was removed. */
  forget(id: ConnectionId): void {
    for (const [key, { job }] of this.#syncing) if (isDirectoryOf(key, id)) this.ports.jobs.cancel(job);
    this.#grids.forget((key) => isDirectoryOf(key, id));
  }

  /** Returns a window of the grid. `changed` gives the number of prepared fields of each of these records. */
  async page(
    connection: RecordsOf,
    query: GridQuery & { columns: readonly string[]; offset: number; limit: number },
    changed: (remoteIds: readonly string[]) => ReadonlyMap<string, number>,
    selected: ReadonlySet<string> = new Set(),
  ): Promise<{ total: number; rows: RecordRow[] }> {
    const catalog = catalogOf(connection);
    const found = await this.found(connection, query);
    const columns = catalog.fields.filter((spec) => query.columns.includes(spec.name));
    const window = found.slice(query.offset, query.offset + query.limit);
    const edited = changed(window.map(({ remoteId }) => remoteId));
    const rows = window.map((entry) => ({
      remoteId: entry.remoteId,
      title: entry.title,
      fields: Object.fromEntries(
        columns.map((spec) => [spec.name, shownField(this.sealer, spec, entry.stored)]),
      ),
      changed: edited.get(entry.remoteId) ?? 0,
      selected: selected.has(entry.remoteId),
    }));
    return { total: found.length, rows };
  }

  /** All that a query finds, in its order: for what is done with many records. */
  async found(connection: RecordsOf, query: GridQuery): Promise<readonly GridEntry[]> {
    return (await this.#grid(connection)).find(query);
  }

  /** One record as the renderer may see it. @throws ProblemError `not-found` */
  record(connection: RecordsOf, remoteId: string): RecordView {
    const catalog = catalogOf(connection);
    const found = this.stored(connection, remoteId) ?? fail('not-found', { what: 'record', id: remoteId });
    return {
      connectionId: connection.id,
      collection: connection.collection,
      remoteId,
      title: recordTitle(catalog, remoteId, found.stored),
      fields: Object.fromEntries(
        catalog.fields.map((spec) => [spec.name, shownField(this.sealer, spec, found.stored)]),
      ),
      unknown: shownUnknown(this.sealer, catalog, found.stored),
      syncedAt: this.store.syncedAt(connection) ?? 0,
    };
  }

  /** Returns a record as stored, secrets sealed; null if the directory has none. */
  stored(connection: RecordsOf, remoteId: string): StoredRecord | null {
    return this.store.get(connection, remoteId);
  }

  async distinct(connection: RecordsOf, field: string): Promise<{ value: string; count: number }[]> {
    return (await this.#grid(connection)).distinct(field);
  }

  lookup(connection: RecordsOf, field: string): LookupItem[] {
    return fieldSpec(connection, field)?.suggest === 'lookup' ? this.store.lookup(connection, field) : [];
  }

  /** Takes a record that was read again after a write. */
  refresh(connection: RecordsOf, remoteId: string, raw: JsonObject): void {
    this.#syncing.get(directoryName(connection))?.late.set(remoteId, raw);
    this.store.refresh(connection, remoteId, raw);
    const name = directoryName(connection);
    if (!this.#grids.has(name)) return;
    const stored = this.store.get(connection, remoteId);
    if (stored) this.#grids.refresh(name, stored);
  }

  /** Forgets what is held in memory of all directories: their records are to be read again. */
  forgetGrids(): void {
    this.#grids.forget();
  }

  #grid(connection: RecordsOf): Promise<Grid> {
    return this.#grids.of(directoryName(connection), (signal) => this.#build(connection, signal));
  }

  #build(connection: RecordsOf, signal: AbortSignal): Promise<Grid> {
    return Grid.of(catalogOf(connection), this.store.slices(connection), takeTurns(signal));
  }
}

/** Reports progress at most every tenth of a second: it is called on every turn. */
function seldom(tell: (done: number) => void): (done: number) => void {
  let told = 0;
  return (done) => {
    const now = performance.now();
    if (now - told < 100) return;
    told = now;
    tell(done);
  };
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
