import { ActionIcon, Menu } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconDots, IconPencil, IconTarget } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../shared/model/change';
import { problemOf } from '../../../shared/model/problem';
import { sayProblem } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { workOrderName } from '../../program/work-orders';
import { openWorkOrderDialog } from './dialogs';

/** What can be done with a work order as a whole. */
export function OrderMenu({ order }: { order: WorkOrder }) {
  const { t } = useTranslation('workorders');
  const name = workOrderName(order);
  const say = (work: Promise<unknown>) =>
    work.catch((error: unknown) => sayProblem(`order ${order.id}`, name, problemOf(error)));
  const close = () =>
    order.changes > 0
      ? openWorkOrderDialog({ type: 'close', order })
      : void say(ask(patchbay.workOrders.close({ workOrderId: order.id })));
  const closed = order.state === 'closed';
  return (
    <Menu withinPortal position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={t('order.actions', { name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil size={14} />}
          onClick={() => openWorkOrderDialog({ type: 'edit', order })}
        >
          {t('order.edit')}
        </Menu.Item>
        {order.current ? null : (
          <Menu.Item
            leftSection={closed ? <IconArchiveOff size={14} /> : <IconTarget size={14} />}
            onClick={() => void say(ask(patchbay.workOrders.makeCurrent({ workOrderId: order.id })))}
          >
            {t(closed ? 'order.reopen' : 'order.makeCurrent')}
          </Menu.Item>
        )}
        {closed ? null : (
          <Menu.Item
            leftSection={<IconArchive size={14} />}
            disabled={order.state === 'applying'}
            onClick={close}
          >
            {t(order.changes > 0 ? 'order.closeAsk' : 'order.close')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
