import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, patchbay, problemOf } from '../../bridge';
import { keys } from '../../queries';
import { EmptyState } from '../../ui/EmptyState';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useWorkspace } from '../../workspace';
import { useConnections } from '../connections/queries';
import classes from './WorkOrders.module.css';
import { WorkOrderView } from './WorkOrderView';

/** The work orders with their prepared changes, grouped as the side list groups the connections. */
export function WorkOrdersTab() {
  const { t } = useTranslation('workorders');
  const connections = useConnections();
  const order = useQuery({ queryKey: keys.workOrder(), queryFn: () => ask(patchbay.workOrders.current()) });
  const changes = useQuery({
    queryKey: keys.changes(null),
    queryFn: () => ask(patchbay.changes.list({ connectionId: null })),
  });
  const error = order.error ?? changes.error;
  if (error) {
    return (
      <div className={classes.notice}>
        <ProblemAlert problem={problemOf(error)} />
      </div>
    );
  }
  if (!order.data || !changes.data) {
    return (
      <div className={classes.notice}>
        <Loader size="sm" aria-label={t('loading')} />
      </div>
    );
  }
  if (changes.data.length === 0) {
    const first = connections[0];
    return (
      <EmptyState
        title={t('order.empty.title', { number: order.data.number })}
        advice={t(first ? 'order.empty.advice' : 'order.empty.noConnection')}
      >
        <Button
          onClick={() =>
            useWorkspace
              .getState()
              .open(first ? { type: 'directory', connectionId: first.id } : { type: 'overview' })
          }
        >
          {first ? t('order.empty.openDirectory', { name: first.name }) : t('order.empty.openOverview')}
        </Button>
      </EmptyState>
    );
  }
  // One for now; the list takes several as it stands.
  const orders = [order.data];
  return (
    <div className={classes.tab}>
      {orders.map((one) => (
        <WorkOrderView
          key={one.id}
          order={one}
          changes={changes.data.filter((change) => change.workOrderId === one.id)}
          connections={connections}
        />
      ))}
    </div>
  );
}
