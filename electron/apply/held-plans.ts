import type { ChangeId, WorkOrderId } from '../../shared/model/change';
import { fail } from '../../shared/model/problem';
import type { PlannedRow } from './planned-row';

export interface HeldPlan {
  readonly id: string;
  readonly workOrderId: WorkOrderId;
  readonly madeAt: number;
  readonly rows: Map<ChangeId, PlannedRow>;
  /** The rows' order. */
  readonly order: readonly ChangeId[];
}

// Plans kept. A plan is applied soon or not at all; older ones are dropped with the records read for them.
const plansKept = 12;
// Rows kept in all; the newest plan may have more. Each row holds its record.
const rowsKept = 60_000;

/** Keeps the newest plans in memory. */
export class HeldPlans {
  readonly #plans = new Map<string, HeldPlan>();

  /** Returns a plan. @throws ProblemError `not-found` if it has been dropped: plan again */
  get(id: string): HeldPlan {
    return this.#plans.get(id) ?? fail('not-found', { what: 'plan' });
  }

  /** Keeps a plan; forgets the oldest ones where there are too many plans or rows. */
  hold(plan: HeldPlan): void {
    this.#plans.set(plan.id, plan);
    const rows = () => [...this.#plans.values()].reduce((sum, { order }) => sum + order.length, 0);
    for (const id of this.#plans.keys()) {
      if (id === plan.id || (this.#plans.size <= plansKept && rows() <= rowsKept)) break;
      this.#plans.delete(id);
    }
  }
}
