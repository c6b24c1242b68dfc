import type { Change } from '../../../shared/model/change';
import type { Connection, ConnectionId } from '../../../shared/model/connection';
import { bySite } from '../connections/queries';

/** A line of a work order: a site's heading, a connection's, or a change. */
export type OrderItem =
  | { readonly type: 'site'; readonly id: string; readonly name: string }
  | {
      readonly type: 'connection';
      readonly id: string;
      readonly connectionId: ConnectionId;
      readonly connection: Connection | undefined;
      readonly changes: number;
    }
  | {
      readonly type: 'change';
      readonly id: string;
      readonly change: Change;
      readonly connection: Connection | undefined;
    };

/** The lines of a work order: sites and connections as the side list has them, changes by their record's title. */
export function orderItems(
  changes: readonly Change[],
  connections: readonly Connection[],
): readonly OrderItem[] {
  const own = new Map<ConnectionId, Change[]>();
  for (const change of changes) {
    const group = own.get(change.connectionId);
    if (group) group.push(change);
    else own.set(change.connectionId, [change]);
  }
  const items: OrderItem[] = [];
  for (const site of bySite(connections.filter((connection) => own.has(connection.id)))) {
    items.push({ type: 'site', id: `site ${site.name}`, name: site.name });
    for (const connection of site.connections) {
      items.push(...ofConnection(connection.id, connection, own.get(connection.id) ?? []));
      own.delete(connection.id);
    }
  }
  // Changes whose connection is not known (not read yet, or gone) are never hidden.
  for (const [connectionId, rest] of own) items.push(...ofConnection(connectionId, undefined, rest));
  return items;
}

function ofConnection(
  connectionId: ConnectionId,
  connection: Connection | undefined,
  changes: readonly Change[],
): OrderItem[] {
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  const sorted = [...changes].sort((a, b) => compare(a.title, b.title));
  return [
    { type: 'connection', id: connectionId, connectionId, connection, changes: changes.length },
    ...sorted.map((change): OrderItem => ({ type: 'change', id: change.id, change, connection })),
  ];
}
