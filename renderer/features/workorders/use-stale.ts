import { useEffect, useRef } from 'react';
import { tabKey, useWorkspace } from '../../workspace';
import { type PlanScope, type PlanSession, readPlan } from './plan-sessions';
import { useChangesOf } from './queries';
import type { RunView } from './runs';

/**
 * Whether the changes were edited after the plan (or the run) that is shown. Coming back to such a plan makes a new
 * one by itself, once; if it is out of date again it is only said.
 */
export function useStale(
  scope: PlanScope,
  { plan, readingSince, starting, settling }: PlanSession,
  run: RunView | null,
): boolean {
  const changes = useChangesOf(scope.workOrderId);
  const renewed = useRef(false);
  const key = tabKey({ type: 'plan', title: '', ...scope });
  const inFront = useWorkspace(({ tabs, active }) => {
    const front = tabs[active];
    return front !== undefined && tabKey(front) === key;
  });
  const busy = starting || settling !== null || readingSince !== null || run?.head.endedAt === null;
  const since = run?.head.endedAt ?? plan?.madeAt ?? Number.POSITIVE_INFINITY;
  const stale =
    !busy &&
    changes.some(
      (change) =>
        change.updatedAt > since &&
        (scope.connectionId === null || change.connectionId === scope.connectionId) &&
        (scope.changeId === null || change.id === scope.changeId),
    );
  useEffect(() => {
    if (!inFront) renewed.current = false;
    if (!inFront || !stale || renewed.current) return;
    renewed.current = true;
    void readPlan(scope);
  }, [inFront, stale, scope]);
  return stale;
}
