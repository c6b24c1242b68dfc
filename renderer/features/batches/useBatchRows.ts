import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { BatchId, BatchRow } from '../../../shared/model/batch';
import { type Problem, problemOf } from '../../../shared/model/problem';
import { ask, patchbay } from '../../program/bridge';
import { type BatchFilter, filterKey } from './filter';

export const windowSize = 100;

/** The windows of rows that are wanted, by number: the first and the last. */
export interface WantedWindows {
  readonly first: number;
  readonly last: number;
}

export interface BatchRows {
  /** A row by its place among those that the filter leaves; undefined while it is being asked for. */
  readonly row: (index: number) => BatchRow | undefined;
  readonly total: number;
  /** Which question the rows answer; they stay until the next is answered. */
  readonly of: string;
  readonly problem: Problem | null;
}

type Answered = { readonly total: number; readonly rows: readonly BatchRow[] };

function combine(answers: UseQueryResult<Answered>[]) {
  return {
    pages: answers.map((answer) => answer.data),
    error: answers.find((answer) => answer.error)?.error ?? null,
  };
}

/** The rows of a batch, asked for in windows around what is on the screen; those far from it are let go. */
export function useBatchRows(batchId: BatchId, filter: BatchFilter, wanted: WantedWindows): BatchRows {
  const of = `${batchId} ${filterKey(filter)}`;
  const windows = Array.from({ length: wanted.last - wanted.first + 1 }, (_, i) => wanted.first + i);
  const { pages, error } = useQueries({
    queries: windows.map((window) => ({
      queryKey: ['batch', of, window],
      queryFn: () =>
        ask(
          patchbay.batches.rows({
            batchId,
            status: filter.by === 'status' ? filter.status : null,
            ...(filter.by === 'problem' ? { problem: filter.problem } : {}),
            offset: window * windowSize,
            limit: windowSize,
          }),
        ),
      // A batch never changes.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5_000,
    })),
    combine,
  });
  const { first } = wanted;
  const now = useMemo((): BatchRows | null => {
    const total = pages.find((page) => page !== undefined)?.total;
    if (total === undefined)
      return error ? { of, total: 0, row: () => undefined, problem: problemOf(error) } : null;
    return {
      of,
      total,
      row: (index) => pages[Math.floor(index / windowSize) - first]?.rows[index % windowSize],
      problem: null,
    };
  }, [of, pages, error, first]);
  const before = useRef<BatchRows>({ of: '', total: 0, row: () => undefined, problem: null });
  useEffect(() => {
    if (now) before.current = now;
  }, [now]);
  return now ?? before.current;
}
