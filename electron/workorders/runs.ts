import { randomUUID } from 'node:crypto';
import type { ChangeId } from '../../shared/model/change';
import type { ConnectionId } from '../../shared/model/connection';
import type { RowOutcome, Run, RunRow } from '../../shared/model/plan';
import { fail, type Problem, type ProblemCode, problem } from '../../shared/model/problem';
import type { ServerPort } from '../drivers/server-port';
import { problemOf } from '../storage/problems';
import type { PlannedRow, Planner } from './planner';
import type { RowWriter, WrittenRow } from './row-writer';

export interface RunsPorts extends ServerPort {
  readonly planner: Planner;
  readonly writer: RowWriter;
  readonly progress: (run: Run) => void;
  /** An answer that tells of a server being there or locking us out. */
  readonly noteReach: (id: ConnectionId, problem: Problem) => void;
}

/** What is wrong with one row only: the others of its server are tried all the same. */
const rowsOwn: ReadonlySet<ProblemCode> = new Set(['invalid-input', 'not-found', 'unexpected-answer']);

interface LiveRun {
  readonly id: string;
  readonly planId: string;
  readonly startedAt: number;
  endedAt: number | null;
  readonly rows: Map<ChangeId, RunRow>;
  readonly abort: AbortController;
}

/**
 * Applies planned rows: servers side by side, the rows of one server one after another. A row's own failure does not
 * stop the next; a server that refuses the account, or is gone, stops its remaining rows.
 */
export class Runs {
  readonly #runs = new Map<string, LiveRun>();

  constructor(private readonly ports: RunsPorts) {}

  /** Starts a run over the ready rows named and returns at once; progress is told as it goes. */
  start(planId: string, changeIds: readonly ChangeId[]): Run {
    const plan = this.ports.planner.get(planId);
    if ([...this.#runs.values()].some((run) => run.endedAt === null)) fail('busy', { name: 'apply' });
    // A row named twice would be written twice.
    const rows = [...new Set(changeIds)].map(
      (id) => plan.rows.get(id) ?? fail('not-found', { what: 'change' }),
    );
    if (rows.some((row) => row.comparison.status !== 'ready')) fail('invalid-input', { field: 'changeIds' });
    const run: LiveRun = {
      id: randomUUID(),
      planId,
      startedAt: Date.now(),
      endedAt: null,
      rows: new Map(rows.map((row) => [row.change.id, waiting(row)])),
      abort: new AbortController(),
    };
    this.#runs.set(run.id, run);
    void this.#go(run, rows);
    return shown(run);
  }

  /** Stops a run between rows: what is being written is finished and read back first. */
  cancel(runId: string): void {
    this.#runs.get(runId)?.abort.abort();
  }

  get(runId: string): Run | null {
    const run = this.#runs.get(runId);
    return run ? shown(run) : null;
  }

  /** Whether anything is being written now. */
  get busy(): boolean {
    return [...this.#runs.values()].some((run) => run.endedAt === null);
  }

  async #go(run: LiveRun, rows: readonly PlannedRow[]): Promise<void> {
    const servers = new Map<ConnectionId, PlannedRow[]>();
    for (const row of rows) servers.set(row.connection.id, [...(servers.get(row.connection.id) ?? []), row]);
    await Promise.allSettled([...servers.values()].map((group) => this.#server(run, group)));
    run.endedAt = Date.now();
    this.#show(run);
  }

  async #server(run: LiveRun, rows: readonly PlannedRow[]): Promise<void> {
    let stop: Problem | null = null;
    for (const row of rows) {
      if (run.abort.signal.aborted) {
        this.#notWritten(run, row, 'cancelled', problem('cancelled'));
      } else if (stop) {
        const why = problem('stopped-by-server', { reason: stop.code }, stop.serverMessage);
        this.#notWritten(run, row, 'skipped', why);
      } else {
        stop = await this.#row(run, row);
      }
    }
  }

  /** @returns why the server's other rows must not be tried, or null */
  async #row(run: LiveRun, row: PlannedRow): Promise<Problem | null> {
    const step = (state: RunRow['state']): void => this.#tell(run, row, state, null);
    const written: WrittenRow[] = [];
    try {
      // The run's own signal is not handed on: a write that has begun is always finished and read back.
      await this.ports.withServer(row.connection, new AbortController().signal, async (driver, context) => {
        written.push(await this.ports.writer.write(row, run.id, driver, context, step));
      });
    } catch (error) {
      // Only what comes before the intent throws in the writer: nothing was sent.
      if (written.length === 0) return this.#notBegun(run, row, problemOf(error));
    }
    const [done] = written;
    if (!done) return null;
    this.#tell(run, row, 'done', done.result);
    const { outcome, problem: why } = done.result;
    const tells = done.stop ?? (outcome === 'skipped' || outcome === 'unknown' ? why : null);
    if (tells) this.ports.noteReach(row.connection.id, tells);
    return done.stop;
  }

  #notBegun(run: LiveRun, row: PlannedRow, why: Problem): Problem | null {
    this.#notWritten(run, row, 'skipped', why);
    return rowsOwn.has(why.code) ? null : why;
  }

  #notWritten(run: LiveRun, row: PlannedRow, outcome: 'skipped' | 'cancelled', why: Problem): void {
    let result: RowOutcome = { outcome, problem: why, notStored: [], sideEffects: [], unverifiable: [] };
    try {
      result = this.ports.writer.notWritten(row, outcome, why);
    } catch {
      // The journal takes nothing now. That nothing was sent is true all the same, and is said here at least.
    }
    this.#tell(run, row, 'done', result);
  }

  #tell(run: LiveRun, row: PlannedRow, state: RunRow['state'], result: RowOutcome | null): void {
    run.rows.set(row.change.id, { ...waiting(row), state, result });
    this.#show(run);
  }

  /** Showing is for the eyes: where it fails, what becomes of a row must not depend on it. */
  #show(run: LiveRun): void {
    try {
      this.ports.progress(shown(run));
    } catch {
      // The window asks for the run again when it comes back.
    }
  }
}

function waiting(row: PlannedRow): RunRow {
  const { id, connectionId, remoteId, title } = row.change;
  return { changeId: id, connectionId, remoteId, title, state: 'waiting', result: null };
}

function shown(run: LiveRun): Run {
  const { id, planId, startedAt, endedAt } = run;
  return { id, planId, startedAt, endedAt, rows: [...run.rows.values()] };
}
