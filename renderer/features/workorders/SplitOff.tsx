import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { WorkOrderId } from '../../../shared/model/change';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { useWorkspace } from '../../workspace';
import { sayDone, sayProblem } from '../shell/actions';
import { useWorkOrder, workOrderName } from './queries';

/** Puts what a run left prepared (failed, conflicting, skipped) into a new work order by one click. */
export function SplitOff({ workOrderId, small = false }: { workOrderId: WorkOrderId; small?: boolean }) {
  const { t } = useTranslation('workorders');
  const order = useWorkOrder(workOrderId);
  const split = useMutation({
    mutationFn: () => ask(patchbay.workOrders.splitOff({ workOrderId })),
    onSuccess: (made) => {
      if (made) sayDone(t('split.done', { name: workOrderName(made) }));
      useWorkspace.getState().open({ type: 'work-orders' });
    },
    onError: (error) => sayProblem('split', '', problemOf(error)),
  });
  if (!order || order.changes === 0 || order.state === 'applying') return null;
  return (
    <Button
      size={small ? 'compact-xs' : 'xs'}
      variant="light"
      loading={split.isPending}
      title={t('split.help')}
      onClick={() => split.mutate()}
    >
      {t('split.button', { count: order.changes, n: formatCount(order.changes) })}
    </Button>
  );
}
