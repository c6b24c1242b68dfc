import { Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { useKeyWords } from '../../program/shortcuts';
import { useViewShortcuts } from '../../program/useViewShortcuts';
import { ConnectionButton } from '../../ui/ConnectionButton';
import { ConfirmApply } from './ConfirmApply';
import classes from './PlanTab.module.css';
import { leftBehind, tickedRows } from './plan-rows';
import { type PlanScope, type PlanSession, startApply } from './plan-sessions';
import { RunFooter } from './RunFooter';
import type { RunView } from './runs';
import { useWhere } from './where';

/** What will be written and where; then how far it is; then what came of it. */
export function PlanFooter({
  scope,
  session,
  run,
  connections,
  blocked,
}: {
  scope: PlanScope;
  session: PlanSession;
  run: RunView | null;
  connections: ReadonlyMap<string, Connection>;
  /** Nothing may be applied now: the plan is out of date, or another run goes on. */
  blocked: boolean;
}) {
  const { t } = useTranslation('workorders');
  const [asking, { open, close }] = useDisclosure(false);
  const { plan, starting, readingSince, settling } = session;
  const rows = useMemo(() => (plan ? tickedRows(plan.rows, session.unticked) : []), [plan, session.unticked]);
  const where = useWhere(rows, connections);
  const root = useRef<HTMLElement>(null);
  const keys = useKeyWords();
  const can = rows.length > 0 && !blocked && readingSince === null && !settling && !starting && !run;
  useViewShortcuts(root, { apply: () => can && open() });
  if (run) return <RunFooter run={run} connections={connections} />;
  if (!plan) return null;
  return (
    <footer ref={root} className={classes.footer}>
      <div className={classes.footerLine}>
        <Text size="sm" c="dimmed">
          {rows.length === 0 ? t('apply.nothing') : t('apply.promise')}
        </Text>
        <ConnectionButton
          connections={where.servers}
          disabled={rows.length === 0 || blocked || readingSince !== null || settling}
          loading={starting}
          title={keys('apply')}
          onClick={open}
        >
          {where.sentence}
        </ConnectionButton>
      </div>
      {asking ? (
        <ConfirmApply
          opened
          rows={rows}
          left={leftBehind(plan, rows)}
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
      ) : null}
    </footer>
  );
}
