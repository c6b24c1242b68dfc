import { Alert, Button, Group, Text } from '@mantine/core';
import { IconPlugX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import { AskButton } from '../../ui/AskButton';
import { useAction } from '../../ui/useAction';
import { ResumeDialog } from './ResumeDialog';
import { countsOf } from './run-progress';
import { controlRun, type RunView } from './runs';

/** A run that the program's end had cut off: as far as it came, and what to do with the rest. */
export function CutOff({ run }: { run: RunView }) {
  const { t } = useTranslation('runs');
  const [looking, setLooking] = useState(false);
  const { waiting } = countsOf(run);
  const unknown = [...run.rows.values()].filter((row) => row.result?.outcome === 'unknown').length;
  const n = formatCount(waiting);
  const control = useAction({ work: (what: 'resume' | 'cancel') => controlRun(run.head.id, what) });
  return (
    <Alert
      color="yellow"
      variant="light"
      p="sm"
      icon={<IconPlugX size={18} />}
      title={t('cutOff.title')}
      data-problem="interrupted"
    >
      <Text size="sm">
        {t('cutOff.waiting', { count: waiting, n })}
        {unknown > 0 ? ` ${t('cutOff.unknown', { count: unknown, n: formatCount(unknown) })}` : ''}
      </Text>
      <Group gap="sm" mt={8}>
        <Button size="compact-sm" loading={control.busy} onClick={() => setLooking(true)}>
          {t('cutOff.resume', { count: waiting, n })}
        </Button>
        <AskButton
          label={t('cutOff.cancel')}
          question={t('cancel.question', { count: waiting, n })}
          confirm={t('cancel.confirm')}
          busy={control.busy}
          onConfirm={() => control.run('cancel')}
        />
      </Group>
      {looking ? (
        <ResumeDialog
          runId={run.head.id}
          onClose={() => setLooking(false)}
          onConfirm={() => {
            setLooking(false);
            control.run('resume');
          }}
        />
      ) : null}
    </Alert>
  );
}
