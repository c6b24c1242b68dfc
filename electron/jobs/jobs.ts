import { randomUUID } from 'node:crypto';
import type { ConnectionId } from '../../shared/model/connection';
import type { JobKind, JobPhase, JobProgress } from '../../shared/model/job';
import { fail } from '../../shared/model/problem';
import { type Pace, takeTurns } from './turns';

/** Hands a long piece of work its turns, so that everything else in the process goes on beside it. */
export interface Turn {
  readonly signal: AbortSignal;
  /**
   * Call often, with how much is done. Comes back at once, or after the others had their turn where this one lasted
   * long enough. @throws ProblemError `cancelled`
   */
  tick(done: number): Promise<void> | undefined;
  /** Gives way now: after a slice that took its time. @throws ProblemError `cancelled` */
  rest(): Promise<void>;
  /** Tells at once how far it is. What `tick` tells later is of the same phase and total. */
  tell(phase: JobPhase, done: number, total: number | null): void;
}

/** The id that whoever asked gave a piece of work; none from one who neither watches nor cancels it. */
export type GivenId = string | null | undefined;

/** A long piece of work. */
export interface JobOf {
  readonly job?: GivenId;
  readonly kind: JobKind;
  /** The connection that it is about, where it is about one as a whole. */
  readonly connectionId?: ConnectionId;
  /** Ends it like a cancel when aborted: what it reads is being closed. */
  readonly until?: AbortSignal;
}

interface Running {
  readonly kind: JobKind;
  readonly abort: AbortController;
  /** What was told of it last. */
  last?: JobProgress;
}

// What is done sooner is not told of by `tick`, and then at most this often.
const toldAfterMs = 300;
const toldEveryMs = 100;

// Ids that were cancelled before their work began, while it waited for the keychain, say. The oldest are forgotten.
const keptCancelled = 100;

const oneAtATime: ReadonlySet<JobKind> = new Set<JobKind>(['verify', 'export', 'archive']);

/** Long pieces of work: in turns, with progress, and cancelled by the id that whoever asked gave them. */
export class Jobs {
  readonly #running = new Map<string, Running>();
  readonly #cancelled = new Set<string>();

  constructor(private readonly progress: (progress: JobProgress) => void) {}

  /**
   * Does a piece of work in turns.
   * @param total how much there is to do, in the work's own units; null where nobody knows
   * @throws ProblemError `cancelled` where it was cancelled, `busy` where it, or its kind, goes on already; or what the
   *   work throws
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
      // What was done before anything was told of it ends without a word, too.
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

  /** What goes on, as far as anything was told of it. */
  list(): JobProgress[] {
    return [...this.#running.values()].flatMap(({ last }) => last ?? []);
  }

  goesOn(kind: JobKind): boolean {
    return [...this.#running.values()].some((one) => one.kind === kind);
  }

  /** Cancels a piece of work at its next turn, or before it begins; one that is over is no error. */
  cancel(job: string): void {
    const running = this.#running.get(job);
    if (running) running.abort.abort();
    else this.#cancelled.add(job);
    for (const oldest of this.#cancelled) {
      if (this.#cancelled.size <= keptCancelled) break;
      this.#cancelled.delete(oldest);
    }
  }

  /** Cancels all; before the database is closed. */
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
