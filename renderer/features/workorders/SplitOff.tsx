import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkOrderId } from '../../../shared/model/change';
import { formatCount } from '../../i18n';
import { sayDone, sayProblem } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { useWorkOrder, workOrderName } from '../../program/work-orders';
import { useWorkspace } from '../../program/workspace';
import { useAction } from '../../ui/useAction';

/** Puts what a run left prepared (failed, conflicting, skipped) into a new work order by one click. */
export function SplitOff({ workOrderId, small = false }: { workOrderId: WorkOrderId; small?: boolean }) {
  const { t } = useTranslation('workorders');
  const order = useWorkOrder(workOrderId);
  const split = useAction({
    work: () => ask(patchbay.workOrders.splitOff({ workOrderId })),
    done: (made) => {
      if (made) sayDone(t('split.done', { name: workOrderName(made) }));
      useWorkspace.getState().open({ type: 'work-orders' });
    },
    failed: (problem) => sayProblem('split', '', problem),
  });
  if (!order || order.changes === 0 || order.state === 'applying') return null;
  return (
    <Button
      size={small ? 'compact-xs' : 'xs'}
      variant="light"
      loading={split.busy}
      title={t('split.help')}
      onClick={() => split.run()}
    >
      {t('split.button', { count: order.changes, n: formatCount(order.changes) })}
    </Button>
  );
}
