import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { RunServer } from '../../../shared/model/plan';
import { formatCount } from '../../i18n';
import { ConnectionName } from '../../ui/ConnectionName';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RunControls } from './RunControls';
import classes from './RunFooter.module.css';
import { RunProgress } from './RunProgress';
import type { Counts } from './run-progress';
import { controlRun, endingKey, type RunView, useRuns } from './runs';
import { ServerQuestion } from './ServerQuestion';
import { ServerState } from './ServerState';

/** One server of a run: how far it is, in one word how it stands, and where it does not go on, why. */
export function RunServerLine({
  run,
  server,
  counts,
  connection,
  only,
}: {
  run: RunView;
  server: RunServer;
  counts: Counts | undefined;
  connection: Connection | undefined;
  /** The run has no other server: the buttons of the whole run are enough. */
  only: boolean;
}) {
  const { t } = useTranslation('runs');
  const words = useTranslation('workorders').t;
  const runId = run.head.id;
  const { connectionId, state, problem } = server;
  const ending = useRuns((all) => all.ending.has(endingKey(runId, connectionId)));
  if (!counts) return null;
  const said = t('progress', { done: formatCount(counts.done), all: formatCount(counts.all) });
  const goes = state === 'running' || state === 'paused' || state === 'waiting';
  return (
    <div className={classes.runServer} data-server={connectionId} data-state={state}>
      <div className={classes.runServerLine}>
        <ConnectionName connection={connection} fallback={words('connectionGone')} brief />
        <ServerState server={server} ending={ending} />
        <Text size="sm" className={classes.runSaid}>
          {said}
        </Text>
        <RunProgress
          counts={counts}
          name={t('progressOfServer', { name: connection?.name ?? words('connectionGone') })}
        />
        <div className={classes.runServerButtons}>
          {goes && !only && !ending ? (
            <RunControls
              runId={runId}
              servers={[server]}
              waiting={counts.waiting}
              connectionId={connectionId}
              name={connection?.name ?? ''}
            />
          ) : null}
        </div>
      </div>
      {state === 'asking' ? (
        <ServerQuestion run={run} server={server} connection={connection} waiting={counts.waiting} />
      ) : null}
      {problem && (state === 'paused' || state === 'stopped') ? (
        <ProblemAlert problem={problem} colour={state === 'stopped' ? 'red' : 'yellow'} compact>
          {state === 'paused' ? (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => void controlRun(runId, 'resume', connectionId)}
            >
              {t('tryAgain')}
            </Button>
          ) : null}
        </ProblemAlert>
      ) : null}
    </div>
  );
}
