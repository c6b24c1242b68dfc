import type { ChangeId, WorkOrderId } from '../../shared/model/change';
import type { Connection, ConnectionId } from '../../shared/model/connection';
import type { Run, RunHead, RunRow, RunServer } from '../../shared/model/plan';
import { fail, type Problem, type ProblemCode, problem } from '../../shared/model/problem';
import type { Directory } from '../directory/directory';
import type { ServerPort } from '../drivers/server-port';
import { shownResult } from '../journal/shown';
import type { Planner } from './planner';
import type { EngineRow, JudgedRow, RowWriter } from './row-writer';
import type { RunStore, StoredRun, StoredRunRow } from './run-store';
import { ServerRun } from './server-run';

export interface RunsPorts extends ServerPort {
  readonly planner: Planner;
  readonly writer: RowWriter;
  readonly store: RunStore;
  readonly directory: Directory;
  readonly connection: (id: ConnectionId) => Connection;
  /** Told as it goes, gathered: the run's head, and the rows that changed since the last time. */
  readonly progress: (head: RunHead, rows: readonly RunRow[]) => void;
  readonly noteReach: (id: ConnectionId, problem: Problem) => void;
  /** A run has come to its end. */
  readonly ended: (run: StoredRun) => void;
  /** Gives intents that have no outcome one. */
  readonly closeInterrupted: () => void;
}

interface LiveRun {
  readonly stored: StoredRun;
  endedAt: number | null;
  readonly rows: Map<ChangeId, RunRow>;
  readonly servers: Map<ConnectionId, ServerRun>;
  readonly changed: Set<ChangeId>;
  timer: NodeJS.Timeout | null;
}

// A person sees no difference below this, and a message for each step of each row would be most of the work.
const tellEveryMs = 60;

/** Applies planned rows, servers side by side; pauses, resumes and cancels them; takes up runs that a crash cut off. */
export class Runs {
  readonly #live = new Map<string, LiveRun>();

  constructor(private readonly ports: RunsPorts) {}

  /** Whether anything is being written now. */
  get busy(): boolean {
    return [...this.#live.values()].some((run) => run.endedAt === null);
  }

  /** Whether a connection's rows go on just now; false while they are halted. */
  works(connectionId: ConnectionId): boolean {
    return [...this.#live.values()].some((run) => {
      const server = run.endedAt === null ? run.servers.get(connectionId) : undefined;
      if (!server || server.ended) return false;
      const rows = [...run.rows.values()].filter((row) => row.connectionId === connectionId);
      return server.gate.open || rows.some(underWay);
    });
  }

  /**
   * Starts a run over ready rows of a plan and returns at once; progress is told as it goes.
   * @throws ProblemError `busy` while a run goes on, `not-found` for a plan or row that is gone
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
    const stored = this.ports.store.create(plan.workOrderId, planned);
    const rows = planned.map(
      (row): EngineRow => ({
        ...this.#common(stored, row.connection, row.change.remoteId),
        change: row.change,
      }),
    );
    return this.#launch(stored, rows, rows.map(waiting));
  }

  /**
   * Takes up a run that was cut off: its waiting rows are written as they were confirmed, nothing is repeated.
   * @throws ProblemError `sealed-unreadable` while a secret of it cannot be opened
   */
  takeUp(runId: string): Run {
    if (this.#live.has(runId))
      return this.#shown(this.#live.get(runId) ?? fail('not-found', { what: 'run' }));
    if (this.busy) fail('busy', { name: 'apply' });
    const stored = this.ports.store.get(runId) ?? fail('not-found', { what: 'run' });
    this.ports.closeInterrupted();
    const all = this.ports.store.rows(runId);
    const rows = all.filter((row) => row.state === 'waiting').map((row) => this.#engineRow(stored, row));
    return this.#launch(
      stored,
      rows,
      all.map((row) => this.#shownRow(row)),
    );
  }

  pause(runId: string, connectionId: ConnectionId | null): void {
    for (const server of this.#servers(runId, connectionId))
      server.gate.stop({ kind: 'paused', problem: null });
  }

  /** Lets a run go on; one that was cut off is taken up. */
  resume(runId: string, connectionId: ConnectionId | null): void {
    this.#takeUpFor(runId, connectionId);
    for (const server of this.#servers(runId, connectionId)) server.goOn();
  }

  /** Ends a run between rows: what has begun is finished and read back, the rest is `cancelled`. */
  cancel(runId: string, connectionId: ConnectionId | null): void {
    this.#takeUpFor(runId, connectionId);
    for (const server of this.#servers(runId, connectionId)) server.gate.cancel();
  }

  /** Pauses every run, as before a sleep; what has begun is finished. */
  pauseAll(why: ProblemCode | null = null): void {
    for (const run of this.#live.values()) {
      if (run.endedAt !== null) continue;
      const halt = { kind: 'paused', problem: why && problem(why) } as const;
      for (const server of run.servers.values()) server.gate.stop(halt);
    }
  }

  /** Pauses every run and waits, for a while, until the rows that have begun have their outcomes. */
  async quiet(withinMs = 30_000): Promise<void> {
    this.pauseAll();
    const until = Date.now() + withinMs;
    while (
      Date.now() < until &&
      [...this.#live.values()].some((run) => [...run.rows.values()].some(underWay))
    ) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  get(runId: string): Run | null {
    const live = this.#live.get(runId);
    if (live) return this.#shown(live);
    const stored = this.ports.store.get(runId);
    return stored ? this.#fromStore(stored) : null;
  }

  /** The newest run of a work order. */
  newest(workOrderId: WorkOrderId): Run | null {
    const stored = this.ports.store.newest(workOrderId);
    return stored ? this.get(stored.id) : null;
  }

  /** Runs that have not come to their end: going on, or cut off. */
  unfinished(): Run[] {
    return this.ports.store.unfinished().flatMap((stored) => this.get(stored.id) ?? []);
  }

  /**
   * Ends the runs of which nothing is left to write: at start, after interrupted writes got their outcome, and before a
   * new run.
   */
  closeFinished(): void {
    for (const stored of this.ports.store.unfinished()) {
      if (this.#live.get(stored.id)?.endedAt === null) continue;
      if (this.ports.store.rows(stored.id).every((row) => row.state === 'done'))
        this.ports.store.end(stored.id);
    }
  }

  /** Tells again how a row stands, after it was decided by reading. */
  decided(runId: string, changeId: ChangeId): void {
    const live = this.#live.get(runId);
    const row = this.ports.store.rows(runId).find((one) => one.changeId === changeId);
    if (!live || !row) return;
    live.rows.set(changeId, this.#shownRow(row));
    this.#tell(live, changeId);
  }

  /** Takes up a run that was cut off. Where one of its servers is meant, the others stay halted. */
  #takeUpFor(runId: string, connectionId: ConnectionId | null): void {
    if (this.#live.has(runId)) return;
    this.takeUp(runId);
    if (connectionId === null) return;
    for (const [id, { gate }] of this.#live.get(runId)?.servers ?? [])
      if (id !== connectionId) gate.stop({ kind: 'paused', problem: problem('interrupted') });
  }

  #launch(stored: StoredRun, rows: readonly EngineRow[], shown: readonly RunRow[]): Run {
    const run: LiveRun = {
      stored,
      endedAt: null,
      rows: new Map(shown.map((row) => [row.changeId, row])),
      servers: new Map(),
      changed: new Set(),
      timer: null,
    };
    for (const id of new Set(rows.map((row) => row.connection.id))) {
      const mine = rows.filter((row) => row.connection.id === id);
      run.servers.set(id, this.#server(run, mine[0]?.connection ?? this.ports.connection(id), mine));
    }
    this.#live.set(stored.id, run);
    void this.#go(run);
    return this.#shown(run);
  }

  async #go(run: LiveRun): Promise<void> {
    // What is asked for in the same breath, a pause or a cancel, counts before the first step.
    await Promise.resolve();
    await Promise.all([...run.servers.values()].map((server) => server.go()));
    run.endedAt = Date.now();
    // Where an outcome could not be kept, the run stands on the disk as one that was cut off, and is shown as that.
    if (this.#cutOff(run.stored.id)) this.#live.delete(run.stored.id);
    this.#flush(run);
    this.ports.ended(run.stored);
  }

  /** Ends a run on the disk. @returns whether it cannot be ended, because rows of it have no outcome there */
  #cutOff(runId: string): boolean {
    try {
      const done = this.ports.store.rows(runId).every((row) => row.state === 'done');
      if (done) this.ports.store.end(runId);
      return !done;
    } catch {
      // The disk takes nothing now, or the program is ending: the next run, or the next start, ends it.
      return false;
    }
  }

  #server(run: LiveRun, connection: Connection, rows: readonly EngineRow[]): ServerRun {
    return new ServerRun(
      {
        connection,
        writer: this.ports.writer,
        server: this.ports,
        noteReach: (why) => this.ports.noteReach(connection.id, why),
        changed: () => this.#tell(run, null),
        tell: (row, state, judged) => {
          run.rows.set(row.change.id, { ...waiting(row), state, result: judged && shownJudged(judged) });
          this.#tell(run, row.change.id);
        },
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

  #tell(run: LiveRun, changeId: ChangeId | null): void {
    if (changeId) run.changed.add(changeId);
    run.timer ??= setTimeout(() => this.#flush(run), tellEveryMs);
  }

  #flush(run: LiveRun): void {
    if (run.timer) clearTimeout(run.timer);
    run.timer = null;
    const rows = [...run.changed].flatMap((id) => run.rows.get(id) ?? []);
    run.changed.clear();
    try {
      this.ports.progress(head(run), rows);
    } catch {
      // Showing is for the eyes: what becomes of a row must not depend on it.
    }
  }

  #engineRow(stored: StoredRun, row: StoredRunRow): EngineRow {
    const connection = this.ports.connection(row.connectionId);
    const edits = this.ports.store.edits(stored.id, row.changeId, connection) ?? fail('sealed-unreadable');
    const { changeId: id, connectionId, remoteId, title } = row;
    return {
      ...this.#common(stored, connection, remoteId),
      change: { id, connectionId, remoteId, title, edits, unreadable: [] },
    };
  }

  #common(stored: StoredRun, connection: Connection, remoteId: string) {
    const hint = this.ports.directory.stored(connection, remoteId)?.stored ?? null;
    return { runId: stored.id, workOrderId: stored.workOrderId, connection, hint };
  }

  #fromStore(stored: StoredRun): Run {
    const rows = this.ports.store.rows(stored.id);
    const servers = [...new Set(rows.map((row) => row.connectionId))].map((connectionId): RunServer => {
      const done = rows.every((row) => row.connectionId !== connectionId || row.state === 'done');
      const why = done ? null : problem('interrupted');
      return { connectionId, state: done ? 'done' : 'interrupted', problem: why, resumesAt: null };
    });
    const { id, workOrderId, startedAt, endedAt } = stored;
    return { id, workOrderId, startedAt, endedAt, servers, rows: rows.map((row) => this.#shownRow(row)) };
  }

  #shownRow(row: StoredRunRow): RunRow {
    const { changeId, connectionId, remoteId, title, outcome, result } = row;
    const shown = outcome && result ? { outcome, ...shownResult(result) } : null;
    return {
      changeId,
      connectionId,
      remoteId,
      title,
      state: row.state === 'done' ? 'done' : 'waiting',
      result: shown,
    };
  }

  #shown(run: LiveRun): Run {
    return { ...head(run), rows: [...run.rows.values()] };
  }
}

function underWay({ state }: RunRow): boolean {
  return state !== 'waiting' && state !== 'done';
}

function waiting(row: EngineRow): RunRow {
  const { id, connectionId, remoteId, title } = row.change;
  return { changeId: id, connectionId, remoteId, title, state: 'waiting', result: null };
}

function shownJudged({ outcome, result }: JudgedRow) {
  return { outcome, ...shownResult(result) };
}

function head(run: LiveRun): RunHead {
  const { id, workOrderId, startedAt } = run.stored;
  return {
    id,
    workOrderId,
    startedAt,
    endedAt: run.endedAt,
    servers: [...run.servers].map(([connectionId, server]) => serverState(connectionId, server)),
  };
}

function serverState(connectionId: ConnectionId, server: ServerRun): RunServer {
  const { halt } = server.gate;
  if (server.ended) {
    return {
      connectionId,
      state: server.stopped ? 'stopped' : 'done',
      problem: server.stopped,
      resumesAt: null,
    };
  }
  if (!halt) return { connectionId, state: 'running', problem: null, resumesAt: null };
  return {
    connectionId,
    state: halt.kind,
    problem: halt.problem,
    resumesAt: halt.kind === 'waiting' ? halt.until : null,
  };
}
