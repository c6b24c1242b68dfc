import type { WorkOrder } from '../../../shared/model/change';
import type { Connection, ConnectionId } from '../../../shared/model/connection';
import type { Outcome, RunRow } from '../../../shared/model/plan';
import type { RunView } from './runs';

/** A line of the page: a work order, and where it is unfolded its note, its last run, its changes by connection. */
export type OrderItem =
  | { readonly type: 'order'; readonly id: string; readonly order: WorkOrder; readonly open: boolean }
  | { readonly type: 'note'; readonly id: string; readonly text: string }
  | {
      readonly type: 'run';
      readonly id: string;
      readonly order: WorkOrder;
      readonly run: RunView;
      readonly shown: boolean;
    }
  | {
      readonly type: 'outcome';
      readonly id: string;
      readonly runId: string;
      readonly row: RunRow;
      readonly connection: Connection | undefined;
    }
  | {
      readonly type: 'connection';
      readonly id: string;
      readonly order: WorkOrder;
      readonly connectionId: ConnectionId;
      readonly connection: Connection | undefined;
      readonly changes: number;
    }
  | {
      readonly type: 'change';
      readonly id: string;
      readonly order: WorkOrder;
      readonly connectionId: ConnectionId;
      /** The how manieth of its connection's changes, by title; it is asked for when it comes into sight. */
      readonly at: number;
      readonly connection: Connection | undefined;
    }
  | { readonly type: 'empty'; readonly id: string; readonly order: WorkOrder };

interface ChangeCount {
  readonly connectionId: ConnectionId;
  readonly changes: number;
}

/** What is known of an unfolded work order; undefined parts are still being asked for. */
export interface OrderContents {
  readonly changes: readonly ChangeCount[] | undefined;
  readonly run: RunView | null;
  /** All rows of the run are listed, not only those that want something done. */
  readonly shown: boolean;
}

/** The lines of the page, work orders newest first. */
export function orderItems(
  orders: readonly WorkOrder[],
  contents: ReadonlyMap<string, OrderContents>,
  connections: readonly Connection[],
): readonly OrderItem[] {
  return orders.flatMap((order): OrderItem[] => {
    const inside = contents.get(order.id);
    const head: OrderItem = { type: 'order', id: order.id, order, open: inside !== undefined };
    return inside ? [head, ...insideOf(order, inside, connections)] : [head];
  });
}

function insideOf(
  order: WorkOrder,
  { changes, run, shown }: OrderContents,
  connections: readonly Connection[],
): OrderItem[] {
  const items: OrderItem[] = [];
  if (order.note !== '') items.push({ type: 'note', id: `note ${order.id}`, text: order.note });
  if (run) items.push(...ofRun(order, run, shown, connections));
  if (changes) items.push(...ofChanges(order, changes, connections));
  if (changes?.length === 0 && !run) items.push({ type: 'empty', id: `empty ${order.id}`, order });
  return items;
}

// What a person has to see first; what went well comes last.
const loudness: readonly Outcome[] = [
  'side-effect',
  'unknown',
  'rejected',
  'skipped',
  'cancelled',
  'applied',
];

function ofRun(
  order: WorkOrder,
  run: RunView,
  shown: boolean,
  connections: readonly Connection[],
): OrderItem[] {
  const head: OrderItem = { type: 'run', id: `run ${order.id}`, order, run, shown };
  if (!shown) return [head];
  const place = ({ result }: RunRow) => (result ? loudness.indexOf(result.outcome) : loudness.length);
  const rows = [...run.rows.values()].sort((a, b) => place(a) - place(b));
  return [
    head,
    ...rows.map((row): OrderItem => {
      const connection = connections.find(({ id }) => id === row.connectionId);
      const runId = run.head.id;
      return { type: 'outcome', id: `${runId} ${row.changeId}`, runId, row, connection };
    }),
  ];
}

function ofChanges(
  order: WorkOrder,
  counts: readonly ChangeCount[],
  connections: readonly Connection[],
): OrderItem[] {
  // As the side list has them; changes whose connection is not known (yet) come last and are never hidden.
  const known = connections.flatMap(({ id }) => counts.find(({ connectionId }) => connectionId === id) ?? []);
  const inOrder = [...known, ...counts.filter((count) => !known.includes(count))];
  return inOrder.flatMap(({ connectionId, changes }): OrderItem[] => {
    const connection = connections.find(({ id }) => id === connectionId);
    const id = `${order.id} ${connectionId}`;
    const rows = Array.from(
      { length: changes },
      (_, at): OrderItem => ({ type: 'change', id: `${id} ${at}`, order, connectionId, at, connection }),
    );
    return [{ type: 'connection', id, order, connectionId, connection, changes }, ...rows];
  });
}
