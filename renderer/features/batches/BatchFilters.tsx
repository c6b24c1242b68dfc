import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldSpec, type OfCollection } from '../../../shared/catalog';
import { type BatchSummary, batchStatuses } from '../../../shared/model/batch';
import { formatCount, localised } from '../../i18n';
import { isolateLabel } from '../../ui/field-label';
import { isolate } from '../../ui/isolate';
import { BatchMark } from './BatchMark';
import { useBatchWords } from './batch-words';
import css from './batches.module.css';
import { allRows, type BatchFilter, filterKey } from './filter';

/** How many rows there are of each status, and what is wrong with how many: a click shows only those, another all. */
export function BatchFilters({
  summary,
  of,
  filter,
  onFilter,
}: {
  summary: BatchSummary;
  of: OfCollection;
  filter: BatchFilter;
  onFilter: (filter: BatchFilter) => void;
}) {
  const { t } = useTranslation('batches');
  const words = useBatchWords(of);
  const chosen = filterKey(filter);
  const toggle = (one: BatchFilter) => onFilter(filterKey(one) === chosen ? allRows : one);
  return (
    <div className={css.filters}>
      <fieldset className={css.chips} aria-label={t('filter')}>
        <UnstyledButton
          className={css.chip}
          aria-pressed={filter.by === 'all'}
          data-status="all"
          data-count={summary.total}
          onClick={() => onFilter(allRows)}
        >
          <b>{formatCount(summary.total)}</b> {t('status.all')}
        </UnstyledButton>
        {batchStatuses
          .filter((status) => summary.counts[status] > 0)
          .map((status) => (
            <UnstyledButton
              key={status}
              className={css.chip}
              aria-pressed={filter.by === 'status' && filter.status === status}
              data-status={status}
              data-count={summary.counts[status]}
              onClick={() => toggle({ by: 'status', status })}
            >
              <BatchMark status={status} count={summary.counts[status]} />
            </UnstyledButton>
          ))}
      </fieldset>
      {summary.problems.length > 0 ? (
        <fieldset className={css.kinds} aria-label={t('problems')}>
          {summary.problems.map(({ field, code, rows }) => {
            const one: BatchFilter = { by: 'problem', problem: { field, code } };
            return (
              <UnstyledButton
                key={filterKey(one)}
                className={css.kind}
                aria-pressed={chosen === filterKey(one)}
                data-problem={code}
                data-field={field ?? ''}
                data-count={rows}
                onClick={() => toggle(one)}
              >
                <b>{formatCount(rows)}</b> {words.kind({ field, code })}
              </UnstyledButton>
            );
          })}
        </fieldset>
      ) : null}
      {summary.fields.length > 0 ? (
        <p className={css.changes} title={changes(summary, of)}>
          {t('changes', { fields: changes(summary, of) })}
        </p>
      ) : null}
    </div>
  );
}

/** Which fields would be others in how many rows. */
function changes(summary: BatchSummary, of: OfCollection): string {
  return summary.fields
    .map(({ field, rows }) => {
      const spec = fieldSpec(of, field);
      // The count would be drawn into a label that ends in Latin letters.
      return `${spec ? isolateLabel(localised(spec.label)) : isolate(field)} ${formatCount(rows)}`;
    })
    .join(' · ');
}
