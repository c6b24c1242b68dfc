/** The lines of the work orders' page. */
import { expect, it } from 'vitest';
import { type OrderContents, orderItems } from '../../renderer/features/workorders/order-items';
import type { RunView } from '../../renderer/features/workorders/runs';
import { type WorkOrder, workOrderSchema } from '../../shared/model/change';
import { type Connection, connectionIdSchema } from '../../shared/model/connection';
import { type Outcome, type RunRow, runRowSchema } from '../../shared/model/plan';

const one = connectionIdSchema.parse('11111111-1111-4111-8111-111111111111');
const two = connectionIdSchema.parse('22222222-2222-4222-8222-222222222222');
const gone = connectionIdSchema.parse('33333333-3333-4333-8333-333333333333');
const connections = [{ id: two }, { id: one }] as Connection[];

function order(number: number, part: Partial<WorkOrder> = {}): WorkOrder {
  return workOrderSchema.parse({
    id: `44444444-4444-4444-8444-0000000000${number}`,
    number,
    name: '',
    customer: '',
    ticket: '',
    note: '',
    changes: 0,
    current: false,
    state: 'preparing',
    createdAt: 0,
    ...part,
  });
}

function ran(outcomes: readonly (Outcome | null)[]): RunView {
  const rows = outcomes.map((outcome, at): RunRow => {
    const result = outcome && { outcome, problem: null, notStored: [], sideEffects: [], unverifiable: [] };
    return runRowSchema.parse({
      changeId: `55555555-5555-4555-8555-0000000000${10 + at}`,
      connectionId: one,
      remoteId: String(at),
      title: outcome ?? 'none',
      state: outcome ? 'done' : 'waiting',
      result,
    });
  });
  const head = { id: 'run', workOrderId: order(12).id, startedAt: 0, endedAt: 1, servers: [] };
  return { head, rows: new Map(rows.map((row) => [row.changeId, row])) };
}

function lines(of: WorkOrder, inside: Partial<OrderContents>) {
  const contents = { changes: undefined, run: null, shown: false, ...inside };
  return orderItems([of], new Map([[of.id, contents]]), connections);
}

it('is one line for a work order that is folded', () => {
  expect(orderItems([order(12), order(11)], new Map(), connections)).toMatchObject([
    { type: 'order', open: false },
    { type: 'order', open: false },
  ]);
});

it('has a line for each change, by connection as the side list has them; those that are gone come last', () => {
  const changes = [
    { connectionId: gone, changes: 1 },
    { connectionId: one, changes: 2 },
    { connectionId: two, changes: 1 },
  ];
  const items = lines(order(12), { changes }).slice(1);
  expect(items.map((item) => [item.type, 'connectionId' in item && item.connectionId])).toEqual([
    ['connection', two],
    ['change', two],
    ['connection', one],
    ['change', one],
    ['change', one],
    ['connection', gone],
    ['change', gone],
  ]);
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
});

it('says that it is empty only where that is known, and nothing was ever applied', () => {
  const types = (inside: Partial<OrderContents>) => lines(order(12), inside).map(({ type }) => type);
  expect(types({})).toEqual(['order']);
  expect(types({ changes: [] })).toEqual(['order', 'empty']);
  expect(types({ changes: [], run: ran(['applied']) })).toEqual(['order', 'run']);
});

it('shows its note first', () => {
  expect(lines(order(12, { note: 'By Friday' }), {})[1]).toMatchObject({ type: 'note', text: 'By Friday' });
});

it('lists the rows of its run with what needs a look first, and only when they are unfolded', () => {
  const run = ran(['applied', null, 'rejected', 'unknown', 'side-effect', 'cancelled', 'skipped']);
  expect(lines(order(12), { run })).toHaveLength(2);
  const shown = lines(order(12), { run, shown: true }).slice(2);
  expect(shown.map((item) => item.type === 'outcome' && item.row.title)).toEqual([
    'side-effect',
    'unknown',
    'rejected',
    'skipped',
    'cancelled',
    'applied',
    'none',
  ]);
});
