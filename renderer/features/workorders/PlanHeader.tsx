import { Button, Group, Loader, Text, Title } from '@mantine/core';
import { IconCode, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { ask, patchbay } from '../../bridge';
import { formatCount, formatMoment } from '../../i18n';
import { keys } from '../../queries';
import { ConnectionName } from '../../ui/ConnectionName';
import { StatusMark } from '../../ui/StatusMark';
import classes from './PlanTab.module.css';
import { countMarks } from './plan-rows';
import { type PlanScope, type PlanSession, readPlan } from './plan-sessions';

/** What the plan is about, how fresh it is, and how many rows stand how. */
export function PlanHeader({
  scope,
  session,
  connections,
  dryRun,
  onDryRun,
}: {
  scope: PlanScope;
  session: PlanSession;
  connections: ReadonlyMap<string, Connection>;
  dryRun: boolean;
  onDryRun: () => void;
}) {
  const { t } = useTranslation('workorders');
  const { plan, run, readingSince, starting } = session;
  const order = useQuery({ queryKey: keys.workOrder(), queryFn: () => ask(patchbay.workOrders.current()) });
  const only = scope.changeId !== null && plan?.rows.length === 1 ? plan.rows[0] : undefined;
  const connection = connections.get(scope.connectionId ?? only?.connectionId ?? '');
  const running = starting || (run !== null && run.endedAt === null);
  return (
    <header className={classes.header}>
      <Group gap="md" justify="space-between" wrap="nowrap">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <Title order={1} fz="lg" fw={600} className={classes.title}>
            {order.data ? t('plan.titleOf', { number: order.data.number }) : t('plan.title')}
            {only ? (
              <>
                {' · '}
                <bdi>{only.title}</bdi>
              </>
            ) : null}
          </Title>
          {connection ? <ConnectionName connection={connection} /> : null}
        </Group>
        <Group gap="sm" wrap="nowrap">
          <Button
            variant="default"
            leftSection={<IconRefresh size={14} />}
            disabled={running}
            loading={readingSince !== null}
            onClick={() => void readPlan(scope)}
          >
            {t('plan.again')}
          </Button>
          <Button
            variant={dryRun ? 'light' : 'default'}
            leftSection={<IconCode size={14} />}
            aria-pressed={dryRun}
            disabled={!plan || plan.rows.length === 0}
            onClick={onDryRun}
          >
            {t('plan.dryRun')}
          </Button>
        </Group>
      </Group>
      <Group gap="md" h={24} wrap="nowrap" aria-live="polite" className={classes.counts}>
        {plan === null
          ? null
          : countMarks(plan, run).map(([mark, count]) => (
              <StatusMark key={mark} mark={mark} count={formatCount(count)} />
            ))}
        {readingSince !== null ? (
          <Group gap={6}>
            <Loader size={12} aria-hidden />
            <Text size="sm">{t('plan.reading')}</Text>
          </Group>
        ) : plan ? (
          <Text size="sm" c="dimmed" truncate>
            {t('plan.readAt', { moment: formatMoment(plan.madeAt) })}
          </Text>
        ) : null}
      </Group>
    </header>
  );
}
