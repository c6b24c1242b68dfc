import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { RunServer } from '../../../shared/model/plan';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import classes from './RunFooter.module.css';
import { controlRun, type RunView } from './runs';
import { SideEffects } from './SideEffects';

/** A server changed something that nobody asked for: its other rows wait until a person has seen it. */
export function ServerQuestion({
  run,
  server: { connectionId },
  connection,
  waiting,
}: {
  run: RunView;
  server: RunServer;
  connection: Connection | undefined;
  waiting: number;
}) {
  const { t } = useTranslation('runs');
  const name = isolate(connection?.name ?? '');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
  const rows = [...run.rows.values()].filter((row) => row.connectionId === connectionId);
  return (
    <Alert
      ref={box}
      color="red"
      variant="light"
      style={{ border: '1px solid var(--mantine-color-red-6)', borderInlineStartWidth: 4 }}
      p="sm"
      role="alertdialog"
      icon={<IconAlertTriangleFilled size={18} />}
      title={t('question.title', { name })}
      data-problem="side-effect"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reachable by keyboard */}
      <section className={classes.questionList} tabIndex={0} aria-label={t('question.list')}>
        <SideEffects rows={rows} connection={connection} />
      </section>
      <Text size="sm" mt={4}>
        {t('question.advice', { count: waiting, n: formatCount(waiting) })}
      </Text>
      <Group gap="sm" mt={8}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void controlRun(run.head.id, 'cancel', connectionId)}
        >
          {t('question.stop')}
        </Button>
        <Button
          size="compact-sm"
          color="red"
          onClick={() => void controlRun(run.head.id, 'resume', connectionId)}
        >
          {t('question.goOn')}
        </Button>
      </Group>
    </Alert>
  );
}
