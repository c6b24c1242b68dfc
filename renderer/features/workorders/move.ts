import type { ChangeId, WorkOrderId } from '../../../shared/model/change';
import { ask, patchbay } from '../../bridge';

/** Moves prepared changes to another work order. */
export function moveChanges(changeIds: readonly ChangeId[], to: WorkOrderId): Promise<void> {
  return ask(patchbay.workOrders.move({ changeIds: [...changeIds], to }));
}
