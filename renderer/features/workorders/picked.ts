import type { ChangeId, PickedChanges, WorkOrderId } from '../../../shared/model/change';
import type { ConnectionId } from '../../../shared/model/connection';

/** The changes of one connection in one work order, as they stand together on the page. */
export interface ChangeGroup {
  readonly workOrderId: WorkOrderId;
  readonly connectionId: ConnectionId;
  readonly changes: number;
}

/** By change, the group that it stands in. */
export type Chosen = ReadonlyMap<ChangeId, string>;

/** What is chosen, to be asked for; a group that is chosen whole by its name, which makes a small message of 50,000. */
export interface Picked {
  readonly count: number;
  readonly changes: PickedChanges;
}

export function pickedOf(chosen: Chosen, groups: readonly ChangeGroup[]): Picked {
  const counts = new Map<string, number>();
  for (const key of chosen.values()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const whole = groups.filter((group) => counts.get(groupKey(group)) === group.changes);
  const named = new Set(whole.map(groupKey));
  return {
    count: chosen.size,
    changes: {
      groups: whole.map(({ workOrderId, connectionId }) => ({ workOrderId, connectionId })),
      changeIds: [...chosen].flatMap(([id, key]) => (named.has(key) ? [] : [id])),
    },
  };
}

/** How a group is named. */
export function groupKey({ workOrderId, connectionId }: Omit<ChangeGroup, 'changes'>): string {
  return `${workOrderId} ${connectionId}`;
}
