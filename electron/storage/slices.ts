import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail } from '../../shared/model/problem';
import { turnMs } from '../jobs/turns';
import { type Database, inTransaction } from './database';

export interface SliceOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many items are done, after each slice. */
  readonly done?: (count: number) => void;
}

/**
 * Runs one of many transactions that count only together, of which a power cut may take the end, never one in the
 * middle: waiting for the disk after each of a few hundred is most of what they would cost. The next commit that is
 * synced (what makes them count is one) syncs them all, because they stand before it in the same log.
 */
export function inSlice<T>(database: Database, work: () => T): T {
  database.exec('PRAGMA synchronous = NORMAL');
  try {
    return inTransaction(database, work);
  } finally {
    // Refused inside a transaction, which is still there only where not even rolling back went well.
    database.exec('PRAGMA synchronous = FULL');
  }
}

/**
 * Writes many items in small transactions, so that between two of them everything else has its turn; what is typed
 * meanwhile is in a transaction of its own. What must be seen whole or not at all has to be made so by the caller.
 * @throws ProblemError `cancelled`; the slices before it are stored
 */
export async function inSlices<T>(
  database: Database,
  items: Iterable<T>,
  work: (item: T) => void,
  { signal, done }: SliceOptions = {},
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let count = 0;
  let next = iterator.next();
  while (!next.done) {
    if (signal?.aborted) fail('cancelled');
    const began = performance.now();
    inSlice(database, () => {
      while (!next.done && performance.now() - began < turnMs) {
        work(next.value);
        count += 1;
        next = iterator.next();
      }
    });
    done?.(count);
    await nextTurn();
  }
  if (signal?.aborted) fail('cancelled');
}
