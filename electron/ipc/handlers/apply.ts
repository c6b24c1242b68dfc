import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import { rowsOfRun } from '../../apply/run-rows';
import type { HandlerParts } from './parts';

/** Planning and applying. */
export function applyHandlers({ services }: HandlerParts): Pick<Handlers, 'plan' | 'apply'> {
  const { changes, jobs, planner, runs, runsLeft, runStore, resolver, history } = services;
  return {
    plan: {
      make: ({ job, ...scope }) =>
        jobs.run({ job, kind: 'plan' }, null, (turn) =>
          planner.make(scope, turn.signal, { ...turn, tick: () => turn.tick(0) }),
        ),
      rows: ({ planId, offset, limit }) => planner.rows(planId, offset, limit),
      confirm: ({ planId, changeIds }) => planner.confirm(planId, changeIds),
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
      rows: ({ runId, changeIds }) => rowsOfRun(runStore, (ids) => changes.some(ids), runId, changeIds),
      newest: ({ workOrderId }) => runs.newest(workOrderId),
      unfinished: () => runs.unfinished(),
      left: ({ runId, job }) => jobs.run({ job, kind: 'plan' }, null, (turn) => runsLeft.look(runId, turn)),
      leftRows: ({ runId, offset, limit }) => runsLeft.rows(runId, offset, limit),
      settings: () => services.applySettings.load(),
      setSettings: (settings) => services.applySettings.save(settings),
      resolveRow: async ({ runId, changeId }) => {
        await resolver.resolve(runs.row(runId, changeId).intentSeq ?? fail('not-found', { what: 'entry' }));
        return runs.row(runId, changeId).shown;
      },
      resolve: async ({ seq }) => {
        await resolver.resolve(seq);
        return history.item(seq);
      },
    },
  };
}
