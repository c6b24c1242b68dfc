import { QueryClient } from '@tanstack/react-query';
import { listen } from './bridge';

/**
 * What the window knows of the main process's data. Every key begins with its topic, so that a `changed` event
 * makes exactly what is shown of that topic be asked for again.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY },
  },
});

/** Query keys: topic first, then what narrows it. */
export const keys = {
  connections: () => ['connections'] as const,
  credentials: (connectionId: string) => ['credentials', connectionId] as const,
  summaries: () => ['directory', 'summaries'] as const,
  directoryPage: (connectionId: string, ...rest: unknown[]) =>
    ['directory', connectionId, 'page', ...rest] as const,
  record: (connectionId: string, remoteId: string) =>
    ['directory', connectionId, 'record', remoteId] as const,
  distinct: (connectionId: string, field: string) => ['directory', connectionId, 'distinct', field] as const,
  lookup: (connectionId: string, field: string) => ['directory', connectionId, 'lookup', field] as const,
  changes: (connectionId: string | null) => ['changes', 'list', connectionId] as const,
  change: (connectionId: string, remoteId: string) => ['changes', 'one', connectionId, remoteId] as const,
  workOrder: () => ['workOrders', 'current'] as const,
  journal: (...filter: unknown[]) => ['journal', ...filter] as const,
};

/** Keeps the queries in step with the main process; call once at start. */
export function followChanges(): void {
  listen('changed', ({ topics, connectionId }) => {
    for (const topic of topics) void queryClient.invalidateQueries({ queryKey: [topic] });
    if (!topics.includes('changes') || topics.includes('directory')) return;
    // Rows of the grid carry the number of prepared edits; records and suggestions do not.
    void queryClient.invalidateQueries({
      predicate: ({ queryKey: [topic, id, what] }) =>
        topic === 'directory' && what === 'page' && (connectionId === null || id === connectionId),
    });
  });
}
