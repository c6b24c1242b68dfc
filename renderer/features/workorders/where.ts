import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { PlanRow } from '../../../shared/model/plan';
import { formatCount, formatList } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { serversOf } from './plan-rows';

/** "Apply 3 changes to Tehran PBX and Panel": every server that is written to is named, however many there are. */
export function useWhere(
  rows: readonly PlanRow[],
  connections: ReadonlyMap<string, Connection>,
): { sentence: string; servers: readonly (Connection | undefined)[] } {
  const { t } = useTranslation('workorders');
  const servers = useMemo(
    () => serversOf(rows, connections).map(([id]) => connections.get(id)),
    [rows, connections],
  );
  if (servers.length === 0) return { sentence: t('apply.none'), servers };
  const what = t('changes', { count: rows.length, n: formatCount(rows.length) });
  const names = formatList(servers.map((one) => isolate(one?.name ?? t('connectionGone'))));
  return { servers, sentence: t('apply.to', { what, names }) };
}
