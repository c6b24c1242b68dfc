import { Button, Group, Menu, Text } from '@mantine/core';
import { IconArrowRight, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../shared/model/change';
import { problemOf } from '../../../shared/model/problem';

import { formatCount } from '../../i18n';
import { sayDone, sayProblem } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { workOrderName } from '../../program/work-orders';
import { openWorkOrderDialog } from './dialogs';
import type { Picked } from './picked';
import classes from './WorkOrders.module.css';

/** What can be done with the changes that are chosen: move them to another work order, or to a new one. */
export function MoveBar({
  picked,
  orders,
  onClear,
}: {
  picked: Picked;
  orders: readonly WorkOrder[];
  onClear: () => void;
}) {
  const { t } = useTranslation('workorders');
  const { count, changes } = picked;
  const n = formatCount(count);
  const move = async (to: WorkOrder) => {
    try {
      await ask(patchbay.workOrders.move({ picked: changes, to: to.id }));
      onClear();
      sayDone(t('move.done', { count, n, name: workOrderName(to) }));
    } catch (error) {
      sayProblem('move', t('move.button'), problemOf(error));
    }
  };
  return (
    <Group gap="sm" wrap="nowrap">
      <Text size="sm" fw={600} aria-live="polite">
        {t('select.count', { count, n })}
      </Text>
      <Menu withinPortal position="bottom-end" width={280}>
        <Menu.Target>
          <Button
            size="compact-sm"
            rightSection={<IconArrowRight size={14} className={classes.undo} />}
            data-move
          >
            {t('move.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
          {orders
            .filter(({ state }) => state !== 'closed' && state !== 'applying')
            .map((order) => (
              <Menu.Item key={order.id} onClick={() => void move(order)}>
                <bdi dir="ltr">{workOrderName(order)}</bdi> <bdi>{order.name}</bdi>
              </Menu.Item>
            ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconPlus size={14} />}
            onClick={() => openWorkOrderDialog({ type: 'create', takes: picked })}
          >
            {t('move.toNew')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        {t('select.clear')}
      </Button>
    </Group>
  );
}
