import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchSummary, Step } from '../../../shared/model/batch';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { useJob } from '../../ui/useJob';
import { useConnection } from '../connections/queries';
import { useCurrentOrder, workOrderName } from '../workorders/queries';
import css from './batches.module.css';

/** The button that prepares a batch: names how much and where, shows how far it is, and lets it be cancelled. */
export function PrepareBatch({
  summary,
  stale,
  onProblem,
  onPrepared,
}: {
  summary: BatchSummary;
  /** The batch is being worked out again: this one is not what would be prepared. */
  stale: boolean;
  onProblem: (problem: Problem | null) => void;
  onPrepared: (step: Step | null, left: number) => void;
}) {
  const { t } = useTranslation('batches');
  const { run, cancel, running, progress } = useJob();
  const [cancelling, setCancelling] = useState(false);
  const order = useCurrentOrder();
  const connection = useConnection(summary.connectionId);
  const count = summary.counts.differs;
  const prepare = async () => {
    onProblem(null);
    setCancelling(false);
    try {
      const { step, left } = await run((job) => ask(patchbay.batches.prepare({ batchId: summary.id, job })));
      onPrepared(step, left);
    } catch (error) {
      const found = problemOf(error);
      if (found.code !== 'cancelled') onProblem(found);
    }
  };
  if (running) {
    const done = progress?.done ?? 0;
    const total = progress?.total ?? count;
    const words = t('preparing', { done: formatCount(done), total: formatCount(total) });
    return (
      <>
        <span className={css.progress} role="status">
          <span>{words}</span>
          <Progress value={(100 * done) / Math.max(1, total)} size={3} aria-label={words} />
        </span>
        <Button
          variant="default"
          disabled={cancelling}
          onClick={() => {
            setCancelling(true);
            cancel();
          }}
        >
          {t('cancel')}
        </Button>
      </>
    );
  }
  return (
    <Button
      {...(connection ? { color: connection.colour } : {})}
      disabled={count === 0 || stale}
      onClick={() => void prepare()}
      data-prepare={count}
    >
      {t('prepare', {
        count,
        formatted: formatCount(count),
        workOrder: isolate(order ? workOrderName(order) : 'WO'),
      })}
    </Button>
  );
}
