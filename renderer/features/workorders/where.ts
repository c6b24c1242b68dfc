import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection, ConnectionDraft } from '../../../shared/model/connection';
import type { PlanRow } from '../../../shared/model/plan';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { serversOf } from './plan-rows';

/** "Apply 3 changes to Tehran PBX and 1 other", in the colour of the server that is named. */
export function useWhere(
  rows: readonly PlanRow[],
  connections: ReadonlyMap<string, Connection>,
): { sentence: string; colour: ConnectionDraft['colour'] | 'gray' } {
  const { t } = useTranslation('workorders');
  const servers = useMemo(() => serversOf(rows, connections), [rows, connections]);
  const first = connections.get(servers[0]?.[0] ?? '');
  if (!first) return { sentence: t('apply.none'), colour: 'gray' };
  const others = servers.length - 1;
  const what = t('changes', { count: rows.length, n: formatCount(rows.length) });
  const name = isolate(first.name);
  return {
    colour: first.colour,
    sentence:
      others === 0
        ? t('apply.toOne', { what, name })
        : t('apply.toMany', {
            what,
            name,
            others: t('apply.others', { count: others, n: formatCount(others) }),
          }),
  };
}
