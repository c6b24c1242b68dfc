import {
  IconCircleArrowUp,
  IconCircleDashed,
  IconCopy,
  IconEqual,
  IconPlayerPause,
  IconSquareRoundedX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BatchStatus } from '../../../shared/model/batch';
import { formatCount } from '../../i18n';
import { MarkFace, type MarkLook } from '../../ui/MarkFace';

const looks: Readonly<Record<BatchStatus, MarkLook>> = {
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
  return count === undefined ? (
    <MarkFace look={looks[status]} word={t(`one.${status}`)} />
  ) : (
    <MarkFace look={looks[status]} word={t(`status.${status}`)} count={formatCount(count)} />
  );
}
