import { randomUUID } from 'node:crypto';
import type { ConnectionId } from '../../shared/model/connection';
import type { JobKind, JobPhase, JobProgress } from '../../shared/model/job';
import { fail } from '../../shared/model/problem';
import { type Pace, takeTurns } from './turns';

/** A job's turn-taking, which lets the rest of the process run in between. */
export interface Turn {
  readonly signal: AbortSignal;
  /**
   * Call often, with the amount done. Returns at once, or after yielding if the slice lasted long enough. @throws
   * ProblemError `cancelled`
   */
  tick(done: number): Promise<void> | undefined;
  /** Yields now, after a long slice. @throws ProblemError `cancelled` */
  rest(): Promise<void>;
  /** Reports progress at once. Later `tick`s report the same phase and total. */
  tell(phase: JobPhase, done: number, total: number | null): void;
}

/** The job id chosen by the caller; none if it neither watches nor cancels the job. */
export type GivenId = string | null | undefined;

/** A job. */
export interface JobOf {
  readonly job?: GivenId;
  readonly kind: JobKind;
  readonly connectionId?: ConnectionId;
  /** Cancels it when aborted: its input is being closed. */
  readonly until?: AbortSignal;
}

interface Running {
  readonly kind: JobKind;
  readonly abort: AbortController;
  last?: JobProgress;
}

// `tick` reports nothing sooner than this, and nothing more often.
const toldAfterMs = 300;
const toldEveryMs = 100;

// Ids cancelled before their job began, while it waited for the keychain, say. The oldest are dropped.
const keptCancelled = 100;

const oneAtATime: ReadonlySet<JobKind> = new Set<JobKind>(['verify', 'export', 'archive']);

/** Runs jobs: in turns, with progress, and cancelled by the ids that their callers chose. */
export class Jobs {
  readonly #running = new Map<string, Running>();
  readonly #cancelled = new Set<string>();

  constructor(private readonly progress: (progress: JobProgress) => void) {}

  /**
   * Runs a job in turns.
   * @param total the amount of work in the job's own units; null if unknown
   * @throws ProblemError `cancelled`, `busy` if it, or another of its kind, is running already; or what the work throws
   */
  async run<T>(
    { job: given, kind, connectionId, until }: JobOf,
    total: number | null,
    work: (turn: Turn) => Promise<T>,
  ): Promise<T> {
    const job = given ?? randomUUID();
    if (this.#cancelled.delete(job)) fail('cancelled');
    if (this.#running.has(job)) fail('busy', { name: 'job' });
    if (oneAtATime.has(kind) && this.goesOn(kind)) fail('busy', { name: kind });
    const abort = new AbortController();
    const signal = until ? AbortSignal.any([abort.signal, until]) : abort.signal;
    const running: Running = { kind, abort };
    this.#running.set(job, running);
    const tell = (phase: JobPhase, done: number, of: number | null): void => {
      running.last = { job, kind, connectionId: connectionId ?? null, phase, done, total: of };
      this.progress(running.last);
    };
    const ended = (phase: 'done' | 'failed' | 'cancelled'): void => {
      this.#running.delete(job);
      // A job that reported nothing ends silently too.
      const { last } = running;
      if (last) tell(phase, phase === 'done' ? (last.total ?? last.done) : last.done, last.total);
    };
    try {
      const result = await work(turnOf(takeTurns(signal), signal, total, tell));
      ended('done');
      return result;
    } catch (error) {
      ended(signal.aborted ? 'cancelled' : 'failed');
      throw error;
    }
  }

  /** Returns the running jobs with their last reported progress. */
  list(): JobProgress[] {
    return [...this.#running.values()].flatMap(({ last }) => last ?? []);
  }

  goesOn(kind: JobKind): boolean {
    return [...this.#running.values()].some((one) => one.kind === kind);
  }

  /** Cancels a job at its next turn, or before it begins; a finished one is no error. */
  cancel(job: string): void {
    const running = this.#running.get(job);
    if (running) running.abort.abort();
    else this.#cancelled.add(job);
    for (const oldest of this.#cancelled) {
      if (this.#cancelled.size <= keptCancelled) break;
      this.#cancelled.delete(oldest);
    }
  }

  /** Cancels all; call before the database is closed. */
  stop(): void {
    for (const { abort } of this.#running.values()) abort.abort();
  }
}

function turnOf(pace: Pace, signal: AbortSignal, all: number | null, tell: Turn['tell']): Turn {
  let toldAt = performance.now() + toldAfterMs - toldEveryMs;
  let [phase, total]: [JobPhase, number | null] = ['working', all];
  return {
    signal,
    tick: (done) => {
      const now = performance.now();
      if (now - toldAt >= toldEveryMs) {
        toldAt = now;
        tell(phase, done, total);
      }
      return pace.tick();
    },
    rest: () => pace.rest(),
    tell: (of, done, more) => {
      [phase, total, toldAt] = [of, more, performance.now()];
      tell(phase, done, total);
    },
  };
}
