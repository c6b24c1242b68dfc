import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';
import { tabKey, useWorkspace } from '../../program/workspace';
import { type PlanScope, type PlanSession, readPlan } from './plan-sessions';
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
  const renewed = useRef(false);
  const key = tabKey({ type: 'plan', title: '', ...scope });
  const inFront = useWorkspace(({ tabs, active }) => {
    const front = tabs[active];
    return front !== undefined && tabKey(front) === key;
  });
  const busy = starting || settling || readingSince !== null || run?.head.endedAt === null;
  const since = run?.head.endedAt ?? plan?.madeAt;
  const { data: edited } = useQuery({
    queryKey: keys.editedSince(scope, since),
    queryFn: () => ask(patchbay.changes.editedSince({ ...scope, moment: since ?? 0 })),
    enabled: since !== undefined,
  });
  const stale = !busy && since !== undefined && edited === true;
  useEffect(() => {
    if (!inFront) renewed.current = false;
    if (!inFront || !stale || renewed.current) return;
    renewed.current = true;
    void readPlan(scope);
  }, [inFront, stale, scope]);
  return stale;
}
