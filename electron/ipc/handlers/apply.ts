import { randomUUID } from 'node:crypto';
import type { Handlers } from '../../../shared/contract/contract';
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
      start: ({ planId, ...named }) =>
        runs.start(planId, 'except' in named ? planner.readyBut(planId, named.except) : named.changeIds),
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
