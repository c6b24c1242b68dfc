import { useTranslation } from 'react-i18next';
import { fieldSpec, type Kind } from '../../../shared/catalog';
import type { BatchRow } from '../../../shared/model/batch';
import { formatCount, localised } from '../../i18n';
import { DiffLine } from '../../ui/DiffLine';
import { isolate } from '../../ui/isolate';
import css from './batches.module.css';

/** One row: what it is about, each field before and after, and what is wrong with it. */
export function BatchRowView({ row, kind }: { row: BatchRow; kind: Kind }) {
  const { t } = useTranslation(['batches', 'field']);
  const reason = (code: string, detail = '') => {
    const [from, name = ''] = code.split('.');
    return from === 'field'
      ? t(`field:${name}`, { detail: isolate(detail) })
      : t(`batches:reason.${name}`, { detail: isolate(detail) });
  };
  return (
    <div className={css.row} data-row={row.remoteId ?? row.index} data-status={row.status}>
      <span className={css.title}>
        {row.line === null ? null : <span className={css.line}>{formatCount(row.line)}</span>}
        <bdi>{row.title}</bdi>
      </span>
      <span className={css.status}>{t(`status.${row.status}`)}</span>
      <span className={css.fields}>
        {row.fields.map(({ field, from, to }) => (
          <DiffLine key={field} kind={kind} field={field} from={from} to={to} />
        ))}
        {row.problems.map(({ field, code, detail }) => {
          const spec = field === null ? undefined : fieldSpec(kind, field);
          return (
            <span key={`${field} ${code}`} className={css.problem}>
              {spec ? <b>{localised(spec.label)}: </b> : null}
              {reason(code, detail)}
            </span>
          );
        })}
      </span>
    </div>
  );
}
