import {
  IconAlertTriangle,
  IconAlertTriangleFilled,
  IconArrowsSplit2,
  IconBan,
  IconCircleArrowUp,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClock,
  IconEqual,
  IconEye,
  IconHelpHexagonFilled,
  IconPencil,
  IconPlayerSkipForwardFilled,
  IconRotateClockwise,
  IconSquareRoundedX,
  IconWriting,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Outcome } from '../../shared/model/plan';
import { MarkFace, type MarkLook } from './MarkFace';

/** Everything that can be said of a change in one word: before, while and after it is applied. */
export type Mark =
  | 'ready'
  | 'no-op'
  | 'conflict'
  | 'missing'
  | 'invalid'
  | Outcome
  | 'waiting'
  | 'checking'
  | 'writing'
  | 'reading-back'
  | 'in-flight'
  | 'warning';

const looks: Record<Mark, MarkLook> = {
  ready: { icon: IconCircleArrowUp, role: 'information' },
  'no-op': { icon: IconEqual, role: 'muted' },
  conflict: { icon: IconArrowsSplit2, role: 'warning' },
  missing: { icon: IconCircleDashed, role: 'warning' },
  invalid: { icon: IconSquareRoundedX, role: 'danger' },
  applied: { icon: IconCircleCheckFilled, role: 'ok' },
  rejected: { icon: IconCircleXFilled, role: 'danger' },
  'side-effect': { icon: IconAlertTriangleFilled, role: 'danger' },
  unknown: { icon: IconHelpHexagonFilled, role: 'warning' },
  skipped: { icon: IconPlayerSkipForwardFilled, role: 'muted' },
  cancelled: { icon: IconBan, role: 'muted' },
  waiting: { icon: IconClock, role: 'muted' },
  checking: { icon: IconEye, role: 'information' },
  writing: { icon: IconPencil, role: 'information' },
  'reading-back': { icon: IconRotateClockwise, role: 'information' },
  'in-flight': { icon: IconWriting, role: 'information' },
  warning: { icon: IconAlertTriangle, role: 'warning' },
};

/** One word, one shape, one colour role. `count` puts a number before the word. */
export function StatusMark({ mark, count }: { mark: Mark; count?: string }) {
  const { t } = useTranslation('workorders');
  return <MarkFace look={looks[mark]} word={t(`mark.${mark}`)} count={count} status={mark} />;
}
