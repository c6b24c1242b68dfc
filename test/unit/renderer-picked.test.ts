import { describe, expect, it } from 'vitest';
import { countConflicts, everyConflict } from '../../renderer/features/workorders/conflicts';
import { groupKey, pickedOf } from '../../renderer/features/workorders/picked';
import { changeIdSchema, workOrderIdSchema } from '../../shared/model/change';
import { connectionIdSchema } from '../../shared/model/connection';
import type { PlanRow } from '../../shared/model/plan';

const change = (n: number) => changeIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`);
const workOrderId = workOrderIdSchema.parse('00000000-0000-4000-8000-0000000000aa');
const group = (n: number, changes: number) => ({
  workOrderId,
  connectionId: connectionIdSchema.parse(`00000000-0000-4000-8000-0000000000b${n}`),
  changes,
});

describe('what is chosen', () => {
  const [whole, part] = [group(1, 2), group(2, 3)];
  const chosen = new Map([
    [change(1), groupKey(whole)],
    [change(2), groupKey(part)],
    [change(3), groupKey(whole)],
  ]);

  it('is asked for by the name of a connection where all of it is chosen, else change by change', () => {
    const { connectionId } = whole;
    expect(pickedOf(chosen, [whole, part])).toEqual({
      count: 3,
      changes: { groups: [{ workOrderId, connectionId }], changeIds: [change(2)] },
    });
  });

  it('is asked for change by change where its group is not on the page', () => {
    expect(pickedOf(chosen, []).changes).toEqual({
      groups: [],
      changeIds: [change(1), change(2), change(3)],
    });
  });
});

describe('conflicts', () => {
  const field = (name: string, verdict: 'conflict' | 'ready') =>
    ({ field: name, base: '', live: '', next: '', verdict, problem: null }) as const;
  const row = (n: number, status: PlanRow['status'], fields: PlanRow['fields']): PlanRow => ({
    changeId: change(n),
    connectionId: group(1, 1).connectionId,
    remoteId: `${n}`,
    title: '',
    formerTitle: null,
    status,
    fields,
    findings: [],
    request: null,
  });
  const rows = [
    row(1, 'conflict', [field('name', 'conflict'), field('email', 'conflict')]),
    row(2, 'conflict', [field('name', 'conflict'), field('email', 'ready')]),
    row(3, 'ready', [field('name', 'ready')]),
    // Held back for something else as well: settled by itself, not with all.
    row(4, 'invalid', [field('name', 'conflict')]),
  ];

  it('are counted in all rows, in one, of a field, or of both', () => {
    expect(countConflicts(rows, everyConflict)).toBe(3);
    expect(countConflicts(rows, { changeId: change(1), field: null })).toBe(2);
    expect(countConflicts(rows, { changeId: null, field: 'name' })).toBe(2);
    expect(countConflicts(rows, { changeId: change(4), field: 'name' })).toBe(1);
  });
});
