import type { Change } from '../../../shared/model/change';
import type { PlanRow } from '../../../shared/model/plan';
import type { RunView } from './runs';

/**
 * The rows of a run as the table has them, where its plan is gone (the window was loaded anew, the program started
 * again): the edits are those still prepared; what has been written is told by its outcome alone.
 */
export function rowsOfRun(run: RunView, changes: readonly Change[]): readonly PlanRow[] {
  const prepared = new Map<string, Change>(changes.map((change) => [change.id, change]));
  return [...run.rows.values()].map(({ changeId, connectionId, remoteId, title }) => ({
    changeId,
    connectionId,
    remoteId,
    title,
    status: 'ready',
    fields: (prepared.get(changeId)?.fields ?? []).map(({ field, base, next, problem }) => ({
      field,
      base,
      live: base,
      next,
      verdict: 'ready' as const,
      problem,
    })),
    findings: [],
    request: null,
  }));
}
