import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../shared/model/change';
import { ask, patchbay } from '../../program/bridge';
import { useConnections } from '../../program/connections';
import { useWorkspace } from '../../program/workspace';
import classes from './WorkOrders.module.css';

/** A work order in which nothing is prepared: how something gets into it, and the first step. */
export function EmptyOrder({ order }: { order: WorkOrder }) {
  const { t } = useTranslation('workorders');
  const [first] = useConnections();
  const { open } = useWorkspace.getState();
  return (
    <div className={classes.empty}>
      <Text size="sm" fw={600}>
        {t('order.empty.title', { number: order.number })}
      </Text>
      <Text size="sm" c="dimmed">
        {t(
          !order.current
            ? 'order.empty.notCurrent'
            : first
              ? 'order.empty.advice'
              : 'order.empty.noConnection',
        )}
      </Text>
      <Group gap="sm" mt={8}>
        {!order.current ? (
          <Button
            variant="default"
            onClick={() => void ask(patchbay.workOrders.makeCurrent({ workOrderId: order.id }))}
          >
            {t('order.makeCurrent')}
          </Button>
        ) : first ? (
          <Button onClick={() => open({ type: 'directory', connectionId: first.id })}>
            {t('order.empty.openDirectory', { name: first.name })}
          </Button>
        ) : (
          <Button onClick={() => open({ type: 'overview' })}>{t('order.empty.openOverview')}</Button>
        )}
      </Group>
    </div>
  );
}
