import {
  IconAlertTriangleFilled,
  IconArchive,
  IconCircleCheckFilled,
  IconPencil,
  IconPlayerPlayFilled,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WorkOrderState } from '../../../shared/model/change';
import classes from './WorkOrders.module.css';

const looks: Record<WorkOrderState, { Icon: TablerIcon; role: string }> = {
  preparing: { Icon: IconPencil, role: 'information' },
  applying: { Icon: IconPlayerPlayFilled, role: 'warning' },
  applied: { Icon: IconCircleCheckFilled, role: 'ok' },
  problems: { Icon: IconAlertTriangleFilled, role: 'danger' },
  closed: { Icon: IconArchive, role: 'muted' },
};

/** How a work order stands: one word, one shape, one colour role. */
export function OrderState({ state }: { state: WorkOrderState }) {
  const { t } = useTranslation('workorders');
  const { Icon, role } = looks[state];
  return (
    <span className={classes.state} style={{ color: `var(--role-${role})` }} data-order-state={state}>
      <Icon size={14} aria-hidden />
      {t(`state.${state}`)}
    </span>
  );
}
