import { ActionIcon, Anchor, Tooltip } from '@mantine/core';
import { IconDots, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverKind } from '../../shared/catalog';
import type { Connection } from '../../shared/model/connection';
import { everything } from '../../shared/model/journal';
import { ConnectionMenu } from '../features/connections';
import { openPlan } from '../features/workorders';
import { formatAgo, formatCount, formatMoment, localised } from '../i18n';
import { syncConnection } from '../program/actions';
import { ask, patchbay } from '../program/bridge';
import { useChangeCount, useSummaries } from '../program/connections';
import { useReach } from '../program/live';
import { keys } from '../program/queries';
import { useSyncProgress } from '../program/sync';
import { useWorkspace } from '../program/workspace';
import { ConnectionTag, connectionLine } from '../ui/ConnectionTag';
import layout from '../ui/layout.module.css';
import { ReachMark } from '../ui/ReachMark';
import { SeenText } from '../ui/SeenText';
import { StatusMark } from '../ui/StatusMark';
import classes from './Overview.module.css';

/** One connection on the overview. */
export function OverviewRow({ connection }: { connection: Connection }) {
  const { t } = useTranslation('shell');
  const { id: connectionId } = connection;
  const [menu, setMenu] = useState(false);
  const open = useWorkspace((state) => state.open);
  const reach = useReach(connectionId);
  const syncing = useSyncProgress(connectionId) !== undefined;
  const summary = useSummaries().find((one) => one.connectionId === connectionId);
  const changes = useChangeCount(connectionId);
  const syncedAt = summary?.syncedAt ?? null;
  return (
    <tr className={classes.row} data-connection={connectionId}>
      <td>
        <span className={classes.name}>
          <span className={classes.colour} style={{ background: connectionLine(connection.colour) }} />
          <Anchor
            component="button"
            type="button"
            inherit
            c="var(--mantine-color-text)"
            fw={500}
            onClick={() => open({ type: 'directory', connectionId })}
          >
            <bdi>
              <SeenText>{connection.name}</SeenText>
            </bdi>
          </Anchor>
          <ConnectionTag connection={connection} />
          <span className={layout.muted}>{localised(serverKind(connection.kind).noun)}</span>
        </span>
      </td>
      <td>
        <span className={classes.mark}>
          <ReachMark reach={reach} named={false} />
          {t(`reach.${reach}`)}
        </span>
      </td>
      <td className={`${classes.number} ${classes.whereRoom}`}>
        {syncedAt === null ? '' : formatCount(summary?.count ?? 0)}
      </td>
      <td
        title={syncedAt === null ? undefined : formatMoment(syncedAt)}
        className={`${layout.muted} ${classes.whereRoom}`}
      >
        {syncedAt === null ? t('overview.never') : formatAgo(syncedAt)}
      </td>
      <td>
        {changes === 0 ? (
          <span className={layout.muted}>{t('overview.none')}</span>
        ) : (
          <Anchor component="button" type="button" inherit onClick={() => void openPlan({ connectionId })}>
            {t('top.changes', { count: changes, shown: formatCount(changes) })}
          </Anchor>
        )}
      </td>
      <td>
        <LastOutcome connectionId={connectionId} />
      </td>
      <td className={classes.actions}>
        <Tooltip label={t('overview.sync')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            loading={syncing}
            aria-label={t('overview.syncOne', { name: connection.name })}
            onClick={() => void syncConnection(connection)}
          >
            <IconRefresh size={16} />
          </ActionIcon>
        </Tooltip>
        <ConnectionMenu connection={connection} opened={menu} onChange={setMenu}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('side.actions', { name: connection.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </ConnectionMenu>
      </td>
    </tr>
  );
}

/** What became of the last write to this connection. */
function LastOutcome({ connectionId }: { connectionId: Connection['id'] }) {
  const { data } = useQuery({
    queryKey: keys.journal('last', connectionId),
    queryFn: () =>
      ask(
        patchbay.journal.page({
          ...everything,
          connectionId,
          before: null,
          // Looking at a secret is in the history too; the last few surely hold a write where there was one lately.
          limit: 20,
        }),
      ),
  });
  const last = data?.items.find((item) => item.type === 'write' && item.outcome !== null);
  if (!last?.outcome) return null;
  return (
    <span className={classes.mark} title={`${last.title} · ${formatMoment(last.at)}`}>
      <StatusMark mark={last.outcome} />
      <span className={layout.muted}>{formatAgo(last.at)}</span>
    </span>
  );
}
