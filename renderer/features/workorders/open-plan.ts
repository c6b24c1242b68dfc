import type { WorkOrderId } from '../../../shared/model/change';
import type { ConnectionId } from '../../../shared/model/connection';
import { currentOrder } from '../../program/work-orders';
import { useWorkspace } from '../../program/workspace';
import { attachRun, type PlanScope, scopeOfRun } from './plan-sessions';
import type { RunView } from './runs';

/** Opens a plan, of the current work order where none is named. `title`: of the record, where it is about one. */
export async function openPlan({
  workOrderId,
  connectionId = null,
  changeId = null,
  title = '',
}: {
  workOrderId?: WorkOrderId;
  connectionId?: ConnectionId | null;
  changeId?: string | null;
  title?: string;
} = {}): Promise<void> {
  const of = workOrderId ?? (await currentOrder()).id;
  openTab({ workOrderId: of, connectionId, changeId }, title);
}

/** Brings the plan in which a run was started to the front; where there is none, one that shows the run. */
export function openRunTab(run: RunView): void {
  const known = scopeOfRun(run.head.id);
  const scope = known ?? { workOrderId: run.head.workOrderId, connectionId: null, changeId: null };
  if (!known) attachRun(scope, run);
  openTab(scope);
}

function openTab(scope: PlanScope, title = ''): void {
  useWorkspace.getState().open({ type: 'plan', ...scope, title });
}
