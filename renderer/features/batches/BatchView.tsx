import { Button, Progress, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind } from '../../../shared/catalog';
import {
  type BatchRow,
  type BatchStatus,
  type BatchSummary,
  batchStatuses,
  type Step,
} from '../../../shared/model/batch';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useJob } from '../../ui/useJob';
import { VirtualList } from '../../ui/VirtualList';
import { useConnection } from '../connections/queries';
import { useCurrentOrder, workOrderName } from '../workorders/queries';
import { BatchRowView } from './BatchRowView';
import css from './batches.module.css';

const pageSize = 100;

/** What a bulk edit or a spreadsheet comes to: how many rows of each kind, each row, and the button that prepares it. */
export function BatchView({
  summary,
  reportOnly,
  onPrepared,
  actions,
  stale = false,
}: {
  summary: BatchSummary;
  /** Only compared: nothing is to be prepared. */
  reportOnly: boolean;
  /** `step` null where nothing was left to prepare; `left`: rows that moved on meanwhile and were left alone. */
  onPrepared: (step: Step | null, left: number) => void;
  actions?: ReactNode;
  /** It is being worked out anew: what stands here is looked at, and not prepared. */
  stale?: boolean;
}) {
  const { t } = useTranslation('batches');
  const [wanted, setStatus] = useState<BatchStatus | null>(null);
  const connection = useConnection(summary.connectionId);
  // A kind of rows that there are none of any more is looked at no more.
  const status = wanted !== null && summary.counts[wanted] > 0 ? wanted : null;
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage, error } = useInfiniteQuery({
    queryKey: ['batch', summary.id, status],
    queryFn: ({ pageParam }) =>
      ask(patchbay.batches.rows({ batchId: summary.id, status, offset: pageParam, limit: pageSize })),
    initialPageParam: 0,
    getNextPageParam: (last, _, offset) =>
      offset + last.rows.length < last.total ? offset + last.rows.length : undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const kind: Kind | undefined = connection?.kind;
  return (
    <section className={css.view} aria-label={t('title')}>
      <div className={css.chips} role="toolbar" aria-label={t('filter')}>
        <Chip status={null} count={summary.total} on={status === null} onChoose={setStatus} />
        {batchStatuses
          .filter((one) => summary.counts[one] > 0)
          .map((one) => (
            <Chip
              key={one}
              status={one}
              count={summary.counts[one]}
              on={status === one}
              onChoose={setStatus}
            />
          ))}
      </div>
      {error ? <ProblemAlert problem={problemOf(error)} /> : null}
      {kind ? (
        <VirtualList
          items={rows}
          keyOf={(row) => String(row.index)}
          estimate={(row) => 9 + 20 * Math.max(1, row.fields.length + row.problems.length)}
          label={t('title')}
          render={(row: BatchRow) => <BatchRowView row={row} kind={kind} />}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
        />
      ) : null}
      <footer className={css.footer}>
        {actions}
        <span className={css.space} />
        {reportOnly ? null : <Prepare summary={summary} stale={stale} onPrepared={onPrepared} />}
      </footer>
    </section>
  );
}

function Chip({
  status,
  count,
  on,
  onChoose,
}: {
  status: BatchStatus | null;
  count: number;
  on: boolean;
  onChoose: (status: BatchStatus | null) => void;
}) {
  const { t } = useTranslation('batches');
  return (
    <button
      type="button"
      className={css.chip}
      data-status={status ?? 'all'}
      data-count={count}
      aria-pressed={on}
      onClick={() => onChoose(status)}
    >
      <b>{formatCount(count)}</b> {t(`status.${status ?? 'all'}`)}
    </button>
  );
}

function Prepare({
  summary,
  stale,
  onPrepared,
}: {
  summary: BatchSummary;
  stale: boolean;
  onPrepared: (step: Step | null, left: number) => void;
}) {
  const { t } = useTranslation('batches');
  const { run, cancel, running, progress } = useJob();
  const [problem, setProblem] = useState<Problem | null>(null);
  const order = useCurrentOrder();
  const count = summary.counts.differs;
  const prepare = async () => {
    setProblem(null);
    try {
      const { step, left } = await run((job) => ask(patchbay.batches.prepare({ batchId: summary.id, job })));
      onPrepared(step, left);
    } catch (error) {
      const found = problemOf(error);
      if (found.code !== 'cancelled') setProblem(found);
    }
  };
  return (
    <>
      {problem ? <ProblemAlert problem={problem} onClose={() => setProblem(null)} /> : null}
      {running ? (
        <span className={css.progress} role="status">
          <Text size="sm">
            {t('preparing', { done: formatCount(progress?.done ?? 0), total: formatCount(count) })}
          </Text>
          <Progress value={(100 * (progress?.done ?? 0)) / Math.max(1, progress?.total ?? count)} size="xs" />
        </span>
      ) : null}
      {running ? (
        <Button variant="default" onClick={cancel}>
          {t('cancel')}
        </Button>
      ) : null}
      <Button disabled={count === 0 || stale} loading={running} onClick={() => void prepare()} data-prepare>
        {t('prepare', {
          count,
          formatted: formatCount(count),
          workOrder: isolate(order ? workOrderName(order) : 'WO'),
        })}
      </Button>
    </>
  );
}
