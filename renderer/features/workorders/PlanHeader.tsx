import { Button, Group, Loader, Text, Title } from '@mantine/core';
import { IconCheck, IconCode, IconCopy, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { formatCount, formatMoment } from '../../i18n';
import { useWorkOrder } from '../../program/work-orders';
import { ConnectionName } from '../../ui/ConnectionName';
import { copyText } from '../../ui/copy-text';
import layout from '../../ui/layout.module.css';
import { RecordTitle } from '../../ui/RecordTitle';
import { SeenText } from '../../ui/SeenText';
import type { Mark } from '../../ui/StatusMark';
import { countConflicts } from './conflicts';
import { requestText } from './copy-request';
import { MarkChips } from './MarkChips';
import classes from './PlanTab.module.css';
import { countMarks } from './plan-rows';
import { cancelReading, type PlanScope, type PlanSession, readPlan } from './plan-sessions';
import type { RunView } from './runs';
import { SettleMenu } from './SettleMenu';

/** What the plan is about, how fresh it is, and how many rows stand how: each of those words narrows the table. */
export function PlanHeader({
  scope,
  session,
  run,
  connections,
  dryRun,
  onDryRun,
  filter,
  onFilter,
}: {
  scope: PlanScope;
  session: PlanSession;
  run: RunView | null;
  connections: ReadonlyMap<string, Connection>;
  dryRun: boolean;
  onDryRun: () => void;
  filter: Mark | null;
  onFilter: (filter: Mark | null) => void;
}) {
  const { t } = useTranslation('workorders');
  const { plan, rows, readingSince, starting, settling } = session;
  const order = useWorkOrder(scope.workOrderId);
  const only = scope.changeId !== null && rows.length === 1 ? rows[0] : undefined;
  const connection = connections.get(scope.connectionId ?? only?.connectionId ?? '');
  const running = starting || (run !== null && run.head.endedAt === null);
  const conflicts = useMemo(() => (run === null ? countConflicts(rows) : 0), [run, rows]);
  const counts = useMemo(() => countMarks(rows, run), [rows, run]);
  return (
    <header className={classes.header}>
      <div className={classes.headerLine}>
        <div className={classes.about}>
          <Title order={1} fz="lg" fw={600} className={layout.whole}>
            {order ? t('plan.titleOf', { number: order.number }) : t('plan.title')}
            {order?.name ? (
              <>
                {' · '}
                <bdi>
                  <SeenText>{order.name}</SeenText>
                </bdi>
              </>
            ) : null}
            {only ? (
              <>
                {' · '}
                <RecordTitle title={only.title} whole />
              </>
            ) : null}
          </Title>
          {connection ? <ConnectionName connection={connection} /> : null}
        </div>
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconRefresh size={14} />}
            disabled={running || settling}
            loading={readingSince !== null}
            onClick={() => void readPlan(scope)}
          >
            {t('plan.again')}
          </Button>
          <Button
            variant={dryRun ? 'light' : 'default'}
            leftSection={<IconCode size={14} />}
            aria-pressed={dryRun}
            disabled={!plan || rows.length === 0}
            onClick={onDryRun}
          >
            {t('plan.dryRun')}
          </Button>
          {dryRun && plan ? <CopyAll session={session} /> : null}
        </Group>
      </div>
      <div aria-live="polite" className={classes.counts}>
        <MarkChips
          counts={counts}
          filter={filter}
          // While a run fills the table, nothing may take rows out of it.
          disabled={running}
          onFilter={onFilter}
        />
        {settling ? (
          <Working>{t('settle.progress')}</Working>
        ) : readingSince !== null ? (
          <>
            <Working>{t('plan.reading')}</Working>
            <Button size="compact-xs" variant="subtle" onClick={() => cancelReading(scope)}>
              {t('plan.cancel')}
            </Button>
          </>
        ) : plan ? (
          <Text size="sm" c="dimmed">
            {t('plan.readAt', { moment: formatMoment(plan.madeAt) })}
          </Text>
        ) : null}
        {conflicts > 1 ? <SettleMenu scope={scope} count={conflicts} disabled={settling} /> : null}
      </div>
    </header>
  );
}

function Working({ children }: { children: string }) {
  return (
    <Group gap={6} wrap="nowrap">
      <Loader size={12} aria-hidden />
      <Text size="sm">{children}</Text>
    </Group>
  );
}

/** Copies every request of the dry run, secrets masked as they are shown. */
function CopyAll({ session: { rows } }: { session: PlanSession }) {
  const { t } = useTranslation('workorders');
  const [copied, setCopied] = useState(false);
  const requests = rows.flatMap(({ request }) => (request ? [requestText(request)] : []));
  return (
    <Button
      variant="default"
      leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      disabled={requests.length === 0}
      onClick={() => void copyText(requests.join('\n\n')).then(setCopied)}
    >
      {t(copied ? 'request.copied' : 'request.copyAll', {
        count: requests.length,
        n: formatCount(requests.length),
      })}
    </Button>
  );
}
