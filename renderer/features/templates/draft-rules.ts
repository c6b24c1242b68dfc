import { useQuery } from '@tanstack/react-query';
import type { ConnectionId } from '../../../shared/model/connection';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';

/** How many rules a bulk edit that is being put together on a connection has; it would be replaced. */
export function useDraftRules(connectionId: ConnectionId): number {
  const { data } = useQuery({
    queryKey: keys.bulkDraft(connectionId),
    queryFn: () => ask(patchbay.bulk.draft({ connectionId })),
  });
  return data?.rules.length ?? 0;
}
