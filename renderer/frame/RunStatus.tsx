import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  countsOf,
  openRunTab,
  RunProgress,
  type RunView,
  runState,
  useOpenRun,
} from '../features/workorders';
import { formatCount } from '../i18n';
import { useWorkOrder, workOrderName } from '../program/work-orders';
import { isolate } from '../ui/isolate';
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
  const counts = countsOf(run);
  const { done, all } = counts;
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
      <RunProgress counts={counts} name={t('progressOf')} small />
      <span role="status" className={classes.runText}>
        {t(`status.${said}`, { name, done: formatCount(done), all: formatCount(all) })}
      </span>
    </UnstyledButton>
  );
}
