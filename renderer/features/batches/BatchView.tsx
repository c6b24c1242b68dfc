import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchSummary, Step } from '../../../shared/model/batch';
import { recordsOf } from '../../../shared/model/connection';
import type { Problem } from '../../../shared/model/problem';
import { useConnection } from '../../program/connections';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { BatchFilters } from './BatchFilters';
import { BatchRows } from './BatchRows';
import css from './batches.module.css';
import { allRows, type BatchFilter, countOf } from './filter';
import { PrepareBatch } from './PrepareBatch';

/**
 * The result of a bulk edit or a spreadsheet: how many rows of each kind, each row, and the button that prepares it.
 */
export function BatchView({
  summary,
  reportOnly,
  stale = false,
  onPrepared,
  actions,
}: {
  summary: BatchSummary;
  /** Only compared: nothing is to be prepared. */
  reportOnly: boolean;
  /** It is being worked out again: looked at meanwhile, and not prepared. */
  stale?: boolean;
  /** `step` null where nothing was left to prepare; `left`: rows that moved on meanwhile and were left alone. */
  onPrepared: (step: Step | null, left: number) => void;
  actions?: ReactNode;
}) {
  const { t } = useTranslation('batches');
  const [wanted, setFilter] = useState<BatchFilter>(allRows);
  const [problem, setProblem] = useState<Problem | null>(null);
  const connection = useConnection(summary.connectionId);
  // The same object while nothing changes: rows that stand are not drawn again for it.
  const of = useMemo(
    () => connection && recordsOf(connection, summary.collection),
    [connection, summary.collection],
  );
  if (!of) return null;
  // A kind with no rows left is no longer selected.
  const filter = countOf(summary, wanted) > 0 ? wanted : allRows;
  return (
    <section className={css.view} aria-label={t('title')} data-batch={summary.total}>
      <BatchFilters summary={summary} of={of} filter={filter} onFilter={setFilter} />
      <BatchRows summary={summary} of={of} filter={filter} />
      {problem ? (
        <div className={css.notice}>
          <ProblemAlert problem={problem} onClose={() => setProblem(null)} />
        </div>
      ) : null}
      <footer className={css.footer}>
        {actions}
        <span className={layout.push} />
        {reportOnly ? (
          <span className={css.muted}>{t('reportOnly')}</span>
        ) : (
          <PrepareBatch summary={summary} stale={stale} onProblem={setProblem} onPrepared={onPrepared} />
        )}
      </footer>
    </section>
  );
}
