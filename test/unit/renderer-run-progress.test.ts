/** How far a run is: what is unknown is counted, and not as done. */
import { expect, it } from 'vitest';
import { countsOf, endedOf, leftBy } from '../../renderer/features/workorders/run-progress';
import type { RunView } from '../../renderer/features/workorders/runs';
import { connectionIdSchema } from '../../shared/model/connection';
import { outcomes, type RunRow, runRowSchema } from '../../shared/model/plan';

const connectionId = connectionIdSchema.parse('11111111-1111-4111-8111-111111111111');
function row(part: Pick<RunRow, 'state'> & { result: unknown }, index: number): RunRow {
  return runRowSchema.parse({
    changeId: `22222222-2222-4222-8222-${String(index).padStart(12, '0')}`,
    connectionId,
    remoteId: String(index),
    title: `Row ${index}`,
    state: part.state,
    result: part.result,
  });
}

function run(rows: readonly RunRow[]): RunView {
  const head = {
    id: '33333333-3333-4333-8333-333333333333',
    workOrderId: '44444444-4444-4444-8444-444444444444' as RunView['head']['workOrderId'],
    startedAt: 0,
    endedAt: null,
    servers: [],
  };
  return { head, rows: new Map(rows.map((one) => [one.changeId, one])) };
}

it('does not count what is unknown as done', () => {
  const rows = [
    { state: 'done' as const, result: result('applied') },
    { state: 'done' as const, result: result('rejected') },
    { state: 'done' as const, result: result('unknown') },
    { state: 'done' as const, result: result('unknown') },
    { state: 'reading-back' as const, result: null },
    { state: 'waiting' as const, result: null },
  ].map(row);
  const counts = countsOf(run(rows));
  expect(counts).toEqual({
    all: 6,
    done: 2,
    outcomes: { applied: 1, rejected: 1, unknown: 2 },
    written: 1,
    waiting: 1,
  });
  expect(endedOf(counts)).toBe(4);
});

it('counts every outcome but unknown as done', () => {
  const counts = countsOf(
    run(outcomes.map((outcome, i) => row({ state: 'done', result: result(outcome) }, i))),
  );
  expect(counts.done).toBe(outcomes.length - 1);
  expect(Object.values(counts.outcomes)).toEqual(outcomes.map(() => 1));
});

it('knows how long a run still takes where all its rows end as unknown', () => {
  const counts = countsOf(
    run([
      ...Array.from({ length: 6 }, (_, i) => row({ state: 'done', result: result('unknown') }, i)),
      ...Array.from({ length: 6 }, (_, i) => row({ state: 'waiting', result: null }, 6 + i)),
    ]),
  );
  const samples = [
    { at: 0, done: new Map([['a', 0]]) },
    { at: 6_000, done: new Map([['a', 6]]) },
  ];
  expect(leftBy(samples, new Map([['a', counts]]))).toBe(6_000);
});

function result(outcome: (typeof outcomes)[number]) {
  return { outcome, problem: null, notStored: [], sideEffects: [], unverifiable: [] };
}
