import { useQuery } from '@tanstack/react-query';
import type { Change, WorkOrder, WorkOrderId } from '../../../shared/model/change';
import { ask, patchbay } from '../../bridge';
import { keys, queryClient } from '../../queries';

const noOrders: readonly WorkOrder[] = [];
const noChanges: readonly Change[] = [];

const currentQuery = { queryKey: keys.workOrder(), queryFn: () => ask(patchbay.workOrders.current()) };

/** All work orders, newest first; empty while they are being asked for. */
export function useWorkOrders(): readonly WorkOrder[] {
  const { data } = useQuery({ queryKey: keys.workOrders(), queryFn: () => ask(patchbay.workOrders.list()) });
  return data ?? noOrders;
}

/** One work order, undefined where it is not known (yet). */
export function useWorkOrder(id: WorkOrderId | null): WorkOrder | undefined {
  return useWorkOrders().find((order) => order.id === id);
}

/** The work order that takes new edits, undefined while it is being asked for. */
export function useCurrentOrder(): WorkOrder | undefined {
  return useQuery(currentQuery).data;
}

/** The work order that takes new edits, to ask once. */
export function currentOrder(): Promise<WorkOrder> {
  return queryClient.fetchQuery(currentQuery);
}

/** What is asked for the changes of a work order. */
export function changesQuery(workOrderId: WorkOrderId | null) {
  return {
    queryKey: keys.changesOf(workOrderId),
    queryFn: () => ask(patchbay.changes.list({ connectionId: null, workOrderId })),
  };
}

/** The prepared changes of a work order; empty while they are being asked for. */
export function useChangesOf(workOrderId: WorkOrderId | null): readonly Change[] {
  return useQuery({ ...changesQuery(workOrderId), enabled: workOrderId !== null }).data ?? noChanges;
}

/** What is asked for the newest run of a work order. */
export function newestRunQuery(workOrderId: WorkOrderId) {
  return {
    queryKey: keys.newestRun(workOrderId),
    queryFn: () => ask(patchbay.apply.newest({ workOrderId })),
  };
}

/** A work order as people say it: WO-12. */
export function workOrderName({ number }: Pick<WorkOrder, 'number'>): string {
  return `WO-${number}`;
}
