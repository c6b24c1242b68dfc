import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchSummary, Step } from '../../../shared/model/batch';
import type { Problem } from '../../../shared/model/problem';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { useConnection } from '../../program/connections';
import { useCurrentOrder, workOrderName } from '../../program/work-orders';
import { ConnectionButton } from '../../ui/ConnectionButton';
import { isolate } from '../../ui/isolate';
import { useAction } from '../../ui/useAction';
import { useJob } from '../../ui/useJob';
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
  const prepare = useAction({
    work: () => run((job) => ask(patchbay.batches.prepare({ batchId: summary.id, job }))),
    done: ({ step, left }) => onPrepared(step, left),
    failed: onProblem,
  });
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
    <ConnectionButton
      connections={[connection]}
      disabled={count === 0 || stale}
      onClick={() => {
        onProblem(null);
        setCancelling(false);
        prepare.run();
      }}
      data-prepare={count}
    >
      {t('prepare', {
        count,
        formatted: formatCount(count),
        workOrder: isolate(order ? workOrderName(order) : 'WO'),
      })}
    </ConnectionButton>
  );
}
