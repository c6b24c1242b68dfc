import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail } from '../../shared/model/problem';

/** Paces a job so that the rest of the process can run in between. */
export interface Pace {
  /**
   * Call often, preferably through `inTurns`. Returns nothing while there is time left, else a promise to await.
   * @throws ProblemError `cancelled`, in the promise
   */
  tick(): Promise<void> | undefined;
  /** Yields now. @throws ProblemError `cancelled` */
  rest(): Promise<void>;
}

/**
 * Processes items in turns. The work is synchronous, so each item costs only a look at the clock; an async iterator,
 * which awaits each one, takes two to three times as long for 50,000.
 * @throws ProblemError `cancelled`
 */
export async function inTurns<T>(
  items: Iterable<T>,
  pace: { tick(done: number): Promise<void> | undefined },
  work: (item: T, index: number) => void,
): Promise<void> {
  let done = 0;
  for (const item of items) {
    work(item, done);
    done += 1;
    const rest = pace.tick(done);
    if (rest) await rest;
  }
}

/** The longest slice of a job. Typing stays responsive, because saving an edit waits no longer than this. */
export const turnMs = 12;

/** Makes a pace that yields after a number of milliseconds, and ends the job when the signal is aborted. */
export function takeTurns(signal?: AbortSignal, ms = turnMs): Pace {
  let began = performance.now();
  const rest = async (): Promise<void> => {
    await nextTurn();
    if (signal?.aborted) fail('cancelled');
    began = performance.now();
  };
  return {
    tick: () => (performance.now() - began < ms && signal?.aborted !== true ? undefined : rest()),
    rest,
  };
}
