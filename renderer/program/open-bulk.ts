import type { ConnectionId } from '../../shared/model/connection';
import type { ComparedItem, GridQueryInput, TemplateId } from '../../shared/model/many';
import { ask, patchbay } from './bridge';
import { bulkSession, editBegan, recordsChanged, setPrepared } from './bulk-session';
import { keys, queryClient } from './queries';
import { useWorkspace } from './workspace';

/** What a bulk edit begins with. */
export interface BulkStart {
  readonly connectionId: ConnectionId;
  readonly records: 'selected' | 'all' | string[];
  /** The grid's order, in which the records are counted; null for the server's. */
  readonly sort?: GridQueryInput['sort'];
  /** Null goes on with the rules that are typed, unless they are prepared already. */
  readonly rules: { templateId: TemplateId } | { like: ComparedItem; fields: string[] } | null;
}

/** Begins a bulk edit and brings its tab to the front. @throws ProblemError */
export async function openBulk({ connectionId, records, sort = null, rules }: BulkStart): Promise<void> {
  const over = bulkSession(connectionId).prepared !== null;
  const from = rules ?? (over ? ({ none: true } as const) : null);
  const draft = await ask(patchbay.bulk.open({ connectionId, records, sort, rules: from }));
  queryClient.setQueryData(keys.bulkDraft(connectionId), draft);
  setPrepared(connectionId, null);
  if (from) editBegan(connectionId);
  recordsChanged(connectionId);
  useWorkspace.getState().open({ type: 'bulk', connectionId });
}
