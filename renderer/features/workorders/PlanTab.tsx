import { useEffect } from 'react';
import type { WorkOrderId } from '../../../shared/model/change';
import type { ConnectionId } from '../../../shared/model/connection';
import { useCurrentOrder } from '../../program/work-orders';
import { tabKey, useWorkspace } from '../../program/workspace';
import { PlanView } from './PlanView';

/** The plan of a tab. One that names no work order is of the current one, and from then on of that one. */
export function PlanTab({
  workOrderId,
  index,
  ...of
}: {
  workOrderId: WorkOrderId | null;
  connectionId: ConnectionId | null;
  changeId: string | null;
  index: number;
}) {
  const current = useCurrentOrder();
  const own = workOrderId ?? current?.id ?? null;
  useEffect(() => {
    if (workOrderId !== null || own === null) return;
    const { tabs, update, close } = useWorkspace.getState();
    const tab = tabs[index];
    if (tab?.type !== 'plan') return;
    const named = { ...tab, workOrderId: own };
    if (tabs.some((other) => tabKey(other) === tabKey(named))) close(index);
    else update(index, named);
  }, [workOrderId, own, index]);
  return workOrderId === null ? null : <PlanView workOrderId={workOrderId} {...of} />;
}
