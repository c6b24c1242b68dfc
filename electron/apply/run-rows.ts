import type { Change, ChangeId } from '../../shared/model/change';
import type { PlanRow } from '../../shared/model/plan';
import type { RunStore } from './run-store';

/**
 * Returns rows of a run as its plan had them, for a window that no longer has the plan (reloaded, or the program
 * restarted). The edits are those still prepared; written rows have only their outcome.
 */
export function rowsOfRun(
  store: RunStore,
  prepared: (ids: readonly ChangeId[]) => Change[],
  runId: string,
  ids: readonly ChangeId[],
): PlanRow[] {
  const changes = new Map(prepared(ids).map((change) => [change.id, change]));
  return ids.flatMap((id): PlanRow[] => {
    const row = store.row(runId, id);
    if (!row) return [];
    const { changeId, connectionId, collection, remoteId, title } = row;
    const fields = (changes.get(id)?.fields ?? []).map(({ field, base, next, problem }) => {
      return { field, base, live: base, next, verdict: 'ready' as const, problem };
    });
    const record = { changeId, connectionId, collection, remoteId, title, formerTitle: null };
    return [{ ...record, status: 'ready', fields, findings: [], request: null }];
  });
}
