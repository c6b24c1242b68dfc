import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { formatCount } from '../../i18n';
import { useWorkspace } from '../../program/workspace';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { StatusMark } from '../../ui/StatusMark';
import { CutOff } from './CutOff';
import { LoudOutcomes } from './LoudOutcomes';
import planTab from './PlanTab.module.css';
import { serversOf } from './plan-rows';
import { RunControls } from './RunControls';
import classes from './RunFooter.module.css';
import { RunProgress, useProgressWords } from './RunProgress';
import { RunServerLine } from './RunServerLine';
import { countOutcomes, countsByServer, countsOf, useTimeLeft } from './run-progress';
import { endingKey, isCutOff, type RunView, useRuns } from './runs';
import { SplitOff } from './SplitOff';
import { useTimeLeftWords } from './time-left';

/** How far a run is, in all and by server; what it waits for; and what came of it. Below the table, which stays. */
export function RunFooter({
  run,
  connections,
}: {
  run: RunView;
  connections: ReadonlyMap<string, Connection>;
}) {
  const problem = useRuns(({ problems }) => problems[run.head.id]);
  const ended = run.head.endedAt !== null;
  const byServer = countsByServer(run);
  return (
    <footer className={planTab.footer} data-run={ended ? 'ended' : 'running'}>
      <div className={classes.runNotices}>
        {problem ? <ProblemAlert problem={problem} /> : null}
        {isCutOff(run) ? <CutOff run={run} /> : null}
        <LoudOutcomes run={run} connections={connections} />
        {serversOf(run.head.servers, connections).map(([id, [server]]) =>
          server ? (
            <RunServerLine
              key={id}
              run={run}
              server={server}
              counts={byServer.get(id)}
              connection={connections.get(id)}
              only={run.head.servers.length === 1}
            />
          ) : null,
        )}
      </div>
      {ended ? <Ended run={run} /> : isCutOff(run) ? null : <Going run={run} />}
    </footer>
  );
}

function Going({ run }: { run: RunView }) {
  const { t } = useTranslation('runs');
  const words = useTimeLeftWords();
  const progress = useProgressWords();
  const left = useTimeLeft(run);
  const counts = countsOf(run);
  const { ending } = useRuns();
  const open = run.head.servers.filter(({ state }) => state !== 'done' && state !== 'stopped');
  const allEnding = open.every(({ connectionId }) => ending.has(endingKey(run.head.id, connectionId)));
  return (
    <div className={classes.going} role="status">
      <Text size="sm" fw={600} className={classes.runSaid}>
        {allEnding ? t('ending') : progress.short(counts)}
      </Text>
      <RunProgress counts={counts} name={t('progressOf')} />
      <Text size="sm" c="dimmed" className={classes.runLeft}>
        {left === null || allEnding ? '' : words(left)}
      </Text>
      {allEnding ? null : (
        <RunControls runId={run.head.id} servers={open} waiting={counts.waiting} whole connectionId={null} />
      )}
    </div>
  );
}

function Ended({ run }: { run: RunView }) {
  const { t } = useTranslation('runs');
  const rows = [...run.rows.values()];
  const unknown = rows.filter((row) => row.result?.outcome === 'unknown').length;
  const kept = rows.filter((row) => row.result === null).length;
  return (
    <>
      {unknown > 0 ? (
        <Text size="sm" c="dimmed">
          {t('unknownLeft', { count: unknown, n: formatCount(unknown) })}
        </Text>
      ) : null}
      {kept > 0 ? (
        <Text size="sm" c="dimmed">
          {t('notKept', { count: kept, n: formatCount(kept) })}
        </Text>
      ) : null}
      <div className={planTab.footerLine} role="status">
        <Group gap="4px 12px" miw={0}>
          <Text size="sm" fw={600}>
            {t('ended')}
          </Text>
          {countOutcomes(rows).map(([outcome, count]) => (
            <StatusMark key={outcome} mark={outcome} count={formatCount(count)} />
          ))}
        </Group>
        <Group gap="sm">
          <SplitOff workOrderId={run.head.workOrderId} />
          <Button variant="default" onClick={() => useWorkspace.getState().open({ type: 'history' })}>
            {t('history')}
          </Button>
        </Group>
      </div>
    </>
  );
}
