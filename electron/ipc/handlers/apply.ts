import type { Handlers } from '../../../shared/contract/contract';
import type { HandlerParts } from './index';

/** Planning and applying. */
export function applyHandlers({ services }: HandlerParts): Pick<Handlers, 'plan' | 'apply'> {
  const { planner, runs, resolver, history, changed } = services;
  return {
    plan: { make: (scope) => planner.make(scope, new AbortController().signal) },
    apply: {
      start: ({ planId, changeIds }) => runs.start(planId, changeIds),
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
