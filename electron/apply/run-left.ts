import { type Catalog, catalogOf } from '../../shared/catalog';
import { fieldValue, recordTitle } from '../../shared/catalog/read';
import type { FieldEdit } from '../../shared/diff';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { RunLeft, RunLeftField, RunLeftRow } from '../../shared/model/plan';
import { fail, type Problem, ProblemError, problem } from '../../shared/model/problem';
import type { Driver } from '../drivers/driver';
import type { ServerPort } from '../drivers/server-port';
import type { Turn } from '../jobs/jobs';
import { inTurns } from '../jobs/turns';
import { masked, specOf } from '../values/show';
import type { RowWriter } from './row-writer';
import type { RunStore, StoredRun, StoredRunRow } from './run-store';
import { looksOf, SecretCounts } from './secret-looks';

export interface RunsLeftPorts extends ServerPort {
  readonly store: RunStore;
  readonly writer: Pick<RowWriter, 'prepare'>;
  readonly connection: (id: ConnectionId) => Connection;
  /** What is kept of a record, secrets sealed: a hint for servers that search by number. */
  readonly stored: (of: RecordsOf, remoteId: string) => JsonObject | null;
}

// As in a plan: one answer takes a few milliseconds.
const rowsAtOnce = 100;

/**
 * Shows what an interrupted run would write if resumed now: its rows that have not begun, checked against the records
 * as just read and the proof of what was confirmed. Writes nothing.
 */
export class RunsLeft {
  /** The latest look; a new one replaces it. */
  #seen: { readonly runId: string; readonly rows: readonly RunLeftRow[] } | null = null;

  constructor(private readonly ports: RunsLeftPorts) {}

  /**
   * Reads the servers in parallel; if one cannot be read, only its own rows stay unchecked.
   * @throws ProblemError `not-found`, `cancelled`, the keychain's while there is no key
   */
  async look(runId: string, turn: Turn): Promise<RunLeft> {
    const { store } = this.ports;
    const run = store.get(runId) ?? fail('not-found', { what: 'run' });
    // Without a key no row can be proved, and each would look altered.
    if (store.whyNoProof) fail(store.whyNoProof);
    const unproved = store.unproved(runId);
    const waiting = store.rows(runId).filter(({ state }) => state === 'waiting');
    const parts = await Promise.all(
      byDirectory(waiting).map(([first, rows]) => {
        const of = recordsOf(this.ports.connection(first.connectionId), first.collection);
        return this.#ofDirectory(run, of, rows, unproved, turn);
      }),
    );
    const found = new Map(parts.flatMap(({ rows }) => rows.map((row) => [row.changeId, row] as const)));
    const rows = waiting.flatMap(({ changeId }) => found.get(changeId) ?? []);
    this.#seen = { runId, rows };
    return {
      total: rows.length,
      writes: rows.filter(({ why }) => why === null).length,
      rows: rows.slice(0, rowsAtOnce),
      unread: parts.flatMap(({ unread }) => unread),
    };
  }

  /** Some rows of the newest look at a run. @throws ProblemError `not-found` where it was not looked at */
  rows(runId: string, offset: number, limit: number): RunLeftRow[] {
    if (this.#seen?.runId !== runId) fail('not-found', { what: 'run' });
    return this.#seen.rows.slice(offset, offset + limit);
  }

  async #ofDirectory(
    run: StoredRun,
    connection: RecordsOf,
    waiting: readonly StoredRunRow[],
    unproved: ReadonlySet<string>,
    turn: Turn,
  ): Promise<Pick<RunLeft, 'unread'> & { readonly rows: RunLeftRow[] }> {
    let live: ReadonlyMap<string, JsonObject> | null = null;
    let why: Problem | null = null;
    try {
      live = await this.#read(connection, waiting, turn);
    } catch (error) {
      if (!(error instanceof ProblemError) || turn.signal.aborted) throw error;
      why = error.problem;
    }
    const driver = this.ports.driverFor(connection);
    const rows: RunLeftRow[] = [];
    await inTurns(waiting, turn, (row) => {
      const now = live?.get(row.remoteId) ?? null;
      const shown = unproved.has(row.changeId)
        ? notProved(connection, row, now)
        : this.#judged(run, connection, driver, row, now);
      rows.push(why ? { ...shown, why: shown.why?.code === 'row-not-proved' ? shown.why : why } : shown);
    });
    return {
      rows,
      unread: why ? [{ connectionId: connection.id, changes: waiting.length, problem: why }] : [],
    };
  }

  #read(connection: RecordsOf, waiting: readonly StoredRunRow[], turn: Turn) {
    const hints = new Map<string, JsonObject>();
    for (const { remoteId } of waiting) {
      const stored = this.ports.stored(connection, remoteId);
      if (stored) hints.set(remoteId, stored);
    }
    const ids = waiting.map(({ remoteId }) => remoteId);
    return this.ports.withServer(connection, turn.signal, (driver, context) =>
      driver.readMany(context, ids, hints),
    );
  }

  /** Returns a row as the writer will see it, with the record as it is now. */
  #judged(
    run: StoredRun,
    connection: RecordsOf,
    driver: Driver,
    row: StoredRunRow,
    live: JsonObject | null,
  ): RunLeftRow {
    const edits = this.ports.store.edits(run.id, row.changeId, connection);
    if (!edits) return { ...named(connection, row, live), why: problem('sealed-unreadable'), fields: [] };
    const { changeId: id, connectionId, remoteId, title } = row;
    const { collection } = connection;
    const change = { id, connectionId, collection, remoteId, title, edits, unreadable: [] };
    const engineRow = { runId: run.id, workOrderId: run.workOrderId, connection, hint: null, change };
    const prepared = this.ports.writer.prepare(engineRow, driver, live);
    return {
      ...named(connection, row, live),
      why: 'skip' in prepared ? prepared.skip : null,
      fields: fieldsOf(catalogOf(connection), `${connectionId} ${remoteId}`, edits, live),
    };
  }
}

function byDirectory(rows: readonly StoredRunRow[]): [StoredRunRow, StoredRunRow[]][] {
  const found = new Map<string, [StoredRunRow, StoredRunRow[]]>();
  for (const row of rows) {
    const key = `${row.connectionId} ${row.collection ?? ''}`;
    const known = found.get(key);
    if (known) known[1].push(row);
    else found.set(key, [row, [row]]);
  }
  return [...found.values()];
}

/** The row's values are not shown: nobody confirmed them. */
function notProved(connection: RecordsOf, row: StoredRunRow, live: JsonObject | null): RunLeftRow {
  return { ...named(connection, row, live), formerTitle: null, why: problem('row-not-proved'), fields: [] };
}

function named(
  of: RecordsOf,
  { changeId, connectionId, remoteId, title }: StoredRunRow,
  live: JsonObject | null,
): Omit<RunLeftRow, 'why' | 'fields'> {
  const now = live ? recordTitle(catalogOf(of), remoteId, live) : title;
  const { collection } = of;
  return {
    changeId,
    connectionId,
    collection,
    remoteId,
    title: now,
    formerTitle: now === title ? null : title,
  };
}

function fieldsOf(
  catalog: Catalog,
  place: string,
  edits: readonly FieldEdit[],
  live: JsonObject | null,
): RunLeftField[] {
  const looks = looksOf(catalog, place, edits, live, { order: new SecretCounts(), server: null });
  return edits.map(({ field, base, next }) => {
    const spec = specOf(catalog, field);
    const now = live && spec && !spec.writeOnly ? fieldValue(spec, live) : base;
    const look = looks.get(field);
    return { field, from: masked(spec, now), to: masked(spec, next), ...(look ? { look } : {}) };
  });
}
