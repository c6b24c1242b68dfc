import { useTranslation } from 'react-i18next';
import type { OfCollection } from '../../../shared/catalog';
import type { BatchRow } from '../../../shared/model/batch';
import type { ConnectionId } from '../../../shared/model/connection';
import { formatCount } from '../../i18n';
import { DiffLine } from '../../ui/DiffLine';
import { RecordLink } from '../../ui/RecordLink';
import { BatchMark } from './BatchMark';
import { useBatchWords } from './batch-words';
import css from './batches.module.css';

/** One row: the line it is on, what it is about, each field before and after, what is wrong with it and what to do. */
export function BatchRowView({
  row,
  of,
  connectionId,
}: {
  row: BatchRow;
  of: OfCollection;
  connectionId: ConnectionId;
}) {
  const { t } = useTranslation('batches');
  const words = useBatchWords(of);
  return (
    <div className={css.row} data-row={row.remoteId ?? row.index} data-status={row.status}>
      {row.line === null ? null : (
        <span className={css.line} title={t('line', { line: formatCount(row.line) })}>
          {formatCount(row.line)}
        </span>
      )}
      <span className={css.title}>
        <RecordLink connectionId={connectionId} remoteId={row.remoteId ?? ''} title={row.title} />
      </span>
      <BatchMark status={row.status} />
      <span className={css.fields}>
        {row.fields.map(({ field, from, to, look }) => (
          <DiffLine key={field} of={of} field={field} from={from} to={to} look={look} />
        ))}
        {row.problems.map((problem) => {
          const { field, what, advice } = words.problem(problem);
          return (
            <span key={`${problem.field} ${problem.code}`} className={css.problem} data-reason={problem.code}>
              {field === null ? null : <b>{field}: </b>}
              {what} {advice === '' ? null : <span className={css.advice}>{advice}</span>}
            </span>
          );
        })}
      </span>
    </div>
  );
}
