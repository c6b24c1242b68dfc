import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../shared/model/change';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { closeWorkOrderDialog } from './dialogs';
import { workOrderName } from './queries';

/** Asks before a work order is closed that still has changes: they stay in it, and nobody would look there. */
export function CloseOrderDialog({ order }: { order: WorkOrder }) {
  const { t } = useTranslation('workorders');
  const name = workOrderName(order);
  const close = useMutation({
    mutationFn: () => ask(patchbay.workOrders.close({ workOrderId: order.id })),
    onSuccess: closeWorkOrderDialog,
  });
  return (
    <Modal
      opened
      onClose={closeWorkOrderDialog}
      title={t('close.title', { name })}
      closeButtonProps={{ 'aria-label': t('ask.no') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('close.left', { count: order.changes, n: formatCount(order.changes) })}</Text>
        {close.error ? <ProblemAlert problem={problemOf(close.error)} /> : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={closeWorkOrderDialog} data-autofocus>
            {t('ask.no')}
          </Button>
          <Button loading={close.isPending} onClick={() => close.mutate()}>
            {t('close.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
