import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail } from '../../shared/model/problem';

/** How a long piece of work lets everything else in the process go on beside it. */
export interface Pace {
  /**
   * Call often, at best by `inTurns`. Gives nothing while there is time left, else a promise to await before going on.
   * @throws ProblemError `cancelled`, in the promise
   */
  tick(): Promise<void> | undefined;
  /** Gives way now. @throws ProblemError `cancelled` */
  rest(): Promise<void>;
}

/**
 * Does something with each item, in turns. The work is synchronous: asking the clock after each item is all that it costs,
 * where an async iterator waits for every single one and takes two to three times as long for 50,000.
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

/** How long one piece of work keeps the process. A letter typed meanwhile is stored before it is missed. */
export const turnMs = 12;

/** A pace that gives way after so many milliseconds, and ends the work where the signal is aborted. */
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
