import { Button, Group, Progress, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { formatCount } from '../../i18n';
import { StatusMark } from '../../ui/StatusMark';
import { useWorkspace } from '../../workspace';
import { ConfirmApply } from './ConfirmApply';
import { LoudOutcomes } from './LoudOutcomes';
import classes from './PlanTab.module.css';
import { countMarks, tickedRows } from './plan-rows';
import { cancelRun, type PlanScope, type PlanSession, startApply } from './plan-sessions';
import { useWhere } from './where';

/** What will be written and where; then how far it is; then what came of it. */
export function PlanFooter({
  scope,
  session,
  connections,
  stale,
}: {
  scope: PlanScope;
  session: PlanSession;
  connections: ReadonlyMap<string, Connection>;
  stale: boolean;
}) {
  const { t } = useTranslation('workorders');
  const [asking, { open, close }] = useDisclosure(false);
  const { plan, run, starting, readingSince } = session;
  const rows = plan ? tickedRows(plan, session.unticked) : [];
  const where = useWhere(rows, connections);
  if (!plan) return null;
  if (run) return <RunFooter scope={scope} session={session} connections={connections} />;
  return (
    <footer className={classes.footer}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {rows.length === 0 ? t('apply.nothing') : t('apply.promise')}
        </Text>
        <Button
          color={where.colour}
          disabled={rows.length === 0 || stale || readingSince !== null}
          loading={starting}
          onClick={open}
        >
          {where.sentence}
        </Button>
      </Group>
      <ConfirmApply
        opened={asking}
        rows={rows}
        connections={connections}
        onClose={close}
        onConfirm={() => {
          close();
          void startApply(
            scope,
            rows.map((row) => row.changeId),
          );
        }}
      />
    </footer>
  );
}

function RunFooter({
  scope,
  session,
  connections,
}: {
  scope: PlanScope;
  session: PlanSession;
  connections: ReadonlyMap<string, Connection>;
}) {
  const { t } = useTranslation('workorders');
  const { plan, run, stopping } = session;
  if (!plan || !run) return null;
  const done = run.rows.filter((row) => row.state === 'done').length;
  const all = run.rows.length;
  const ended = run.endedAt !== null;
  const said = t('run.progress', { done: formatCount(done), all: formatCount(all) });
  return (
    <footer className={classes.footer} data-run={ended ? 'ended' : 'running'}>
      <LoudOutcomes run={run} connections={connections} />
      <Progress value={(done / all) * 100} size="sm" aria-label={said} color={ended ? 'gray' : 'blue'} />
      <Group justify="space-between" wrap="nowrap" role="status" mih={30}>
        <Group gap="md">
          <Text size="sm" fw={600}>
            {ended ? t('run.ended') : said}
          </Text>
          {ended
            ? countMarks({ ...plan, rows: [] }, run).map(([mark, count]) => (
                <StatusMark key={mark} mark={mark} count={formatCount(count)} />
              ))
            : null}
        </Group>
        {ended ? (
          <Button variant="default" onClick={() => useWorkspace.getState().open({ type: 'history' })}>
            {t('run.history')}
          </Button>
        ) : (
          <Button variant="default" loading={stopping} onClick={() => void cancelRun(scope)}>
            {t('run.stop')}
          </Button>
        )}
      </Group>
    </footer>
  );
}
