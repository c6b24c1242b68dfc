import { QueryClient } from '@tanstack/react-query';
import type { EventPayload } from '../../shared/contract/contract';
import { listen } from './bridge';

/**
 * What the window knows of the main process's data. Every key begins with its topic, so that a `changed` event
 * makes exactly what is shown of that topic be asked for again.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    // All is asked of the main process, which is there without any network: a laptop that is offline waits for nothing.
    queries: {
      networkMode: 'always',
      retry: false,
      refetchOnWindowFocus: false,
      staleTime: Number.POSITIVE_INFINITY,
    },
    mutations: { networkMode: 'always' },
  },
});

/** Query keys: topic first, then what narrows it. */
export const keys = {
  connections: () => ['connections'] as const,
  /** What the keychain holds beside credentials is asked for again with them. */
  authorities: () => ['credentials', 'authorities'] as const,
  credentials: (connectionId: string) => ['credentials', connectionId] as const,
  summaries: () => ['directory', 'summaries'] as const,
  directoryPage: (connectionId: string, ...rest: unknown[]) =>
    ['directory', connectionId, 'page', ...rest] as const,
  record: (connectionId: string, remoteId: string) =>
    ['directory', connectionId, 'record', remoteId] as const,
  distinct: (connectionId: string, field: string) => ['directory', connectionId, 'distinct', field] as const,
  lookup: (connectionId: string, field: string) => ['directory', connectionId, 'lookup', field] as const,
  selection: (connectionId: string, ...query: unknown[]) =>
    ['bulk', 'selection', connectionId, ...query] as const,
  bulkDraft: (connectionId: string) => ['bulk', 'draft', connectionId] as const,
  steps: (workOrderId: string) => ['bulk', 'steps', workOrderId] as const,
  templates: () => ['templates', 'list'] as const,
  changeCounts: (workOrderId: string | null) => ['changes', 'counts', workOrderId] as const,
  changePage: (workOrderId: string, connectionId: string, page: number) =>
    ['changes', 'page', workOrderId, connectionId, page] as const,
  editedOf: (records: readonly string[]) => ['changes', 'edited', ...records] as const,
  editedSince: (...scope: unknown[]) => ['changes', 'since', ...scope] as const,
  changedSecrets: (workOrderId: string) => ['changes', 'secrets', workOrderId] as const,
  change: (connectionId: string, remoteId: string) => ['changes', 'one', connectionId, remoteId] as const,
  workOrder: () => ['workOrders', 'current'] as const,
  workOrders: () => ['workOrders', 'list'] as const,
  newestRun: (workOrderId: string) => ['workOrders', 'run', workOrderId] as const,
  journal: (...filter: unknown[]) => ['journal', ...filter] as const,
  comparison: (...items: readonly string[]) => ['compare', ...items] as const,
};

/*
 * A run changes things many times a second: told at once the first time, then gathered. Where asking again takes long
 * (a thousand changes), it is done the less often, so that it never takes more than a fraction of the main process.
 */
const gatherMs = 200;
const restPerAsking = 8;
// What is shown may be this old; and one answer that does not come must not keep the rest from being told.
const longestMs = 1_000;

/** Keeps the queries in step with the main process; call once at start. */
export function followChanges(): void {
  let waiting: EventPayload<'changed'>[] = [];
  let resting = false;
  const flush = async (): Promise<void> => {
    resting = true;
    while (waiting.length > 0) {
      const told = waiting;
      waiting = [];
      const began = performance.now();
      await Promise.race([renew(told), new Promise((resolve) => setTimeout(resolve, longestMs))]);
      const took = performance.now() - began;
      const rest = Math.min(Math.max(gatherMs, restPerAsking * took), longestMs);
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
    resting = false;
  };
  listen('changed', (change) => {
    waiting.push(change);
    if (!resting) void flush();
  });
}

async function renew(told: readonly EventPayload<'changed'>[]): Promise<void> {
  const topics = new Set(told.flatMap((one) => one.topics));
  const grids = told.filter((one) => one.topics.includes('changes') && !topics.has('directory'));
  await Promise.all([
    ...[...topics].map((topic) => queryClient.invalidateQueries({ queryKey: [topic] })),
    grids.length > 0 ? renewGrids(grids.map(({ connectionId }) => connectionId)) : undefined,
  ]);
}

/** Rows of the grid carry the number of prepared edits; records and suggestions do not. */
function renewGrids(connectionIds: readonly (string | null)[]): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey: [topic, id, what] }) =>
      topic === 'directory' && what === 'page' && connectionIds.some((one) => one === null || one === id),
  });
}
