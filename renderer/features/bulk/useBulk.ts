import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { TypedRule } from '../../../shared/bulk/rule';
import type { ConnectionId } from '../../../shared/model/connection';
import type { BulkDraft } from '../../../shared/model/many';
import { ask, listen, patchbay } from '../../program/bridge';
import { recordsChanged, ruleChanged, useBulkSession } from '../../program/bulk-session';
import { keys, queryClient } from '../../program/queries';
import { useWorkspace } from '../../program/workspace';
import { type Preview, usePreview } from '../batches';

/** The stored bulk edit of a connection; null if there is none. */
export function useBulkDraft(connectionId: ConnectionId) {
  return useQuery({
    queryKey: keys.bulkDraft(connectionId),
    queryFn: () => ask(patchbay.bulk.draft({ connectionId })),
  });
}

/** Whether this bulk edit is the tab in front. */
export function useBulkInFront(connectionId: ConnectionId): boolean {
  return useWorkspace((state) => {
    const front = state.tabs[state.active];
    return front?.type === 'bulk' && front.connectionId === connectionId;
  });
}

/** Stores a rule, and puts the edit as it is then before everybody. */
export function useSetRule(connectionId: ConnectionId) {
  return useCallback(
    async (field: string, rule: TypedRule | null): Promise<void> => {
      const draft = await ask(patchbay.bulk.setRule({ connectionId, field, rule }));
      queryClient.setQueryData(keys.bulkDraft(connectionId), draft);
      ruleChanged(connectionId);
    },
    [connectionId],
  );
}

/** Notices when the records of a connection, or what is prepared of them, become others. */
export function useFollowRecords(connectionId: ConnectionId): void {
  useEffect(
    () =>
      listen('changed', (told) => {
        const mine = told.connectionId === null || told.connectionId === connectionId;
        if (mine && told.topics.some((one) => one === 'changes' || one === 'directory'))
          recordsChanged(connectionId);
      }),
    [connectionId],
  );
}

/** What each field is over all records of the edit; what was known stays while it is worked out again. */
export function useBulkFields(connectionId: ConnectionId, draft: BulkDraft | null | undefined) {
  const { records } = useBulkSession(connectionId);
  const inFront = useBulkInFront(connectionId);
  return useQuery({
    queryKey: ['bulkFields', connectionId, records],
    queryFn: () => ask(patchbay.bulk.fields({ connectionId, job: crypto.randomUUID() })),
    enabled: inFront && draft !== null && draft !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** Computes the rules' result automatically once typing settles; a later call replaces one under way. */
export function useBulkPreview(connectionId: ConnectionId, draft: BulkDraft | null | undefined): Preview {
  const { revision, prepared, unsaved } = useBulkSession(connectionId);
  const inFront = useBulkInFront(connectionId);
  const ruled = draft !== undefined && draft !== null && draft.rules.length > 0;
  const preview = usePreview({
    wanted: inFront && prepared === null && ruled,
    question: `${connectionId} ${revision}`,
    // The prepared result is outdated.
    over: prepared !== null,
    work: (job) => ask(patchbay.bulk.preview({ connectionId, job })),
  });
  return {
    ...preview,
    summary: ruled ? preview.summary : null,
    working: preview.working || unsaved.length > 0,
  };
}
