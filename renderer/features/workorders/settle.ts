import type { PlanField, PlanRow } from '../../../shared/model/plan';
import { ask, patchbay, problemOf } from '../../bridge';
import { type PlanScope, readPlan, sessionOf, setSession } from './plan-sessions';

/** One field of one row that somebody changed on the server meanwhile. */
export interface Conflict {
  readonly row: PlanRow;
  readonly field: PlanField;
}

export type Keep = 'mine' | 'theirs';

/** All conflicts among some rows. */
export function conflictsIn(rows: readonly PlanRow[]): readonly Conflict[] {
  return rows
    .filter((row) => row.status === 'conflict')
    .flatMap((row) =>
      row.fields.filter(({ verdict }) => verdict === 'conflict').map((field) => ({ row, field })),
    );
}

/** Settles conflicts one after the other, then plans again, once. What was settled stays so if one of them fails. */
export async function settle(scope: PlanScope, conflicts: readonly Conflict[], keep: Keep): Promise<void> {
  const { plan, settling } = sessionOf(scope);
  if (!plan || settling || conflicts.length === 0) return;
  const all = conflicts.length;
  let done = 0;
  setSession(scope, { settling: { done, all }, problem: null });
  try {
    for (const { row, field } of conflicts) {
      await ask(
        patchbay.changes.settle({ planId: plan.id, changeId: row.changeId, field: field.field, keep }),
      );
      done += 1;
      setSession(scope, { settling: { done, all } });
    }
    setSession(scope, { settling: null });
    await readPlan(scope);
  } catch (error) {
    const problem = problemOf(error);
    setSession(scope, { settling: null });
    await readPlan(scope);
    setSession(scope, { problem });
  }
}
