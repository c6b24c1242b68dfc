import { useQuery } from '@tanstack/react-query';
import type { Change, ChangeId, WorkOrder, WorkOrderId } from '../../shared/model/change';
import type { ConnectionId } from '../../shared/model/connection';
import { ask, patchbay } from './bridge';
import { keys, queryClient } from './queries';

const noOrders: readonly WorkOrder[] = [];

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

/** What is asked for the number of changes that each connection has in a work order. */
export function changeCountsQuery(workOrderId: WorkOrderId) {
  return {
    queryKey: keys.changeCounts(workOrderId),
    queryFn: () => ask(patchbay.changes.counts({ workOrderId })),
  };
}

/** Changes in one answer. */
const pageSize = 50;

/**
 * A connection's change at a place in a work order, by title; asked for with those around it. Undefined while it is
 * being asked for.
 */
export function useChangeAt(
  workOrderId: WorkOrderId,
  connectionId: ConnectionId,
  at: number,
): Change | undefined {
  const page = Math.floor(at / pageSize);
  const { data } = useQuery({
    queryKey: keys.changePage(workOrderId, connectionId, page),
    queryFn: () => changePage(workOrderId, connectionId, page * pageSize, pageSize),
  });
  return data?.[at - page * pageSize];
}

// As many as may be asked for at once.
const idsAtOnce = 20_000;

/** The ids of a stretch of a connection's changes in a work order, by title. */
export async function changeIds(
  { workOrderId, connectionId }: { workOrderId: WorkOrderId; connectionId: ConnectionId },
  first: number,
  count: number,
): Promise<ChangeId[]> {
  const ids: ChangeId[] = [];
  for (let offset = first; offset < first + count; offset += idsAtOnce) {
    const limit = Math.min(idsAtOnce, first + count - offset);
    ids.push(...(await ask(patchbay.changes.ids({ workOrderId, connectionId, offset, limit }))));
  }
  return ids;
}

function changePage(workOrderId: WorkOrderId, connectionId: ConnectionId, offset: number, limit: number) {
  return ask(patchbay.changes.page({ workOrderId, connectionId, offset, limit }));
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
