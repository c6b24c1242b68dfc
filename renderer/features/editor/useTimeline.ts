import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { everything, type JournalItem } from '../../../shared/model/journal';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';
import type { RecordRef } from '../../program/record-query';

const pageSize = 20;

/** The entries of one record, newest first; `end` goes below the last, and has the next ones read as it comes into sight. */
export function useTimeline(record: RecordRef) {
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: keys.journal('record', record.connectionId, record.remoteId),
    queryFn: ({ pageParam }) =>
      ask(patchbay.journal.page({ ...everything, ...record, before: pageParam, limit: pageSize })),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.seq),
  });
  const end = useRef<HTMLDivElement>(null);
  const pages = data?.pages.length ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again after each page, which may not fill the panel
  useEffect(() => {
    const mark = end.current;
    if (!mark || !hasNextPage || isFetchingNextPage) return;
    const watch = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) void fetchNextPage();
      },
      { rootMargin: '200px' },
    );
    watch.observe(mark);
    return () => watch.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, pages]);
  const items: readonly JournalItem[] | undefined = data?.pages.flatMap((page) => page.items);
  return { items, loading: isFetchingNextPage, end };
}
