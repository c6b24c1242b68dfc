import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { formatCount } from '../../i18n';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { StatusMark } from '../../ui/StatusMark';
import { useWorkspace } from '../../workspace';
import { CutOff } from './CutOff';
import { LoudOutcomes } from './LoudOutcomes';
import classes from './PlanTab.module.css';
import { serversOf } from './plan-rows';
import { RunControls } from './RunControls';
import { RunProgress } from './RunProgress';
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
    <footer className={classes.footer} data-run={ended ? 'ended' : 'running'}>
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
  const left = useTimeLeft(run);
  const counts = countsOf(run);
  const { ending } = useRuns();
  const open = run.head.servers.filter(({ state }) => state !== 'done' && state !== 'stopped');
  const allEnding = open.every(({ connectionId }) => ending.has(endingKey(run.head.id, connectionId)));
  const said = t('progress', { done: formatCount(counts.done), all: formatCount(counts.all) });
  return (
    <Group gap="md" wrap="nowrap" role="status" mih={30}>
      <Text size="sm" fw={600} className={classes.runSaid}>
        {allEnding ? t('ending') : said}
      </Text>
      <RunProgress counts={counts} label={said} />
      <Text size="sm" c="dimmed" className={classes.runLeft}>
        {left === null || allEnding ? '' : words(left)}
      </Text>
      {allEnding ? null : (
        <RunControls runId={run.head.id} servers={open} waiting={counts.waiting} whole connectionId={null} />
      )}
    </Group>
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
      <Group justify="space-between" wrap="nowrap" role="status" mih={30}>
        <Group gap="md" miw={0}>
          <Text size="sm" fw={600}>
            {t('ended')}
          </Text>
          {countOutcomes(rows).map(([outcome, count]) => (
            <StatusMark key={outcome} mark={outcome} count={formatCount(count)} />
          ))}
        </Group>
        <Group gap="sm" wrap="nowrap">
          <SplitOff workOrderId={run.head.workOrderId} />
          <Button variant="default" onClick={() => useWorkspace.getState().open({ type: 'history' })}>
            {t('history')}
          </Button>
        </Group>
      </Group>
    </>
  );
}
