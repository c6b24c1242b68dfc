import { type Problem, problemOf } from '../../../shared/model/problem';
import { ask, patchbay } from '../../program/bridge';
import type { Which } from './conflicts';
import { type PlanScope, readPlan, sessionOf, setSession } from './plan-sessions';

export type Keep = 'mine' | 'theirs';

/** Settles conflicts of the plan shown, all or none, then plans again. */
export async function settle(scope: PlanScope, which: Which, keep: Keep): Promise<void> {
  const { plan, settling } = sessionOf(scope);
  if (!plan || settling) return;
  setSession(scope, { settling: true, problem: null });
  let problem: Problem | null = null;
  try {
    await ask(patchbay.changes.settle({ planId: plan.id, ...which, keep }));
  } catch (error) {
    problem = problemOf(error);
  }
  setSession(scope, { settling: false });
  await readPlan(scope);
  if (problem) setSession(scope, { problem });
}
