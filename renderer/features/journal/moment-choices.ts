import { useInfiniteQuery } from '@tanstack/react-query';
import { everything, type JournalItem } from '../../../shared/model/journal';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';
import { hasWritten } from './requests';

const pageSize = 200;

/**
 * The other moments of an entry's record, newest first, as far as they were asked for.
 * @param until only those before this moment (milliseconds since 1970); all where null
 */
export function useMoments({ connectionId, remoteId, seq }: JournalItem, until: number | null) {
  const pages = useInfiniteQuery({
    queryKey: keys.journal('moments', connectionId, remoteId, until),
    queryFn: ({ pageParam }) =>
      ask(
        patchbay.journal.page({
          ...everything,
          connectionId,
          remoteId: remoteId === '' ? null : remoteId,
          to: until,
          before: pageParam,
          limit: pageSize,
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.seq),
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return { ...pages, moments: items.filter((one) => one.seq !== seq && hasWritten(one)) };
}
