import type { ChangeId, WorkOrderId } from '../../../shared/model/change';
import { ask, patchbay } from '../../bridge';

// So that no one message keeps the main process from storing what is typed meanwhile.
const movedAtOnce = 500;

/** Moves prepared changes to another work order, some at a time; what was moved stays so if one of them fails. */
export async function moveChanges(changeIds: readonly ChangeId[], to: WorkOrderId): Promise<void> {
  for (let at = 0; at < changeIds.length; at += movedAtOnce)
    await ask(patchbay.workOrders.move({ changeIds: changeIds.slice(at, at + movedAtOnce), to }));
}
