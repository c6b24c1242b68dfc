import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { JournalFilter } from '../../../shared/model/journal';
import { ask, listen, patchbay } from '../../program/bridge';
import { queryClient } from '../../program/queries';

const pageSize = 100;
/** Longer lists are not reloaded whenever something happens; the user is told instead. */
const readAgainUpTo = 3;
const gatherMs = 400;

/*
 * These keys do not begin with the topic: a run writes many entries a second, and a list that somebody has scrolled
 * far down must not be read again, page by page, for each.
 */
const pageKey = (filter: JournalFilter, upTo: number | null) => ['history', 'page', filter, upTo] as const;
const countKey = (filter: JournalFilter) => ['history', 'count', filter] as const;

/** The entries that match a filter, newest first, loaded page by page as the user scrolls. */
export function useEntries(filter: JournalFilter, upTo: number | null) {
  const pages = useInfiniteQuery({
    queryKey: pageKey(filter, upTo),
    queryFn: ({ pageParam }) => ask(patchbay.journal.page({ ...filter, before: pageParam, limit: pageSize })),
    initialPageParam: upTo === null ? null : upTo + 1,
    getNextPageParam: (last) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.seq),
    // The old list stays in sight while the next filter's is asked for.
    placeholderData: (before) => before,
  });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const [stale, setStale] = useState(false);
  const read = pages.data?.pages.length ?? 0;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = () => {
      timer = undefined;
      if (read > readAgainUpTo) setStale(true);
      else void queryClient.invalidateQueries({ queryKey: ['history', 'page'] });
      void queryClient.invalidateQueries({ queryKey: ['history', 'count'] });
    };
    const stop = listen('changed', ({ topics }) => {
      if (topics.includes('journal')) timer ??= setTimeout(renew, gatherMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [read]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is read anew, and is not behind
  useEffect(() => setStale(false), [filter, upTo]);
  const renew = useCallback(() => {
    setStale(false);
    void queryClient.resetQueries({ queryKey: pageKey(filter, upTo) });
  }, [filter, upTo]);

  return { pages, more, stale, renew };
}

/** How many entries a filter leaves; null until it is counted. */
export function useEntryCount(filter: JournalFilter): number | null {
  const { data } = useQuery({
    queryKey: countKey(filter),
    queryFn: () => ask(patchbay.journal.count(filter)),
  });
  return data ?? null;
}

/** The sites that occur in the history, those of connections that are gone too. */
export function useSites(): readonly string[] {
  const { data } = useQuery({
    queryKey: ['history', 'sites'],
    queryFn: () => ask(patchbay.journal.sites()),
    staleTime: 60_000,
  });
  return data ?? [];
}
