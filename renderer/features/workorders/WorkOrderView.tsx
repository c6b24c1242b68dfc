import { Button, Group, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Change, WorkOrder } from '../../../shared/model/change';
import type { Connection } from '../../../shared/model/connection';
import { formatCount } from '../../i18n';
import { VirtualList } from '../../ui/VirtualList';
import { useWorkspace } from '../../workspace';
import { ChangeLine } from './ChangeLine';
import { ConnectionHead } from './ConnectionHead';
import { type OrderItem, orderItems } from './order-items';
import classes from './WorkOrders.module.css';

/** One work order: its number and name, its changes by site and connection, and the way to a plan. */
export function WorkOrderView({
  order,
  changes,
  connections,
}: {
  order: WorkOrder;
  changes: readonly Change[];
  connections: readonly Connection[];
}) {
  const { t } = useTranslation('workorders');
  const items = useMemo(() => orderItems(changes, connections), [changes, connections]);
  const servers = items.filter((item) => item.type === 'connection').length;
  return (
    <section className={classes.order} aria-label={t('order.number', { number: order.number })}>
      <header className={classes.header}>
        <Group justify="space-between" wrap="nowrap">
          <div>
            <Title order={1} fz="lg" fw={600}>
              {t('order.number', { number: order.number })} <bdi>{order.name}</bdi>
            </Title>
            <Text size="sm" c="dimmed">
              {t('order.sum', {
                connections: t('connections', { count: servers, n: formatCount(servers) }),
                changes: t('changes', { count: changes.length, n: formatCount(changes.length) }),
              })}
            </Text>
          </div>
          <Button
            onClick={() => useWorkspace.getState().open({ type: 'plan', connectionId: null, changeId: null })}
          >
            {t('order.planAll', { count: changes.length, n: formatCount(changes.length) })}
          </Button>
        </Group>
      </header>
      <VirtualList
        items={items}
        keyOf={keyOf}
        estimate={estimate}
        label={t('order.list')}
        render={(item) => <Item item={item} />}
      />
    </section>
  );
}

function Item({ item }: { item: OrderItem }) {
  if (item.type === 'site') return <SiteHead name={item.name} />;
  if (item.type === 'connection') {
    return (
      <ConnectionHead connectionId={item.connectionId} connection={item.connection} changes={item.changes} />
    );
  }
  return <ChangeLine change={item.change} connection={item.connection} />;
}

function SiteHead({ name }: { name: string }) {
  const { t } = useTranslation('workorders');
  return <h2 className={classes.site}>{name === '' ? t('noSite') : <bdi>{name}</bdi>}</h2>;
}

const keyOf = (item: OrderItem): string => item.id;

const estimate = (item: OrderItem): number => {
  if (item.type === 'change') return 7 + 22 * Math.max(1, item.change.fields.length);
  return item.type === 'site' ? 32 : 37;
};
