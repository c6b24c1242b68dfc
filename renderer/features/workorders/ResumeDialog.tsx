import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunLeft, RunLeftRow } from '../../../shared/model/plan';
import { fail, type Problem, problemOf } from '../../../shared/model/problem';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { cancelJob } from '../../program/jobs';
import { FormDialog } from '../../ui/FormDialog';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { VirtualList } from '../../ui/VirtualList';
import classes from './ResumeDialog.module.css';
import { ResumeRow } from './ResumeRow';

/**
 * The last look before a run that was cut off goes on: each row that is left, with the record as it is called now and
 * what it would get. All of it comes from the main process, which has just read the servers.
 */
export function ResumeDialog({
  runId,
  onClose,
  onConfirm,
}: {
  runId: string;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { t } = useTranslation('runs');
  const [left, setLeft] = useState<RunLeft | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [looks, setLooks] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look reads anew
  useEffect(() => {
    const job = crypto.randomUUID();
    let wanted = true;
    setLeft(null);
    setProblem(null);
    lookAt(runId, job, () => wanted).then(
      (found) => wanted && setLeft(found),
      (error) => wanted && setProblem(problemOf(error)),
    );
    return () => {
      wanted = false;
      cancelJob(job);
    };
  }, [runId, looks]);
  const held = left ? left.total - left.writes : 0;
  return (
    <FormDialog
      title={t('remaining.title')}
      confirm={left ? t('cutOff.resume', { count: left.writes, n: formatCount(left.writes) }) : undefined}
      cancel={t('remaining.back')}
      onSubmit={onConfirm}
      onClose={onClose}
      size={760}
      careful
      more={
        <Button variant="default" onClick={() => setLooks(looks + 1)} disabled={!left && !problem}>
          {t('remaining.again')}
        </Button>
      }
    >
      <Stack gap="md" data-left={left ? left.writes : undefined}>
        {problem ? <ProblemAlert problem={problem} /> : null}
        {left === null && problem === null ? (
          <Group gap="sm">
            <Loader size="xs" />
            <Text size="sm">{t('remaining.reading')}</Text>
          </Group>
        ) : null}
        {left ? (
          <>
            <Text size="sm">
              {left.writes > 0
                ? t('remaining.writes', { count: left.writes, n: formatCount(left.writes) })
                : t('remaining.none')}
              {held > 0 ? ` ${t('remaining.held', { count: held, n: formatCount(held) })}` : ''}
            </Text>
            <div className={classes.rows}>
              <VirtualList
                items={left.rows}
                keyOf={({ changeId }) => changeId}
                estimate={({ fields }) => 34 + 22 * fields.length}
                render={(row) => <ResumeRow row={row} />}
                label={t('remaining.list')}
              />
            </div>
          </>
        ) : null}
      </Stack>
    </FormDialog>
  );
}

const rowsAtOnce = 200;

/** All rows that are left. @throws ProblemError `cancelled` */
async function lookAt(runId: string, job: string, wanted: () => boolean): Promise<RunLeft> {
  const first = await ask(patchbay.apply.left({ runId, job }));
  const rows: RunLeftRow[] = [...first.rows];
  while (rows.length < first.total) {
    if (!wanted()) fail('cancelled');
    const more = await ask(patchbay.apply.leftRows({ runId, offset: rows.length, limit: rowsAtOnce }));
    // Looked at anew by another window: what is there is another list.
    if (more.length === 0) fail('not-found', { what: 'run' });
    rows.push(...more);
  }
  return { ...first, rows };
}
