import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { TypedRule } from '../../../shared/bulk/rule';
import type { BatchSummary } from '../../../shared/model/batch';
import type { ConnectionId } from '../../../shared/model/connection';
import type { BulkDraft } from '../../../shared/model/many';
import type { Problem } from '../../../shared/model/problem';
import { ask, listen, patchbay, problemOf } from '../../bridge';
import { keys, queryClient } from '../../queries';
import { useJob } from '../../ui/useJob';
import { useWorkspace } from '../../workspace';
import { recordsChanged, ruleChanged, useBulkSession } from './session';

/** The stored bulk edit of a connection; null where there is none. */
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

export interface BulkPreview {
  /** The newest that was worked out; null where there is none yet, or no rule. */
  readonly summary: BatchSummary | null;
  /** It is being worked out again. */
  readonly working: boolean;
  readonly progress: { readonly done: number; readonly total: number | null } | null;
  readonly problem: Problem | null;
  cancel(): void;
  again(): void;
}

const settledMs = 250;

/** Works the rules out by itself, once typing settles; a later one takes the place of one that is under way. */
export function useBulkPreview(connectionId: ConnectionId, draft: BulkDraft | null | undefined): BulkPreview {
  const { revision, prepared, unsaved } = useBulkSession(connectionId);
  const inFront = useBulkInFront(connectionId);
  const { run, cancel, running, progress } = useJob();
  const [summary, setSummary] = useState<BatchSummary | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asked, setAsked] = useState(0);
  const wanted =
    inFront && prepared === null && draft !== undefined && draft !== null && draft.rules.length > 0;
  const [due, setDue] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: worked out anew with every revision, and when asked
  useEffect(() => {
    // What was prepared is no more to be looked at.
    if (prepared) setSummary(null);
    if (!wanted) return;
    let over = false;
    setDue(true);
    const timer = setTimeout(async () => {
      try {
        const found = await run((job) => ask(patchbay.bulk.preview({ connectionId, job })));
        if (over) return;
        setSummary(found);
        setProblem(null);
      } catch (error) {
        const told = problemOf(error);
        if (!over) setProblem(told);
      } finally {
        if (!over) setDue(false);
      }
    }, settledMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [connectionId, wanted, revision, asked, run]);

  return {
    summary: draft && draft.rules.length > 0 ? summary : null,
    working: due || running || unsaved.length > 0,
    progress: running ? progress : null,
    problem,
    cancel,
    again: () => setAsked((times) => times + 1),
  };
}
