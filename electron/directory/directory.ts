import { randomUUID } from 'node:crypto';
import { catalogOf, fieldSpec } from '../../shared/catalog';
import { recordTitle } from '../../shared/catalog/read';
import type { Topic } from '../../shared/contract/request';
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
import { Entries, type GridEntry } from './entries';
import { FirstRows, type RowsWindow } from './first-rows';
import { Grid, type GridQuery, type GridRecord } from './grid';
import { Grids } from './grids';
import type { DirectoryStore, StoredRecord } from './store';

// All records in memory are for what goes on now: read again in a second or two, they need not wait for the next time.
const entriesKeptMs = 60_000;
// The first rows are drawn in it.
const warmAfterMs = 400;

export interface DirectoryPorts extends ServerPort {
  readonly jobs: Jobs;
  /** Called with what a reading had to leave out. */
  readonly notice?: (problem: Problem) => void;
  /** Tells the window to ask again. */
  readonly changed?: (topics: readonly Topic[], id: ConnectionId) => void;
}

interface Syncing {
  readonly job: string;
  /** Records that were read again (after a write) since the sync began; the sync's copy of them may be older. */
  readonly late: Map<string, JsonObject>;
}

/** Directories: read whole from their servers, kept for offline, searched in memory. */
export class Directory {
  readonly #grids = new Grids<Grid>();
  readonly #entries = new Grids<Entries>(entriesKeptMs);
  readonly #firstRows: FirstRows;
  readonly #warming = new Set<string>();
  readonly #syncing = new Map<string, Syncing>();
  readonly #closing = new AbortController();

  constructor(
    private readonly store: DirectoryStore,
    private readonly sealer: Sealer,
    private readonly ports: DirectoryPorts,
  ) {
    this.#firstRows = new FirstRows(store.windows, (of) => ports.changed?.(['directory'], of.id));
  }

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
      const name = directoryName(connection);
      this.#firstRows.renew(connection);
      this.#entries.forget((key) => key === name);
      await this.#grids.renew(name, (renewing) => this.#build(connection, renewing));
      await this.store.sweep(connection, this.#closing.signal);
      const { id, collection } = connection;
      return { connectionId: id, collection, count: records.length, syncedAt: at };
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
    const isMeant = (name: string): boolean => isDirectoryOf(name, id);
    for (const [name, { job }] of this.#syncing) if (isMeant(name)) this.ports.jobs.cancel(job);
    this.#grids.forget(isMeant);
    this.#entries.forget(isMeant);
  }

  /** Returns a window of the grid. `changed` gives the number of prepared fields of each of these records. */
  async page(
    connection: RecordsOf,
    query: GridQuery & { columns: readonly string[]; offset: number; limit: number },
    changed: (remoteIds: readonly string[]) => ReadonlyMap<string, number>,
    selected: ReadonlySet<string> = new Set(),
  ): Promise<{ total: number; rows: RecordRow[] }> {
    const catalog = catalogOf(connection);
    const { total, rows: window } = await this.#window(connection, query);
    const columns = catalog.fields.filter((spec) => query.columns.includes(spec.name));
    const edited = changed(window.map(({ remoteId }) => remoteId));
    const rows = window.map(({ remoteId, stored }) => ({
      remoteId,
      title: recordTitle(catalog, remoteId, stored),
      fields: Object.fromEntries(columns.map((spec) => [spec.name, shownField(this.sealer, spec, stored)])),
      changed: edited.get(remoteId) ?? 0,
      selected: selected.has(remoteId),
    }));
    return { total, rows };
  }

  async #window(
    connection: RecordsOf,
    query: GridQuery & { offset: number; limit: number },
  ): Promise<RowsWindow> {
    const first = this.#firstRows.at(connection, query);
    if (first) {
      this.#warm(connection);
      return first;
    }
    const found = await this.ids(connection, query);
    const window = found.slice(query.offset, query.offset + query.limit);
    const records = this.store.windows.some(
      connection,
      window.map(({ remoteId }) => remoteId),
    );
    const rows = window.map(({ remoteId }) => records.get(remoteId) ?? { remoteId, stored: {} });
    return { total: found.length, rows };
  }

  /** Makes the grid a moment after the first rows are shown, so that the first letter of a filter need not wait for it. */
  #warm(connection: RecordsOf): void {
    const name = directoryName(connection);
    if (this.#warming.has(name) || this.#grids.ready(name)) return;
    this.#warming.add(name);
    const warm = async (): Promise<void> => {
      try {
        if (!this.#closing.signal.aborted) await this.#grid(connection);
      } catch {
        // Whoever needs it is told.
      } finally {
        this.#warming.delete(name);
      }
    };
    setTimeout(() => void warm(), warmAfterMs).unref();
  }

  /** All that a query finds, in its order: for what is done with many records. */
  async found(connection: RecordsOf, query: GridQuery): Promise<readonly GridEntry[]> {
    const entries = await this.#entries.of(directoryName(connection), (signal) =>
      Entries.of(catalogOf(connection), this.store.slices(connection), takeTurns(signal)),
    );
    return entries.list(await this.ids(connection, query));
  }

  /** The same without the records: for what only asks which they are. */
  async ids(connection: RecordsOf, query: GridQuery): Promise<readonly GridRecord[]> {
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
    const name = directoryName(connection);
    this.#syncing.get(name)?.late.set(remoteId, raw);
    this.store.refresh(connection, remoteId, raw);
    if (!this.#grids.has(name) && !this.#entries.has(name)) return;
    const stored = this.store.get(connection, remoteId);
    if (!stored) return;
    this.#grids.refresh(name, stored);
    this.#entries.refresh(name, stored);
  }

  /** Forgets what is held in memory of all directories: their records are to be read again. */
  forgetGrids(): void {
    this.#grids.forget();
    this.#entries.forget();
  }

  #grid(connection: RecordsOf): Promise<Grid> {
    return this.#grids.of(directoryName(connection), (signal) => this.#build(connection, signal));
  }

  async #build(connection: RecordsOf, signal: AbortSignal): Promise<Grid> {
    const grid = await Grid.of(catalogOf(connection), this.store.gridSource(connection), takeTurns(signal));
    this.#firstRows.check(connection, grid.size);
    return grid;
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
