import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { ConnectionId } from '../../../shared/model/connection';
import { type Problem, problemOf } from '../../../shared/model/problem';
import type { RecordRow } from '../../../shared/model/record';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';
import { type GridSort, useInFront } from './view';

export const windowSize = 200;

export interface DirectoryQuery {
  readonly text: string;
  readonly sort: GridSort | null;
  readonly onlyChanged: boolean;
  readonly onlySelected: boolean;
  readonly columns: readonly string[];
}

/** The windows of rows that are wanted, by number: the first and the last. */
export interface WantedWindows {
  readonly first: number;
  readonly last: number;
}

export interface DirectoryRows {
  readonly total: number;
  /** A row by its place, undefined while it is being asked for. */
  readonly row: (index: number) => RecordRow | undefined;
  /** False until the first answer ever. */
  readonly known: boolean;
  /** Why there are none, where asking went wrong. */
  readonly problem: Problem | null;
}

const nothing: DirectoryRows = { total: 0, row: () => undefined, known: false, problem: null };

/**
 * One window of a directory's rows as a query. Edits in other tabs make it stale with every letter; it is asked for
 * again when somebody looks at it.
 */
export function windowQuery(
  connectionId: ConnectionId,
  query: DirectoryQuery,
  window: number,
  enabled: boolean,
) {
  return {
    queryKey: keys.directoryPage(connectionId, query, window),
    queryFn: () =>
      ask(
        patchbay.directory.page({
          connectionId,
          ...query,
          columns: [...query.columns],
          offset: window * windowSize,
          limit: windowSize,
        }),
      ),
    gcTime: 60_000,
    enabled,
  };
}

type Answered = Awaited<ReturnType<ReturnType<typeof windowQuery>['queryFn']>>;

/** The rows as they came, undefined where a window is still being asked for, and the first thing that went wrong. */
function combine(answers: UseQueryResult<Answered>[]) {
  return {
    pages: answers.map((answer) => answer.data),
    error: answers.find((answer) => answer.error)?.error ?? null,
  };
}

/**
 * The rows of a directory, asked for in windows around what is on the screen. What was shown stays until the first
 * window of a new question is answered, so that filtering and sorting do not flicker.
 */
export function useDirectoryRows(
  connectionId: ConnectionId,
  query: DirectoryQuery,
  wanted: WantedWindows,
): DirectoryRows {
  const windows = Array.from({ length: wanted.last - wanted.first + 1 }, (_, i) => wanted.first + i);
  const inFront = useInFront(connectionId);
  const { pages, error } = useQueries({
    queries: windows.map((window) => windowQuery(connectionId, query, window, inFront)),
    combine,
  });
  const { first } = wanted;
  const now = useMemo((): DirectoryRows | null => {
    const total = pages.find((page) => page !== undefined)?.total;
    if (total === undefined) return error ? { ...nothing, known: true, problem: problemOf(error) } : null;
    return {
      total,
      known: true,
      row: (index) => pages[Math.floor(index / windowSize) - first]?.rows[index % windowSize],
      problem: null,
    };
  }, [pages, error, first]);
  const before = useRef(nothing);
  useEffect(() => {
    if (now) before.current = now;
  }, [now]);
  return now ?? before.current;
}
