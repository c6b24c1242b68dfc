import type { Handlers } from '../../../shared/contract/contract';
import type { HandlerParts } from './index';

/** Planning and applying. */
export function applyHandlers({ services }: HandlerParts): Pick<Handlers, 'plan' | 'apply'> {
  const { planner, runs, resolver, history, changed } = services;
  return {
    plan: { make: (scope) => planner.make(scope, new AbortController().signal) },
    apply: {
      start: ({ planId, changeIds }) => runs.start(planId, changeIds),
      cancel: ({ runId }) => runs.cancel(runId),
      run: ({ runId }) => runs.get(runId),
      resolve: async ({ seq }) => {
        await resolver.resolve(seq);
        changed(['journal', 'changes', 'workOrders']);
        return history.item(seq);
      },
    },
  };
}
