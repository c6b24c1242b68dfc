import { fail } from '../../shared/model/problem';
import { takeTurns } from '../turns';

/** Hands a long piece of work its turns, so that everything else in the process goes on beside it. */
export interface Turn {
  readonly signal: AbortSignal;
  /**
   * Call often, with how much is done. Comes back at once, or after the others had their turn where this one lasted
   * long enough. @throws ProblemError `cancelled`
   */
  tick(done: number): Promise<void> | undefined;
}

type Progress = (progress: { job: string; done: number; total: number | null }) => void;

// What is done sooner is not told of, and then at most this often.
const toldAfterMs = 300;
const toldEveryMs = 100;

/** Long pieces of work: in turns, with progress, and cancelled by the id that whoever asked gave them. */
export class Jobs {
  readonly #running = new Map<string, AbortController>();

  constructor(private readonly progress: Progress) {}

  /**
   * Does a piece of work in turns.
   * @param total how much there is to do, in the work's own units; null where nobody knows
   * @throws ProblemError `cancelled` where it was cancelled, or what the work throws
   */
  async run<T>(job: string, total: number | null, work: (turn: Turn) => Promise<T>): Promise<T> {
    if (this.#running.has(job)) fail('busy', { name: 'job' });
    const abort = new AbortController();
    this.#running.set(job, abort);
    try {
      return await work(this.#turn(job, total, abort.signal));
    } finally {
      this.#running.delete(job);
    }
  }

  /** Cancels a piece of work at its next turn; one that is over is no error. */
  cancel(job: string): void {
    this.#running.get(job)?.abort();
  }

  /** Cancels all; before the database is closed. */
  stop(): void {
    for (const abort of this.#running.values()) abort.abort();
  }

  #turn(job: string, total: number | null, signal: AbortSignal): Turn {
    const pace = takeTurns(signal);
    let told = performance.now() + toldAfterMs - toldEveryMs;
    return {
      signal,
      tick: (done) => {
        const now = performance.now();
        if (now - told >= toldEveryMs) {
          told = now;
          this.progress({ job, done, total });
        }
        return pace.tick();
      },
    };
  }
}
