import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { RunRow } from '../../../shared/model/plan';
import { formatCount, formatMoment } from '../../i18n';
import { ConnectionName } from '../../ui/ConnectionName';
import layout from '../../ui/layout.module.css';
import { RecordLink } from '../../ui/RecordLink';
import { StatusMark } from '../../ui/StatusMark';
import { openRunTab } from './open-plan';
import type { OrderItem } from './order-items';
import { ResultReason } from './Reason';
import { RunProgress, useProgressWords } from './RunProgress';
import { countOutcomes, countsOf } from './run-progress';
import { isCutOff } from './runs';
import { SplitOff } from './SplitOff';
import { UndecidedRow } from './UndecidedRow';
import classes from './WorkOrders.module.css';

/** What the last run of a work order came to, or how far it is. */
export function OrderRun({
  item: { order, run, shown },
  onToggle,
}: {
  item: Extract<OrderItem, { type: 'run' }>;
  onToggle: (id: string, shown: boolean) => void;
}) {
  const { t } = useTranslation('workorders');
  const words = useTranslation('runs').t;
  const counts = countsOf(run);
  const n = formatCount(counts.all);
  const ended = run.head.endedAt !== null;
  const progress = useProgressWords();
  return (
    <div className={classes.run} data-run-of={order.number}>
      <strong>{t(ended ? 'run.last' : isCutOff(run) ? 'run.cutOff' : 'run.going')}</strong>
      <span className={classes.quiet}>{formatMoment(run.head.startedAt)}</span>
      {ended ? (
        countOutcomes(run.rows.values()).map(([outcome, count]) => (
          <StatusMark key={outcome} mark={outcome} count={formatCount(count)} />
        ))
      ) : (
        <>
          <span>{progress.short(counts)}</span>
          <RunProgress counts={counts} name={words('progressOf')} />
        </>
      )}
      <span className={layout.push} />
      {ended ? <SplitOff workOrderId={order.id} small /> : null}
      {ended ? (
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={shown}
          onClick={() => onToggle(order.id, !shown)}
        >
          {t(shown ? 'run.hide' : 'run.rows', { count: counts.all, n })}
        </Button>
      ) : (
        <Button size="compact-xs" variant="default" onClick={() => openRunTab(run)}>
          {words('show')}
        </Button>
      )}
    </div>
  );
}

/** What became of one row in that run. */
export function OutcomeLine({
  row,
  runId,
  connection,
}: {
  row: RunRow;
  runId: string;
  connection: Connection | undefined;
}) {
  const { t } = useTranslation('workorders');
  const outcome = row.result?.outcome;
  return (
    <div className={classes.outcome} data-record={row.remoteId} data-outcome={outcome}>
      <RecordLink
        connectionId={row.connectionId}
        remoteId={row.remoteId}
        title={row.title}
        disabled={!connection}
        whole
      />
      <ConnectionName connection={connection} fallback={t('connectionGone')} brief />
      <StatusMark mark={outcome ?? 'waiting'} />
      <span className={classes.why}>
        {outcome === 'unknown' ? (
          <UndecidedRow runId={runId} row={row} />
        ) : row.result ? (
          <ResultReason result={row.result} of={connection && recordsOf(connection, row.collection)} />
        ) : null}
      </span>
    </div>
  );
}
