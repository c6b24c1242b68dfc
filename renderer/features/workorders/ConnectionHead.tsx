import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection, ConnectionId } from '../../../shared/model/connection';
import { formatCount } from '../../i18n';
import { ConnectionName } from '../../ui/ConnectionName';
import { isolate } from '../../ui/isolate';
import { useWorkspace } from '../../workspace';
import classes from './WorkOrders.module.css';

/** The heading over one connection's changes, with the way to its plan in its own colour. */
export function ConnectionHead({
  connectionId,
  connection,
  changes,
}: {
  connectionId: ConnectionId;
  connection: Connection | undefined;
  changes: number;
}) {
  const { t } = useTranslation('workorders');
  const n = formatCount(changes);
  return (
    <div className={classes.connection}>
      <h3 className={classes.connectionName}>
        <ConnectionName connection={connection} fallback={t('connectionGone')} />
      </h3>
      <Button
        size="compact-xs"
        variant="light"
        color={connection?.colour ?? 'gray'}
        aria-label={t('order.planOf', { count: changes, n, name: isolate(connection?.name ?? '') })}
        onClick={() => useWorkspace.getState().open({ type: 'plan', connectionId, changeId: null })}
      >
        {t('order.plan', { count: changes, n })}
      </Button>
    </div>
  );
}
