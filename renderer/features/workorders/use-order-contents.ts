import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { WorkOrder } from '../../../shared/model/change';
import type { Run } from '../../../shared/model/plan';
import { changeCountsQuery, newestRunQuery } from '../../program/work-orders';
import type { OrderContents } from './order-items';
import { type RunView, useRuns } from './runs';

/** What the unfolded work orders hold: how many changes of each connection, and what became of their last run. */
export function useOrderContents(
  orders: readonly WorkOrder[],
  shownRuns: ReadonlySet<string>,
): ReadonlyMap<string, OrderContents> {
  const changes = useQueries({ queries: orders.map(({ id }) => changeCountsQuery(id)) });
  const newest = useQueries({ queries: orders.map(({ id }) => newestRunQuery(id)) });
  const runs = useRuns((state) => state.runs);
  const changesData = changes.map(({ data }) => data);
  const newestData = newest.map(({ data }) => data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lists are new at every render, what is in them is not
  return useMemo(
    () =>
      new Map(
        orders.map((order, at): [string, OrderContents] => {
          const run = newestData[at];
          return [
            order.id,
            {
              changes: changesData[at],
              // What is told as it goes is newer than what was asked for.
              run: run ? (runs[run.id] ?? viewOf(run)) : null,
              shown: shownRuns.has(order.id),
            },
          ];
        }),
      ),
    [orders, runs, shownRuns, ...changesData, ...newestData],
  );
}

function viewOf({ rows, ...head }: Run): RunView {
  return { head, rows: new Map(rows.map((row) => [row.changeId, row])) };
}
