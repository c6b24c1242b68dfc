import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ComparedItem } from '../../shared/model/many';
import { ask, listen, patchbay } from './bridge';
import { keys, queryClient } from './queries';

/** Records side by side, kept in step with what is edited and read. */
export function useComparison(items: readonly ComparedItem[]) {
  const query = useQuery({
    queryKey: keys.comparison(...items.map(({ connectionId, remoteId }) => `${connectionId} ${remoteId}`)),
    queryFn: () => ask(patchbay.compare.records({ items: [...items] })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  useEffect(
    () =>
      listen('changed', ({ topics }) => {
        if (topics.some((topic) => topic === 'changes' || topic === 'directory' || topic === 'workOrders'))
          void queryClient.invalidateQueries({ queryKey: keys.comparison() });
      }),
    [],
  );
  return query;
}
