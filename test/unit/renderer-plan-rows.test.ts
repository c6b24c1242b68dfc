/** What the plan's table and its button are made of: what is written, where, and what stays behind. */
import { describe, expect, it } from 'vitest';
import { leftBehind, planItems, tickedRows } from '../../renderer/features/workorders/plan-rows';
import { type PlanRow, planRowSchema, planSchema } from '../../shared/model/plan';

const one = '018f0000-0000-7000-8000-000000000001';
const two = '018f0000-0000-7000-8000-000000000002';

function row(at: number, status: PlanRow['status'], connectionId = one): PlanRow {
  const changeId = `018f0000-0000-7000-8000-0000000001${String(at).padStart(2, '0')}`;
  const rest = {
    remoteId: String(at),
    title: `Record ${at}`,
    formerTitle: null,
    fields: [],
    findings: [],
    request: null,
  };
  return planRowSchema.parse({ changeId, connectionId, status, ...rest });
}

const rows = [
  row(1, 'ready'),
  row(2, 'ready', two),
  row(3, 'ready'),
  row(4, 'conflict'),
  row(5, 'missing', two),
  row(6, 'invalid'),
  row(7, 'no-op'),
];

describe('what stays behind', () => {
  it('is counted by why, what was taken out by hand and what could not be read too', () => {
    const unread = planSchema.shape.unread.parse([
      { connectionId: two, changes: 4, problem: { code: 'refused' } },
    ]);
    const written = tickedRows(rows, new Set([rows[2]?.changeId ?? '']));
    expect(leftBehind({ rows, unread }, written)).toEqual([
      ['conflict', 1],
      ['missing', 1],
      ['invalid', 1],
      ['no-op', 1],
      ['unticked', 1],
      ['unread', 4],
    ]);
  });

  it('is nothing where every change is written', () => {
    const ready = rows.slice(0, 3);
    expect(leftBehind({ rows: ready, unread: [] }, tickedRows(ready, new Set()))).toEqual([]);
  });
});

describe('a row of the table', () => {
  const named = (of: readonly PlanRow[], filter: 'conflict' | null = null) =>
    planItems(of, null, new Map(), filter).flatMap((item) => (item.type === 'row' ? [item.named] : []));

  it('names its server where the plan is about several, also when only one of them is shown', () => {
    expect(new Set(named(rows))).toEqual(new Set([true]));
    expect(named(rows, 'conflict')).toEqual([true]);
  });

  it('does not where there is only one', () => {
    expect(named([row(1, 'ready'), row(2, 'ready')])).toEqual([false, false]);
  });
});
