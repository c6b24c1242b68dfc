import { useQuery } from '@tanstack/react-query';
import type { ConnectionId } from '../../../shared/model/connection';
import type { GridQueryInput } from '../../../shared/model/many';
import { ask, patchbay } from '../../program/bridge';
import { useSummaries } from '../../program/connections';
import type { ExportAsked } from '../../program/open-export';
import { keys } from '../../program/queries';

/** How many rows each choice has; null while it is being counted. */
export function useExportCounts(
  connectionId: ConnectionId,
  query: GridQueryInput,
): Readonly<Record<ExportAsked['rows'], number | null>> {
  const all = useSummaries().find((one) => one.connectionId === connectionId)?.count ?? null;
  const shown = useQuery({
    queryKey: keys.directoryPage(connectionId, 'export', query),
    queryFn: () => ask(patchbay.directory.page({ connectionId, ...query, columns: [], offset: 0, limit: 1 })),
  });
  const selected = useQuery({
    queryKey: keys.selection(connectionId, 'export', query),
    queryFn: () => ask(patchbay.selection.count({ connectionId, query })),
  });
  return { all, shown: shown.data?.total ?? null, selected: selected.data?.count ?? null };
}
