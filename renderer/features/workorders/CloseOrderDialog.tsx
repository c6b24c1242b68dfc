import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../shared/model/change';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { workOrderName } from '../../program/work-orders';
import { FormDialog } from '../../ui/FormDialog';
import { useAction } from '../../ui/useAction';
import { closeWorkOrderDialog } from './dialogs';

/** Asks before a work order is closed that still has changes: they stay in it, and nobody would look there. */
export function CloseOrderDialog({ order }: { order: WorkOrder }) {
  const { t } = useTranslation('workorders');
  const name = workOrderName(order);
  const close = useAction({
    work: () => ask(patchbay.workOrders.close({ workOrderId: order.id })),
    done: closeWorkOrderDialog,
  });
  return (
    <FormDialog
      title={t('close.title', { name })}
      confirm={t('close.confirm')}
      cancel={t('ask.no')}
      action={close}
      onSubmit={close.run}
      onClose={closeWorkOrderDialog}
      careful
    >
      <Text size="sm">{t('close.left', { count: order.changes, n: formatCount(order.changes) })}</Text>
    </FormDialog>
  );
}
