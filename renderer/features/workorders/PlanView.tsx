import { Alert, Button, Stack } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnectionMap } from '../../program/connections';
import { useWorkspace } from '../../program/workspace';
import { EmptyState } from '../../ui/EmptyState';
import { ProblemAlert } from '../../ui/ProblemAlert';
import type { Mark } from '../../ui/StatusMark';
import type { ListHand } from '../../ui/useRovingRows';
import { VirtualList } from '../../ui/VirtualList';
import { OtherRun } from './OtherRun';
import { PlanFooter } from './PlanFooter';
import { PlanHeader } from './PlanHeader';
import { PlanRowView } from './PlanRowView';
import { PlanServer, TableHead } from './PlanServer';
import classes from './PlanTab.module.css';
import { type PlanItem, planItems } from './plan-rows';
import { comeToPlan, type PlanScope, usePlanSession } from './plan-sessions';
import { useOpenRun, useRun } from './runs';
import { Unread } from './Unread';
import { usePlanKeys } from './use-plan-keys';
import { useStale } from './use-stale';

/** Plans a scope's changes against the servers as they are now, writes what is chosen, and shows what came of it. */
export function PlanView({ workOrderId, connectionId, changeId }: PlanScope) {
  const { t } = useTranslation('workorders');
  const scope = useMemo(
    () => ({ workOrderId, connectionId, changeId }),
    [workOrderId, connectionId, changeId],
  );
  const session = usePlanSession(scope);
  const { plan, rows, runId, readingSince, settling, starting } = session;
  const run = useRun(runId);
  const other = useOpenRun();
  const connections = useConnectionMap();
  const stale = useStale(scope, session, run);
  const { open, toggle, toggleAll, allOpen } = useOpenRows(rows);
  const [filter, setFilter] = useState<Mark | null>(null);
  const running = run !== null && run.head.endedAt === null;

  useEffect(() => {
    void comeToPlan(scope);
  }, [scope]);
  // A run shows all of its rows; and what a new plan calls otherwise must not leave an empty table.
  const narrowed = running ? null : filter;
  const items = useMemo(
    () => planItems(rows, run, connections, narrowed),
    [rows, run, connections, narrowed],
  );
  const root = useRef<HTMLDivElement>(null);
  const hand = useRef<ListHand>(null);
  usePlanKeys({ root, hand, scope, items, canRead: !running && !settling && readingSince === null });
  const locked = starting || runId !== null || readingSince !== null || settling;
  const blocked = other !== null && other.head.id !== runId;

  return (
    <div ref={root} className={classes.tab} data-plan={workOrderId}>
      <PlanHeader
        scope={scope}
        session={session}
        run={run}
        connections={connections}
        dryRun={allOpen}
        onDryRun={toggleAll}
        filter={narrowed}
        onFilter={setFilter}
      />
      <Stack gap="sm" className={classes.notices}>
        {session.problem ? <ProblemAlert problem={session.problem} /> : null}
        {blocked ? <OtherRun run={other} /> : null}
        {stale ? (
          <Alert color="yellow" variant="light" p="sm" title={t('stale.title')}>
            {t('stale.advice')}
          </Alert>
        ) : null}
        {plan && plan.unread.length > 0 ? <Unread unread={plan.unread} connections={connections} /> : null}
      </Stack>
      {rows.length > 0 || run ? (
        <>
          <VirtualList
            items={items}
            keyOf={keyOf}
            estimate={estimate}
            label={t('table')}
            isHeading={isServer}
            hand={hand}
            head={<TableHead scope={scope} session={session} />}
            render={(item) =>
              item.type === 'server' ? (
                <PlanServer item={item} />
              ) : (
                <PlanRowView
                  scope={scope}
                  row={item.row}
                  ran={item.ran}
                  runId={runId}
                  connection={connections.get(item.row.connectionId)}
                  named={item.named}
                  ticked={!session.unticked.has(item.id)}
                  locked={locked}
                  open={open.has(item.id)}
                  onToggle={toggle}
                />
              )
            }
          />
          <PlanFooter
            scope={scope}
            session={session}
            run={run}
            connections={connections}
            blocked={stale || blocked}
          />
        </>
      ) : plan && plan.unread.length === 0 && readingSince === null ? (
        <EmptyState title={t('plan.empty.title')} advice={t('plan.empty.advice')}>
          <Button onClick={() => useWorkspace.getState().open({ type: 'work-orders' })}>
            {t('plan.empty.open')}
          </Button>
        </EmptyState>
      ) : null}
    </div>
  );
}

/** Which rows show their detail. */
function useOpenRows(rows: readonly { readonly changeId: string }[]) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (id: string) =>
      setOpen((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    [],
  );
  const allOpen = rows.length > 0 && rows.every((row) => open.has(row.changeId));
  const toggleAll = () => setOpen(new Set(allOpen ? [] : rows.map((row) => row.changeId)));
  return { open, toggle, toggleAll, allOpen };
}

const isServer = (item: PlanItem): boolean => item.type === 'server';

const keyOf = (item: PlanItem): string => item.id;

const estimate = (item: PlanItem): number => {
  if (item.type === 'server') return 32;
  const { fields, findings, status } = item.row;
  const conflicts = status === 'conflict' ? fields.filter(({ verdict }) => verdict === 'conflict').length : 0;
  return 7 + 22 * Math.max(2, fields.length) + 24 * findings.length + 52 * conflicts;
};
