import {
  IconCircleArrowUp,
  IconCircleDashed,
  IconCopy,
  IconEqual,
  IconPlayerPause,
  IconSquareRoundedX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BatchStatus } from '../../../shared/model/batch';
import { formatCount } from '../../i18n';
import css from './batches.module.css';

type Role = 'information' | 'warning' | 'danger' | 'muted';

// One word, one shape, one colour role each: the shape alone tells them apart without colour.
const looks: Readonly<Record<BatchStatus, { icon: TablerIcon; role: Role }>> = {
  differs: { icon: IconCircleArrowUp, role: 'information' },
  same: { icon: IconEqual, role: 'muted' },
  kept: { icon: IconPlayerPause, role: 'muted' },
  invalid: { icon: IconSquareRoundedX, role: 'danger' },
  missing: { icon: IconCircleDashed, role: 'warning' },
  doubled: { icon: IconCopy, role: 'warning' },
};

/** A row's status: one word, one shape, one colour role. `count` puts a number before the word. */
export function BatchMark({ status, count }: { status: BatchStatus; count?: number }) {
  const { t } = useTranslation('batches');
  const { icon: Icon, role } = looks[status];
  return (
    <span className={css.mark} style={{ color: `var(--role-${role})` }}>
      <Icon size={15} aria-hidden className={css.icon} />
      {count === undefined ? null : <b>{formatCount(count)}</b>}
      <span>{t(count === undefined ? `one.${status}` : `status.${status}`)}</span>
    </span>
  );
}
