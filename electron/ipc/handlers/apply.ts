import { randomUUID } from 'node:crypto';
import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './index';

/** Planning and applying. */
export function applyHandlers({ services }: HandlerParts): Pick<Handlers, 'plan' | 'apply'> {
  const { jobs, planner, runs, resolver, history, changed } = services;
  return {
    plan: {
      make: ({ job, ...scope }) =>
        jobs.run(job ?? randomUUID(), null, (turn) =>
          planner.make(scope, turn.signal, { tick: () => turn.tick(0) }),
        ),
      rows: ({ planId, offset, limit }) => planner.rows(planId, offset, limit),
    },
    apply: {
      start: ({ planId, changeIds, except }) => {
        // What shall be written has to be said one way or the other; nothing said is not "all".
        if ((changeIds === undefined) === (except === undefined))
          fail('invalid-input', { field: 'changeIds' });
        return runs.start(planId, changeIds ?? planner.readyBut(planId, except ?? []));
      },
      pause: ({ runId, connectionId }) => runs.pause(runId, connectionId),
      resume: ({ runId, connectionId }) => runs.resume(runId, connectionId),
      cancel: ({ runId, connectionId }) => runs.cancel(runId, connectionId),
      run: ({ runId }) => runs.get(runId),
      newest: ({ workOrderId }) => runs.newest(workOrderId),
      unfinished: () => runs.unfinished(),
      resolve: async ({ seq }) => {
        await resolver.resolve(seq);
        changed(['journal', 'changes', 'workOrders']);
        return history.item(seq);
      },
    },
  };
}
