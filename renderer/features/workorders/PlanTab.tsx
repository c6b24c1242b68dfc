import { Alert, Button, Stack } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { VirtualList } from '../../ui/VirtualList';
import { useWorkspace } from '../../workspace';
import { useConnectionMap } from './connection-map';
import { PlanFooter } from './PlanFooter';
import { PlanHeader } from './PlanHeader';
import { PlanRowView } from './PlanRowView';
import { PlanServer, TableHead } from './PlanServer';
import classes from './PlanTab.module.css';
import { type PlanItem, planItems } from './plan-rows';
import { comeToPlan, type PlanScope, usePlanSession } from './plan-sessions';
import { Unread } from './Unread';
import { useStale } from './use-stale';

/** Plans a scope's changes against the servers as they are now, writes what is chosen, and shows what came of it. */
export function PlanTab({ connectionId, changeId }: PlanScope) {
  const { t } = useTranslation('workorders');
  const scope = useMemo(() => ({ connectionId, changeId }), [connectionId, changeId]);
  const session = usePlanSession(scope);
  const connections = useConnectionMap();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { plan, run } = session;
  const stale = useStale(scope, session);

  useEffect(() => {
    void comeToPlan(scope);
  }, [scope]);

  const items = useMemo(() => (plan ? planItems(plan, run, connections) : []), [plan, run, connections]);
  const rowIds = useMemo(() => plan?.rows.map((row) => row.changeId) ?? [], [plan]);
  const toggle = useCallback(
    (id: string) =>
      setOpen((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    [],
  );
  const allOpen = rowIds.length > 0 && rowIds.every((id) => open.has(id));

  return (
    <div className={classes.tab}>
      <PlanHeader
        scope={scope}
        session={session}
        connections={connections}
        dryRun={allOpen}
        onDryRun={() => setOpen(allOpen ? new Set() : new Set(rowIds))}
      />
      <Stack gap="sm" className={classes.notices}>
        {session.problem ? <ProblemAlert problem={session.problem} /> : null}
        {stale ? (
          <Alert color="yellow" variant="light" p="sm" title={t('stale.title')}>
            {t('stale.advice')}
          </Alert>
        ) : null}
        {plan && plan.unread.length > 0 ? <Unread unread={plan.unread} connections={connections} /> : null}
      </Stack>
      {plan && plan.rows.length > 0 ? (
        <>
          <VirtualList
            items={items}
            keyOf={keyOf}
            estimate={estimate}
            label={t('table')}
            head={<TableHead scope={scope} session={session} />}
            render={(item) =>
              item.type === 'server' ? (
                <PlanServer item={item} />
              ) : (
                <PlanRowView
                  scope={scope}
                  planId={plan.id}
                  row={item.row}
                  ran={item.ran}
                  connection={connections.get(item.row.connectionId)}
                  ticked={!session.unticked.has(item.id)}
                  locked={session.starting || run !== null || session.readingSince !== null}
                  deciding={session.deciding.has(item.id)}
                  open={open.has(item.id)}
                  onToggle={toggle}
                />
              )
            }
          />
          <PlanFooter scope={scope} session={session} connections={connections} stale={stale} />
        </>
      ) : plan && plan.unread.length === 0 && session.readingSince === null ? (
        <EmptyState title={t('plan.empty.title')} advice={t('plan.empty.advice')}>
          <Button onClick={() => useWorkspace.getState().open({ type: 'work-orders' })}>
            {t('plan.empty.open')}
          </Button>
        </EmptyState>
      ) : null}
    </div>
  );
}

const keyOf = (item: PlanItem): string => item.id;

const estimate = (item: PlanItem): number =>
  item.type === 'server' ? 32 : 7 + 22 * Math.max(1, item.row.fields.length);
