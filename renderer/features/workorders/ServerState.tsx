import {
  IconBan,
  IconCircleCheckFilled,
  IconClockPause,
  IconHelpHexagonFilled,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlugX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunServer } from '../../../shared/model/plan';
import { formatCount } from '../../i18n';
import classes from './RunFooter.module.css';

const looks: Record<RunServer['state'], { Icon: TablerIcon; role: string }> = {
  running: { Icon: IconPlayerPlayFilled, role: 'information' },
  paused: { Icon: IconPlayerPauseFilled, role: 'warning' },
  asking: { Icon: IconHelpHexagonFilled, role: 'danger' },
  waiting: { Icon: IconClockPause, role: 'warning' },
  stopped: { Icon: IconBan, role: 'danger' },
  interrupted: { Icon: IconPlugX, role: 'warning' },
  done: { Icon: IconCircleCheckFilled, role: 'ok' },
};

/** How a server of a run stands: one word, one shape, one colour role; a wait counts down. */
export function ServerState({ server, ending }: { server: RunServer; ending: boolean }) {
  const { t } = useTranslation('runs');
  const seconds = useSecondsUntil(server.state === 'waiting' ? server.resumesAt : null);
  const { Icon, role } = looks[server.state];
  const word =
    ending && server.state !== 'done' && server.state !== 'stopped'
      ? t('ending')
      : seconds === null
        ? t(`state.${server.state}`)
        : t('state.waitingFor', { n: formatCount(seconds) });
  return (
    <span className={classes.serverState} style={{ color: `var(--role-${role})` }}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  );
}

/** Whole seconds until a moment, counting down; null where there is none. */
function useSecondsUntil(at: number | null): number | null {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (at === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [at]);
  return at === null ? null : Math.max(0, Math.ceil((at - now) / 1_000));
}
