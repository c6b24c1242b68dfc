/** What is selected by a range, a key, a choice: in the grid, on the work orders' page, in a dialog. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ChangeGroup } from '../../renderer/features/workorders/picked';
import type { Numbered, SelectAction } from '../../shared/model/many';
import type { RecordRow } from '../../shared/model/record';

type Grid = typeof import('../../renderer/features/directory/selection');
type Orders = typeof import('../../renderer/features/workorders/use-selection');
type Targets = typeof import('../../renderer/features/templates/targets');
let grid: Grid;
let orders: Orders;
let targets: Targets;
beforeAll(async () => {
  vi.stubGlobal('window', { patchbay: {} });
  grid = await import('../../renderer/features/directory/selection');
  orders = await import('../../renderer/features/workorders/use-selection');
  targets = await import('../../renderer/features/templates/targets');
});

/** Which of ten rows are selected once some actions are done. */
function selected(actions: readonly SelectAction[], before: readonly number[] = []): number[] {
  let rows = Array.from({ length: 10 }, (_, at) => ({ remoteId: String(at), selected: before.includes(at) }));
  for (const action of actions)
    rows = rows.map((row, at) => ({
      ...row,
      selected: grid.selectedAfter(action, row as RecordRow, at),
    }));
  return rows.flatMap((row, at) => (row.selected ? [at] : []));
}

describe('the grid', () => {
  it('marks at once what an action selects', () => {
    expect(selected([{ do: 'toggle', remoteId: '3' }], [3, 4])).toEqual([4]);
    expect(selected([{ do: 'only', remoteId: '3' }], [4])).toEqual([3]);
    expect(selected([{ do: 'range', from: 6, to: 4, selected: true }], [0])).toEqual([0, 4, 5, 6]);
    expect(selected([{ do: 'range', from: 4, to: 6, selected: false }], [3, 4, 5])).toEqual([3]);
    expect(selected([{ do: 'invert' }], [0, 1, 2, 3, 4, 5, 6, 7])).toEqual([8, 9]);
    expect(selected([{ do: 'none' }], [1])).toEqual([]);
    expect(selected([{ do: 'all' }])).toHaveLength(10);
  });

  it.each([
    { anchor: 2, from: 5, to: 3, covers: [2, 3] },
    { anchor: 2, from: 3, to: 5, covers: [2, 3, 4, 5] },
    { anchor: 5, from: 2, to: 7, covers: [5, 6, 7] },
    { anchor: 5, from: 7, to: 2, covers: [2, 3, 4, 5] },
    { anchor: 4, from: 4, to: 4, covers: [4] },
  ])('covers anchor $anchor to $to once its end moves there from $from', ({ anchor, from, to, covers }) => {
    const before = selected([
      { do: 'range', from: Math.min(anchor, from), to: Math.max(anchor, from), selected: true },
    ]);
    expect(selected(grid.extended(anchor, from, to), before)).toEqual(covers);
  });
});

describe('the work orders', () => {
  const groups = ['a', 'b', 'c'].map(
    (id) => ({ workOrderId: id, connectionId: 'x', changes: 4 }) as ChangeGroup,
  );
  const [a, b, c] = groups;
  const place = (group: string, at: number) => ({ group: `${group} x`, at });

  it('asks for a stretch inside one group, whichever of its ends was chosen first', () => {
    expect(orders.between(groups, place('b', 1), place('b', 3))).toEqual([{ group: b, first: 1, count: 3 }]);
    expect(orders.between(groups, place('b', 3), place('b', 1))).toEqual([{ group: b, first: 1, count: 3 }]);
  });

  it('asks for the rest of the first group, whole groups between, and the last group up to its end', () => {
    const all = [
      { group: a, first: 2, count: 2 },
      { group: b, first: 0, count: 4 },
      { group: c, first: 0, count: 1 },
    ];
    expect(orders.between(groups, place('a', 2), place('c', 0))).toEqual(all);
    expect(orders.between(groups, place('c', 0), place('a', 2))).toEqual(all);
  });

  it('asks for nothing where one of the ends is not on the page any more', () => {
    expect(orders.between(groups, place('gone', 2), place('c', 0))).toEqual([]);
  });
});

describe('the records of a dialog', () => {
  const numbered = (total: number) => ({ total, remoteIds: ['7'] }) as Numbered;

  it('are none where the choice means none', () => {
    expect(targets.recordsOf('selected', 0, 5, undefined)).toBeNull();
    expect(targets.recordsOf('selected', undefined, 5, undefined)).toBeNull();
    expect(targets.recordsOf('all', 3, 0, undefined)).toBeNull();
    expect(targets.recordsOf('numbers', 3, 5, undefined)).toBeNull();
    expect(targets.recordsOf('numbers', 3, 5, numbered(0))).toBeNull();
  });

  it('are the selection, all, or those whose numbers are typed', () => {
    expect(targets.recordsOf('selected', 3, 5, undefined)).toBe('selected');
    expect(targets.recordsOf('all', 0, 5, undefined)).toBe('all');
    expect(targets.recordsOf('numbers', 0, 5, numbered(1))).toEqual(['7']);
  });

  it('are none where more are named than can be sent', () => {
    expect(targets.recordsOf('numbers', 0, 5, numbered(1_000_000))).toBeNull();
  });
});
