import { useEffect, useRef } from 'react';
import { tabKey, useWorkspace } from '../../workspace';
import { useAllChanges } from '../connections/queries';
import { type PlanScope, type PlanSession, readPlan } from './plan-sessions';

/**
 * Whether the changes were edited after the plan (or the run) that is shown. Coming back to such a plan makes a new
 * one by itself, once; if it is out of date again it is only said.
 */
export function useStale(scope: PlanScope, { plan, run, readingSince, starting }: PlanSession): boolean {
  const changes = useAllChanges();
  const renewed = useRef(false);
  const key = tabKey({ type: 'plan', ...scope });
  const inFront = useWorkspace(({ tabs, active }) => {
    const front = tabs[active];
    return front !== undefined && tabKey(front) === key;
  });
  const running = starting || (run !== null && run.endedAt === null);
  const since = run?.endedAt ?? plan?.madeAt ?? Number.POSITIVE_INFINITY;
  const stale =
    !running &&
    readingSince === null &&
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
