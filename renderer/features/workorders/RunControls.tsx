import { Button, Group } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConnectionId } from '../../../shared/model/connection';
import type { RunServer } from '../../../shared/model/plan';
import { formatCount } from '../../i18n';
import { AskButton } from '../../ui/AskButton';
import { controlRun } from './runs';

/** Pause, resume and cancel, of a whole run or of one server of it. */
export function RunControls({
  runId,
  servers,
  waiting,
  connectionId,
  name = '',
  whole = false,
}: {
  runId: string;
  servers: readonly RunServer[];
  /** How many rows have not begun. */
  waiting: number;
  /** The one server, null for all. */
  connectionId: ConnectionId | null;
  /** The server's name. */
  name?: string;
  /** It is the whole run's: its buttons are the larger ones. */
  whole?: boolean;
}) {
  const { t } = useTranslation('runs');
  const running = servers.some(({ state }) => state === 'running' || state === 'waiting');
  // A question is answered where it is asked, not by the way.
  // Where something is wrong, its own notice has the button.
  const held = servers.some(({ state, problem }) => state === 'paused' && (whole || problem === null));
  const label = (what: 'pause' | 'resume' | 'cancel') => t(whole ? `${what}.all` : `${what}.one`, { name });
  const size = whole ? 'xs' : 'compact-xs';
  return (
    <Group gap={4} wrap="nowrap" flex="none">
      {running ? (
        <Button
          size={size}
          variant="default"
          aria-label={label('pause')}
          leftSection={whole ? <IconPlayerPause size={14} /> : undefined}
          onClick={() => void controlRun(runId, 'pause', connectionId)}
        >
          {t('pause.word')}
        </Button>
      ) : null}
      {held ? (
        <Button
          size={size}
          variant="light"
          aria-label={label('resume')}
          leftSection={whole ? <IconPlayerPlay size={14} /> : undefined}
          onClick={() => void controlRun(runId, 'resume', connectionId)}
        >
          {t('resume.word')}
        </Button>
      ) : null}
      {waiting > 0 ? (
        <AskButton
          label={label('cancel')}
          question={t('cancel.question', { count: waiting, n: formatCount(waiting) })}
          confirm={t('cancel.confirm')}
          onConfirm={() => void controlRun(runId, 'cancel', connectionId)}
        >
          {t('cancel.word')}
        </AskButton>
      ) : null}
    </Group>
  );
}
