import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import { ConnectionButton } from '../../ui/ConnectionButton';
import { ConnectionName } from '../../ui/ConnectionName';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { openPlan } from './open-plan';
import type { OrderItem } from './order-items';
import classes from './WorkOrders.module.css';

/** The heading over one connection's changes: choose them all, or plan them, in its own colour. */
export function ConnectionHead({
  item: { order, connectionId, connection, changes },
  chosen,
  onChoose,
}: {
  item: Extract<OrderItem, { type: 'connection' }>;
  /** How many of its changes are chosen. */
  chosen: number;
  onChoose: (on: boolean) => void;
}) {
  const { t } = useTranslation('workorders');
  const n = formatCount(changes);
  const name = connection?.name ?? t('connectionGone');
  return (
    <div className={classes.connection}>
      <Checkbox
        aria-label={t('select.all', { name: isolate(name) })}
        checked={chosen > 0 && chosen === changes}
        indeterminate={chosen > 0 && chosen < changes}
        disabled={order.state === 'applying'}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <h3 className={classes.connectionName}>
        <ConnectionName connection={connection} fallback={t('connectionGone')} />
      </h3>
      {connection?.site ? <bdi className={classes.quiet}>{connection.site}</bdi> : null}
      <span className={layout.push} />
      {order.state === 'applying' || order.state === 'closed' ? null : (
        <ConnectionButton
          size="compact-xs"
          variant="light"
          connections={[connection]}
          aria-label={`${t('order.plan', { count: changes, n })} · ${isolate(name)}`}
          onClick={() => void openPlan({ workOrderId: order.id, connectionId })}
        >
          {t('order.plan', { count: changes, n })}
        </ConnectionButton>
      )}
    </div>
  );
}
