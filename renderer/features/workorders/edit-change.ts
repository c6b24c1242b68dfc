import type { WorkOrderId } from '../../../shared/model/change';
import type { PlanRow } from '../../../shared/model/plan';
import { ask, patchbay } from '../../program/bridge';
import { currentOrder } from '../../program/work-orders';
import { useWorkspace } from '../../program/workspace';

/**
 * Opens the editor of a change's record. The editor shows the current work order's edits, so the change's own is made
 * the current one.
 */
export async function editChange(
  workOrderId: WorkOrderId,
  { connectionId, remoteId, title }: Pick<PlanRow, 'connectionId' | 'remoteId' | 'title'>,
  page: string | null,
): Promise<void> {
  if ((await currentOrder()).id !== workOrderId) await ask(patchbay.workOrders.makeCurrent({ workOrderId }));
  useWorkspace.getState().open({ type: 'editor', connectionId, remoteId, title, page });
}
