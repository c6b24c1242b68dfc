import { fieldSpec } from '../../../shared/catalog';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { Plan, PlanRow, RunRow } from '../../../shared/model/plan';
import { outcomes } from '../../../shared/model/plan';
import type { Mark } from '../../ui/StatusMark';
import type { RunView } from './runs';

/** A line of the plan's table: a server's heading, or a change with what the run says of it. */
export type PlanItem =
  | {
      readonly type: 'server';
      readonly id: string;
      readonly connection: Connection | undefined;
      readonly rows: number;
    }
  | {
      readonly type: 'row';
      readonly id: string;
      readonly row: PlanRow;
      readonly ran: RunRow | undefined;
      /** The plan is about several servers: each row names its own, which the heading may be too far above to do. */
      readonly named: boolean;
    };

/** The table's lines, each server's changes together, in the order in which they will be applied. */
export function planItems(
  rows: readonly PlanRow[],
  run: RunView | null,
  connections: ReadonlyMap<string, Connection>,
  filter: Mark | null,
): readonly PlanItem[] {
  const named = new Set(rows.map(({ connectionId }) => connectionId)).size > 1;
  const shown = filter ? rows.filter((row) => passes(row, run?.rows.get(row.changeId), filter)) : rows;
  return serversOf(shown, connections).flatMap(([connectionId, own]): PlanItem[] => [
    { type: 'server', id: connectionId, connection: connections.get(connectionId), rows: own.length },
    ...own.map((row): PlanItem => {
      return { type: 'row', id: row.changeId, row, ran: run?.rows.get(row.changeId), named };
    }),
  ]);
}

function passes(row: PlanRow, ran: RunRow | undefined, filter: Mark): boolean {
  return filter === 'warning' ? hasWarning(row) : markOf(row, ran) === filter;
}

/** Whether something is to be said of a row that does not keep it from being written. */
export function hasWarning({ findings }: PlanRow): boolean {
  return findings.some(({ blocking }) => !blocking);
}

/** Rows by server, in the order of the side list; a server that is not known comes last. */
export function serversOf<T extends { readonly connectionId: string }>(
  rows: readonly T[],
  connections: ReadonlyMap<string, Connection>,
): [string, T[]][] {
  const servers = new Map<string, T[]>();
  for (const row of rows) {
    const group = servers.get(row.connectionId);
    if (group) group.push(row);
    else servers.set(row.connectionId, [row]);
  }
  const order = [...connections.keys()];
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...servers].sort(([a], [b]) => place(a) - place(b));
}

/** The one word for a row: what the plan says of it, and once it is in a run, what the run says. */
export function markOf(row: PlanRow, ran: RunRow | undefined): Mark {
  if (!ran) return row.status;
  if (ran.result) return ran.result.outcome;
  return ran.state === 'done' ? 'unknown' : ran.state;
}

const planOrder: readonly Mark[] = ['ready', 'no-op', 'conflict', 'missing', 'invalid'];

/** How many rows there are of each word, in a fixed order, none left out that is not zero. */
export function countMarks(
  rows: readonly PlanRow[],
  run: RunView | null,
): readonly (readonly [Mark, number])[] {
  const counts = new Map<Mark, number>();
  const add = (mark: Mark) => counts.set(mark, (counts.get(mark) ?? 0) + 1);
  for (const row of rows) {
    const ran = run?.rows.get(row.changeId);
    // What is under way is told by the progress; here it would only flicker.
    if (!ran || ran.result) add(markOf(row, ran));
    if (!ran && hasWarning(row)) add('warning');
  }
  const order: readonly Mark[] = [...outcomes, ...planOrder, 'warning'];
  return order.flatMap((mark) => {
    const count = counts.get(mark);
    return count ? [[mark, count] as const] : [];
  });
}

/** The rows that would be written: ready and not taken out. */
export function tickedRows(rows: readonly PlanRow[], unticked: ReadonlySet<string>): readonly PlanRow[] {
  return rows.filter((row) => row.status === 'ready' && !unticked.has(row.changeId));
}

/** Why a change of a plan is not written: the plan's word, taken out by hand, or its server could not be read. */
export type LeftBehind = Exclude<PlanRow['status'], 'ready'> | 'unticked' | 'unread';

/** How many changes stay behind when these rows of a plan are written, by why; none that is zero. */
export function leftBehind(
  plan: Pick<Plan, 'rows' | 'unread'>,
  written: readonly PlanRow[],
): readonly (readonly [LeftBehind, number])[] {
  const ids = new Set<string>(written.map(({ changeId }) => changeId));
  const counts = new Map<LeftBehind, number>();
  const add = (why: LeftBehind, n: number) => counts.set(why, (counts.get(why) ?? 0) + n);
  for (const { changeId, status } of plan.rows) {
    if (!ids.has(changeId)) add(status === 'ready' ? 'unticked' : status, 1);
  }
  for (const { changes } of plan.unread) add('unread', changes);
  const order: readonly LeftBehind[] = ['conflict', 'missing', 'invalid', 'no-op', 'unticked', 'unread'];
  return order.flatMap((why) => {
    const count = counts.get(why);
    return count ? [[why, count] as const] : [];
  });
}

/** How many fields among these rows can be written but never read back (a password). */
export function unreadableFields(
  rows: readonly PlanRow[],
  connections: ReadonlyMap<string, Connection>,
): number {
  return rows.reduce((sum, row) => {
    const connection = connections.get(row.connectionId);
    if (!connection) return sum;
    const of = recordsOf(connection, row.collection);
    return sum + row.fields.filter(({ field }) => fieldSpec(of, field)?.writeOnly).length;
  }, 0);
}
