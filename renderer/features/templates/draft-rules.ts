import { useQuery } from '@tanstack/react-query';
import type { ConnectionId } from '../../../shared/model/connection';
import { ask, patchbay } from '../../bridge';
import { keys } from '../../queries';

/** How many rules a bulk edit that is being put together on a connection has; it would be replaced. */
export function useDraftRules(connectionId: ConnectionId | undefined): number {
  const { data } = useQuery({
    queryKey: keys.bulkDraft(connectionId ?? ''),
    enabled: connectionId !== undefined,
    queryFn: () => (connectionId ? ask(patchbay.bulk.draft({ connectionId })) : null),
  });
  return data?.rules.length ?? 0;
}
