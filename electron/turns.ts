import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail } from '../shared/model/problem';

/** How a long piece of work lets everything else in the process go on beside it. */
export interface Pace {
  /**
   * Call often. Gives nothing while there is time left, else a promise to await before going on.
   * @throws ProblemError `cancelled`, in the promise
   */
  tick(): Promise<void> | undefined;
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
  };
}
