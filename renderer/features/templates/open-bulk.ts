import { useQuery } from '@tanstack/react-query';
import type { ConnectionId } from '../../../shared/model/connection';
import type { ComparedItem, TemplateId } from '../../../shared/model/many';
import { ask, patchbay } from '../../bridge';
import { keys, queryClient } from '../../queries';
import { useWorkspace } from '../../workspace';

type Rules = { templateId: TemplateId } | { like: ComparedItem; fields: string[] };

/** Begins a bulk edit with rules made elsewhere, and shows it. */
export async function openBulk(
  connectionId: ConnectionId,
  records: 'selected' | 'all' | string[],
  rules: Rules,
): Promise<void> {
  await ask(patchbay.bulk.open({ connectionId, records, sort: null, rules }));
  await queryClient.invalidateQueries({ queryKey: ['bulk'] });
  useWorkspace.getState().open({ type: 'bulk', connectionId });
}

/** How many rules a bulk edit that is being put together on a connection has; it would be replaced. */
export function useDraftRules(connectionId: ConnectionId | undefined): number {
  const { data } = useQuery({
    queryKey: keys.bulkDraft(connectionId ?? ''),
    enabled: connectionId !== undefined,
    queryFn: () => (connectionId ? ask(patchbay.bulk.draft({ connectionId })) : null),
  });
  return data?.rules.length ?? 0;
}
