import { Badge, Button, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../shared/model/change';
import { formatCount, formatMoment } from '../../i18n';
import { workOrderName } from '../../program/work-orders';
import { CutText } from '../../ui/CutText';
import classes from './OrderHead.module.css';
import { OrderMenu } from './OrderMenu';
import { OrderState } from './OrderState';
import { openPlan } from './open-plan';
import { WorkOrderFileActions } from './transfer/WorkOrderFileActions';
import workOrders from './WorkOrders.module.css';

/** One work order: number, name, for whom, how it stands, how much is prepared, and the ways on. */
export function OrderHead({
  order,
  open,
  onToggle,
}: {
  order: WorkOrder;
  open: boolean;
  onToggle: (id: string, open: boolean) => void;
}) {
  const { t } = useTranslation('workorders');
  const name = workOrderName(order);
  const n = formatCount(order.changes);
  return (
    <div className={classes.orderHead} data-order={order.number} data-current={order.current || undefined}>
      <h2 className={classes.orderTitle}>
        <UnstyledButton
          className={classes.orderFace}
          aria-expanded={open}
          title={t('order.toggle', { name })}
          onClick={() => onToggle(order.id, !open)}
        >
          <IconChevronRight size={14} aria-hidden className={classes.fold} data-open={open} />
          <span className={classes.orderNumber}>
            <bdi dir="ltr">{name}</bdi>
          </span>
          <span className={classes.orderName} title={order.name}>
            {order.name === '' ? (
              <span className={workOrders.quiet}>
                {t('order.unnamed', { moment: formatMoment(order.createdAt) })}
              </span>
            ) : (
              <CutText>{order.name}</CutText>
            )}
          </span>
          <span className={classes.orderAbout}>
            {[order.customer, order.ticket].filter(Boolean).map((text) => (
              <Fragment key={text}>
                <span aria-hidden>·</span>
                <bdi>{text}</bdi>
              </Fragment>
            ))}
          </span>
        </UnstyledButton>
      </h2>
      {order.current ? (
        <Badge size="sm" radius="sm" variant="light" tt="none" fw={500} flex="none">
          {t('order.current')}
        </Badge>
      ) : null}
      <OrderState state={order.state} />
      <span className={classes.orderCount}>{t('changes', { count: order.changes, n })}</span>
      <span className={classes.orderPlan}>
        {order.changes > 0 && order.state !== 'applying' && order.state !== 'closed' ? (
          <Button
            size="compact-sm"
            variant={order.current ? 'filled' : 'default'}
            aria-label={`${t('order.planAll', { count: order.changes, n })} · ${name}`}
            onClick={() => void openPlan({ workOrderId: order.id })}
          >
            {t('order.planAll', { count: order.changes, n })}
          </Button>
        ) : null}
      </span>
      <WorkOrderFileActions workOrder={order} />
      <OrderMenu order={order} />
    </div>
  );
}
