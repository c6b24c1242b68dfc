import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { ConnectionId } from '../../../shared/model/connection';
import type { RecordRow } from '../../../shared/model/record';
import { ask, patchbay } from '../../bridge';
import { keys } from '../../queries';
import type { GridSort } from './view';

export const windowSize = 200;

export interface DirectoryQuery {
  readonly text: string;
  readonly sort: GridSort | null;
  readonly onlyChanged: boolean;
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
}

/** The rows as they came; undefined where a window is still being asked for. */
function dataOf<T>(answers: UseQueryResult<T>[]): (T | undefined)[] {
  return answers.map((answer) => answer.data);
}

const nothing: DirectoryRows = { total: 0, row: () => undefined, known: false };

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
  const answers = useQueries({
    queries: windows.map((window) => ({
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
    })),
    combine: dataOf,
  });
  const { first } = wanted;
  const now = useMemo((): DirectoryRows | null => {
    const total = answers.find((answer) => answer !== undefined)?.total;
    if (total === undefined) return null;
    return {
      total,
      known: true,
      row: (index) => answers[Math.floor(index / windowSize) - first]?.rows[index % windowSize],
    };
  }, [answers, first]);
  const before = useRef(nothing);
  useEffect(() => {
    if (now) before.current = now;
  }, [now]);
  return now ?? before.current;
}
