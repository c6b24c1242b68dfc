import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { IconCircleCheck, IconHelpHexagon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import { useJobProgress } from '../../program/jobs';
import { Ltr } from '../../ui/Ltr';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ChainResult } from './ChainResult';
import classes from './History.module.css';
import { forgetResult, stopWork, useHistoryWork } from './work';

/** The history's long work: what, how far, and the result. */
export function HistoryWorkStrip() {
  const { t } = useTranslation('journal');
  const { going, came } = useHistoryWork();
  const { done, total } = useJobProgress(going?.job ?? null) ?? { done: 0, total: null };
  if (going) {
    const { what, stopping } = going;
    return (
      <div className={classes.strip} role="status" data-work={what}>
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
            {total === null
              ? t(`${what}.going`, { n: formatCount(done) })
              : t(`${what}.goingOf`, { n: formatCount(done), total: formatCount(total) })}
          </Text>
          <Progress
            flex={1}
            value={total ? (100 * done) / total : 100}
            animated={!total}
            aria-label={t(`${what}.progress`)}
          />
          <Button size="compact-xs" variant="default" loading={stopping} onClick={stopWork}>
            {t('stop')}
          </Button>
        </Group>
      </div>
    );
  }
  if (!came) return null;
  return (
    <div className={classes.strip} role="status" data-came={came.type}>
      {came.type === 'problem' ? (
        <ProblemAlert problem={came.problem} onClose={forgetResult} />
      ) : came.type === 'chain' ? (
        <ChainResult report={came.report} />
      ) : (
        <Said ok={came.type === 'saved'}>
          {came.type === 'stopped' ? (
            t(`${came.what}.stopped`)
          ) : (
            <>
              {t('export.saved', { count: came.entries, n: formatCount(came.entries) })}{' '}
              <span className={layout.path}>
                <Ltr>{came.path}</Ltr>
              </span>
            </>
          )}
        </Said>
      )}
    </div>
  );
}

function Said({ ok, children }: { ok: boolean; children: ReactNode }) {
  const { t } = useTranslation('journal');
  return (
    <Alert
      color={ok ? 'green' : 'yellow'}
      p="sm"
      icon={ok ? <IconCircleCheck size={18} /> : <IconHelpHexagon size={18} />}
      withCloseButton
      closeButtonLabel={t('close')}
      onClose={forgetResult}
    >
      <Text size="sm">{children}</Text>
    </Alert>
  );
}
