import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { openRunTab } from '../workorders/open-plan';
import { useWorkOrder, workOrderName } from '../workorders/queries';
import { countsOf, runState } from '../workorders/run-progress';
import { type RunView, useOpenRun } from '../workorders/runs';
import classes from './StatusBar.module.css';

/** The run that goes on, waits or was cut off, whichever tab is in front; a click leads to it. */
export function RunStatus() {
  const run = useOpenRun();
  return run ? <Status run={run} /> : null;
}

function Status({ run }: { run: RunView }) {
  const { t } = useTranslation('runs');
  const order = useWorkOrder(run.head.workOrderId);
  const name = isolate(order ? workOrderName(order) : t('aRun'));
  const { done, all } = countsOf(run);
  const state = runState(run);
  const said = state === 'done' ? 'running' : state;
  return (
    <UnstyledButton
      className={classes.run}
      data-role={said === 'running' ? undefined : 'warning'}
      data-run-state={state}
      title={t('status.open', { name })}
      onClick={() => openRunTab(run)}
    >
      <progress className={classes.progress} value={all === 0 ? undefined : done / all} aria-hidden />
      <span role="status">
        {t(`status.${said}`, { name, done: formatCount(done), all: formatCount(all) })}
      </span>
    </UnstyledButton>
  );
}
