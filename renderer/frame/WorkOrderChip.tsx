import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown, IconClipboardList, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../shared/model/change';
import { openPlan, openWorkOrderDialog } from '../features/workorders';
import { formatCount } from '../i18n';
import { sayProblem } from '../program/actions';
import { ask, patchbay } from '../program/bridge';
import { useKeyWords } from '../program/shortcuts';
import { useCurrentOrder, useWorkOrders, workOrderName } from '../program/work-orders';
import { useWorkspace } from '../program/workspace';
import { CutText } from '../ui/CutText';
import { Keys } from '../ui/Keys';
import layout from '../ui/layout.module.css';
import { useAction } from '../ui/useAction';
import classes from './TopBar.module.css';

const listed = 8;

/** The work order that edits go into: its plan by a click, another one by the menu beside it. */
export function WorkOrderChip() {
  const { t } = useTranslation('shell');
  const order = useCurrentOrder();
  if (!order) return null;
  return (
    <div className={classes.chip} data-empty={order.changes === 0 || undefined}>
      <UnstyledButton
        className={classes.chipFace}
        title={order.name || undefined}
        onClick={() => void openPlan({ workOrderId: order.id })}
      >
        <IconClipboardList size={14} aria-hidden className={layout.fixed} />
        <bdi>{workOrderName(order)}</bdi>
        {order.name === '' ? null : (
          <span className={classes.chipName} data-order-name>
            <CutText>{order.name}</CutText>
          </span>
        )}
        <span>·</span>
        <span>{t('top.changes', { count: order.changes, shown: formatCount(order.changes) })}</span>
      </UnstyledButton>
      <Menu withinPortal position="bottom-end" width={320}>
        <Menu.Target>
          <ActionIcon
            variant="transparent"
            color="gray"
            size={24}
            className={classes.chipMore}
            aria-label={t('top.switch')}
          >
            <IconChevronDown size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Orders current={order} />
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function Orders({ current }: { current: WorkOrder }) {
  const { t } = useTranslation('shell');
  const keys = useKeyWords();
  const orders = useWorkOrders().filter(({ state }) => state !== 'closed');
  const take = useAction({
    work: ({ id: workOrderId }: WorkOrder) => ask(patchbay.workOrders.makeCurrent({ workOrderId })),
    failed: (problem, order) => sayProblem('switch', workOrderName(order), problem),
  });
  return (
    <>
      <Menu.Label>{t('top.switchTo')}</Menu.Label>
      {orders.slice(0, listed).map((order) => (
        <Menu.Item
          key={order.id}
          leftSection={
            order.id === current.id ? <IconCheck size={14} /> : <span className={classes.noCheck} />
          }
          rightSection={
            <span className={classes.chipCount}>
              {t('top.changes', { count: order.changes, shown: formatCount(order.changes) })}
            </span>
          }
          aria-current={order.id === current.id || undefined}
          onClick={() => take.run(order)}
        >
          <span className={classes.chipOrder}>
            <bdi dir="ltr">{workOrderName(order)}</bdi> <bdi>{order.name || order.customer}</bdi>
          </span>
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconPlus size={14} />}
        rightSection={<Keys words={keys('newOrder')} />}
        onClick={() => openWorkOrderDialog({ type: 'create' })}
      >
        {t('command.newWorkOrder')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconClipboardList size={14} />}
        onClick={() => useWorkspace.getState().open({ type: 'work-orders' })}
      >
        {t('top.allOrders')}
      </Menu.Item>
    </>
  );
}
