import type { ChangeId, WorkOrderId } from '../../shared/model/change';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import type { Run, RunHead, RunRow } from '../../shared/model/plan';
import { fail, type Problem, type ProblemCode, problem } from '../../shared/model/problem';
import type { Directory } from '../directory/directory';
import type { ServerPort } from '../drivers/server-port';
import type { EditMoments } from '../time/edit-moments';
import { LiveRun } from './live-run';
import type { Planner } from './planner';
import type { EngineRow, RowWriter } from './row-writer';
import type { RunStore, StoredRun, StoredRunRow } from './run-store';
import { shownJudged, storedRow, storedRun, underWay, waiting } from './run-view';
import { ServerRun } from './server-run';

export interface RunsPorts extends ServerPort {
  readonly planner: Planner;
  readonly writer: RowWriter;
  readonly store: RunStore;
  readonly moments: EditMoments;
  readonly directory: Directory;
  readonly connection: (id: ConnectionId) => Connection;
  /** Called at intervals with the run's head and the rows changed since the last call. */
  readonly progress: (head: RunHead, rows: readonly RunRow[]) => void;
  readonly noteReach: (id: ConnectionId, problem: Problem) => void;
  /** A run has ended. */
  readonly ended: (run: StoredRun) => void;
  /** Gives open intents an outcome. */
  readonly closeInterrupted: () => void;
  /** How often a row may be sent again where the server refused it for the moment. */
  readonly resends: () => number;
}

/** Applies planned rows, servers in parallel; pauses, resumes and cancels; resumes runs interrupted by a crash. */
export class Runs {
  readonly #live = new Map<string, LiveRun>();

  constructor(private readonly ports: RunsPorts) {}

  /** Whether anything is being written now. */
  get busy(): boolean {
    return [...this.#live.values()].some((run) => run.endedAt === null);
  }

  /** Whether a connection's rows are being written; false while they are halted. */
  works(connectionId: ConnectionId): boolean {
    return [...this.#live.values()].some((run) => {
      const server = run.endedAt === null ? run.servers.get(connectionId) : undefined;
      if (!server || server.ended) return false;
      const rows = [...run.rows.values()].filter((row) => row.connectionId === connectionId);
      return server.gate.open || rows.some(underWay);
    });
  }

  /**
   * Starts a run over ready rows of a plan and returns at once; progress follows.
   * @throws ProblemError `busy` while a run is active, `not-found` for a plan or row that is gone
   */
  start(planId: string, changeIds: readonly ChangeId[]): Run {
    this.closeFinished();
    if (this.busy || this.ports.store.unfinished().length > 0) fail('busy', { name: 'apply' });
    const plan = this.ports.planner.get(planId);
    // A row named twice would be written twice.
    const planned = [...new Set(changeIds)].map(
      (id) => plan.rows.get(id) ?? fail('not-found', { what: 'change' }),
    );
    if (planned.some((row) => row.comparison.status !== 'ready'))
      fail('invalid-input', { field: 'changeIds' });
    const stored = this.ports.store.create(
      plan.workOrderId,
      planned.map(({ change, connection, title }) => ({ change: { ...change, title }, connection })),
    );
    const rows = planned.map(
      (row): EngineRow => ({
        ...this.#common(stored, row.connection, row.change.remoteId),
        // The title that the person saw: the record must still have it at the time of the write.
        change: { ...row.change, title: row.title },
      }),
    );
    return this.#launch(stored, rows, rows.map(waiting));
  }

  /**
   * Resumes an interrupted run: writes its waiting rows as confirmed, repeats nothing.
   * @throws ProblemError `sealed-unreadable` while a secret of it cannot be opened, the keychain's while there is no
   *   key: no row could be proved, and each would be skipped for good
   */
  takeUp(runId: string, { toCancel = false } = {}): Run {
    const live = this.#live.get(runId);
    if (live) return live.shown;
    if (this.busy) fail('busy', { name: 'apply' });
    const stored = this.ports.store.get(runId) ?? fail('not-found', { what: 'run' });
    if (this.ports.store.whyNoProof && !toCancel) fail(this.ports.store.whyNoProof);
    this.ports.closeInterrupted();
    this.#holdUnproved(stored);
    const all = this.ports.store.rows(runId);
    const rows = all.filter((row) => row.state === 'waiting').map((row) => this.#engineRow(stored, row));
    return this.#launch(
      stored,
      rows,
      all.map((row) => storedRow(row)),
    );
  }

  pause(runId: string, connectionId: ConnectionId | null): void {
    for (const server of this.#servers(runId, connectionId))
      server.gate.stop({ kind: 'paused', problem: null });
  }

  /** Resumes a run, also an interrupted one. */
  resume(runId: string, connectionId: ConnectionId | null): void {
    this.#takeUpFor(runId, connectionId);
    for (const server of this.#servers(runId, connectionId)) server.goOn();
  }

  /** Cancels a run between rows: rows under way are finished and read back, the rest become `cancelled`. */
  cancel(runId: string, connectionId: ConnectionId | null): void {
    this.#takeUpFor(runId, connectionId, { toCancel: true });
    for (const server of this.#servers(runId, connectionId)) server.gate.cancel();
  }

  /** Pauses every run, as before a sleep; rows under way are finished. */
  pauseAll(why: ProblemCode | null = null): void {
    for (const run of this.#live.values()) {
      if (run.endedAt !== null) continue;
      const halt = { kind: 'paused', problem: why && problem(why) } as const;
      for (const server of run.servers.values()) server.gate.stop(halt);
    }
  }

  /** Pauses every run and waits, up to a limit, for the rows under way. */
  async quiet(withinMs = 30_000): Promise<void> {
    this.pauseAll();
    const until = performance.now() + withinMs;
    while (
      performance.now() < until &&
      [...this.#live.values()].some((run) => [...run.rows.values()].some(underWay))
    ) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  get(runId: string): Run | null {
    const live = this.#live.get(runId);
    if (live) return live.shown;
    const stored = this.ports.store.get(runId);
    return stored ? storedRun(stored, this.ports.store.rows(stored.id)) : null;
  }

  /** The newest run of a work order. */
  newest(workOrderId: WorkOrderId): Run | null {
    const stored = this.ports.store.newest(workOrderId);
    return stored ? this.get(stored.id) : null;
  }

  /** Returns runs that have not ended: active or interrupted. */
  unfinished(): Run[] {
    return this.ports.store.unfinished().flatMap((stored) => this.get(stored.id) ?? []);
  }

  /**
   * Ends runs with nothing left to write: at start, after interrupted writes got their outcome, and before a new run.
   */
  closeFinished(): void {
    for (const stored of this.ports.store.unfinished()) {
      if (this.#live.get(stored.id)?.endedAt === null) continue;
      if (this.ports.store.rows(stored.id).every((row) => row.state === 'done'))
        this.ports.store.end(stored.id);
    }
  }

  /** Reports a row's new state after a reading decided it. */
  decided(runId: string, changeId: ChangeId): void {
    const live = this.#live.get(runId);
    const row = this.ports.store.row(runId, changeId);
    if (!live || !row) return;
    live.put(storedRow(row));
  }

  /** Returns a row as stored, and the journal entry of its newest write. @throws ProblemError `not-found` */
  row(runId: string, changeId: ChangeId): { readonly shown: RunRow; readonly intentSeq: number | null } {
    const row = this.ports.store.row(runId, changeId) ?? fail('not-found', { what: 'change' });
    return { shown: storedRow(row), intentSeq: row.intentSeq };
  }

  /** Skips rows whose confirmation cannot be proved: none of them is written. */
  #holdUnproved(stored: StoredRun): void {
    const unproved = this.ports.store.unproved(stored.id);
    for (const { changeId, connectionId, remoteId, title, ...of } of this.ports.store.rows(stored.id)) {
      if (!unproved.has(changeId)) continue;
      const connection = recordsOf(this.ports.connection(connectionId), of.collection);
      const { collection } = connection;
      // The row's values are not repeated: nobody confirmed them.
      const change = { id: changeId, connectionId, collection, remoteId, title, edits: [], unreadable: [] };
      const row = { ...this.#common(stored, connection, remoteId), change };
      const why = this.ports.store.whyNoProof ?? 'row-not-proved';
      this.ports.writer.notWritten(row, 'skipped', problem(why));
    }
  }

  /** Resumes an interrupted run. If one server is named, the others stay paused. */
  #takeUpFor(runId: string, connectionId: ConnectionId | null, options = {}): void {
    if (this.#live.has(runId)) return;
    this.takeUp(runId, options);
    if (connectionId === null) return;
    for (const [id, { gate }] of this.#live.get(runId)?.servers ?? [])
      if (id !== connectionId) gate.stop({ kind: 'paused', problem: problem('interrupted') });
  }

  #launch(stored: StoredRun, rows: readonly EngineRow[], shown: readonly RunRow[]): Run {
    const run = new LiveRun(stored, shown, this.ports.progress);
    for (const id of new Set(rows.map((row) => row.connection.id))) {
      const mine = rows.filter((row) => row.connection.id === id);
      run.servers.set(id, this.#server(run, mine[0]?.connection ?? this.ports.connection(id), mine));
    }
    this.#live.set(stored.id, run);
    void this.#go(run);
    return run.shown;
  }

  async #go(run: LiveRun): Promise<void> {
    // A pause or cancel in the same turn counts before the first step.
    await Promise.resolve();
    await Promise.all([...run.servers.values()].map((server) => server.go()));
    run.endedAt = this.#now();
    // If an outcome could not be stored, the run is interrupted on the disk, and shown so.
    if (this.#cutOff(run.stored.id)) this.#live.delete(run.stored.id);
    run.tell();
    this.ports.ended(run.stored);
  }

  /** The current moment; by the plain clock if the database cannot be asked (full disk, closed). */
  #now(): number {
    try {
      return this.ports.moments.take();
    } catch {
      return Date.now();
    }
  }

  /** Ends a run on the disk. @returns whether it stays open, because rows have no outcome there */
  #cutOff(runId: string): boolean {
    try {
      const done = this.ports.store.rows(runId).every((row) => row.state === 'done');
      if (done) this.ports.store.end(runId);
      return !done;
    } catch {
      // The disk is full or the program is ending: the next run or start ends it.
      return false;
    }
  }

  #server(run: LiveRun, connection: Connection, rows: readonly EngineRow[]): ServerRun {
    return new ServerRun(
      {
        connection,
        writer: this.ports.writer,
        server: this.ports,
        resends: this.ports.resends,
        noteReach: (why) => this.ports.noteReach(connection.id, why),
        changed: () => run.tellSoon(),
        tell: (row, state, judged) =>
          run.put({ ...waiting(row), state, result: judged && shownJudged(judged) }),
      },
      rows,
    );
  }

  #servers(runId: string, connectionId: ConnectionId | null): ServerRun[] {
    const run = this.#live.get(runId);
    if (!run || run.endedAt !== null) return [];
    return [...run.servers]
      .filter(([id]) => connectionId === null || id === connectionId)
      .map(([, server]) => server);
  }

  #engineRow(stored: StoredRun, row: StoredRunRow): EngineRow {
    const connection = recordsOf(this.ports.connection(row.connectionId), row.collection);
    const { collection } = connection;
    const edits = this.ports.store.edits(stored.id, row.changeId, connection) ?? fail('sealed-unreadable');
    const { changeId: id, connectionId, remoteId, title } = row;
    return {
      ...this.#common(stored, connection, remoteId),
      change: { id, connectionId, collection, remoteId, title, edits, unreadable: [] },
      refused: row.intentSeq,
    };
  }

  #common(stored: StoredRun, connection: RecordsOf, remoteId: string) {
    const hint = this.ports.directory.stored(connection, remoteId)?.stored ?? null;
    return { runId: stored.id, workOrderId: stored.workOrderId, connection, hint };
  }
}
