import { IconBan, IconCircle, IconCircleFilled, IconCircleHalf2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Reach } from '../../shared/model/connection';

const marks = {
  reachable: { Icon: IconCircleFilled, colour: 'var(--role-ok)' },
  unasked: { Icon: IconCircle, colour: 'var(--role-muted)' },
  unreachable: { Icon: IconCircleHalf2, colour: 'var(--role-warning)' },
  'locked-out': { Icon: IconBan, colour: 'var(--role-danger)' },
} as const satisfies Record<Reach, { Icon: typeof IconBan; colour: string }>;

/** Whether a server is within reach: one shape and one colour for each state, and its word for screen readers. */
export function ReachMark({
  reach,
  size = 10,
  named = true,
}: {
  reach: Reach;
  size?: number;
  named?: boolean;
}) {
  const { t } = useTranslation('shell');
  const { Icon, colour } = marks[reach];
  const name = named ? { role: 'img', 'aria-label': t(`reach.${reach}`) } : { 'aria-hidden': true };
  return (
    <Icon size={size} stroke={2.5} style={{ color: colour, flex: 'none' }} data-reach={reach} {...name}>
      {named ? <title>{t(`reach.${reach}`)}</title> : null}
    </Icon>
  );
}
