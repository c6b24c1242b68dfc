import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail } from '../../shared/model/problem';
import { turnMs } from '../jobs/turns';
import { type Database, inTransaction } from './database';

export interface SliceOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each slice with the number of items done. */
  readonly done?: (count: number) => void;
}

/**
 * Runs one of many transactions that only count together. A power cut may lose the last ones, never one in the middle:
 * syncing each of a few hundred would take most of their time. The next synced commit, usually the one that makes them
 * count, syncs them all, because they precede it in the same log.
 */
export function inSlice<T>(database: Database, work: () => T): T {
  database.exec('PRAGMA synchronous = NORMAL');
  try {
    return inTransaction(database, work);
  } finally {
    // Refused inside a transaction, which remains open only if even the rollback failed.
    database.exec('PRAGMA synchronous = FULL');
  }
}

/**
 * Writes many items in small transactions, so that other work, such as saving an edit, runs in between. The caller must
 * make it atomic where that is needed.
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
