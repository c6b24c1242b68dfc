import { useTranslation } from 'react-i18next';
import type { OfCollection } from '../../../shared/catalog';
import type { PlanRow, RowOutcome, RunRow } from '../../../shared/model/plan';
import { FieldLabel } from '../../ui/DiffLine';
import { isolate, textDirection } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { useProblemWords } from '../../ui/problemWords';
import { useFindingWords } from './Findings';

/** Why a row stands as it stands, short; the whole of it is in the row's detail. */
export function Reason({
  row,
  ran,
  of,
}: {
  row: PlanRow;
  ran: RunRow | undefined;
  of: OfCollection | undefined;
}) {
  const { t } = useTranslation('workorders');
  const words = useFindingWords();
  if (ran) return ran.result ? <ResultReason result={ran.result} of={of} /> : null;
  const found = row.findings.find(({ blocking }) => blocking) ?? row.findings[0];
  if (found && (row.status === 'invalid' || row.status === 'ready')) {
    const { short } = words(found);
    return (
      <span className={layout.whole} title={short}>
        {short}
      </span>
    );
  }
  if (row.status === 'invalid') {
    const wrong = row.fields.find((field) => field.problem);
    return wrong?.problem && of ? (
      <span className={layout.whole}>
        <FieldLabel of={of} field={wrong.field} />
        {': '}
        {t(wrong.problem.code, { ns: 'field', detail: isolate(wrong.problem.detail ?? '') })}
      </span>
    ) : (
      <span className={layout.whole}>{t('reason.unreadable')}</span>
    );
  }
  return row.status === 'ready' ? null : <span className={layout.whole}>{t(`reason.${row.status}`)}</span>;
}

/** What became of a row, short. */
export function ResultReason({ result, of }: { result: RowOutcome; of: OfCollection | undefined }) {
  const { t } = useTranslation('workorders');
  const words = useProblemWords();
  const { problem } = result;
  for (const list of ['sideEffects', 'notStored'] as const) {
    if (result[list].length === 0 || !of) continue;
    // Why it was not stored says more than that it was not, also where the server had no words of its own.
    if (list === 'notStored' && problem && problem.code !== 'not-stored') continue;
    return (
      <span className={layout.whole}>
        {t(`reason.${list}`)}{' '}
        {result[list].map(({ field }, at) => (
          <span key={field}>
            {at > 0 ? t('listSeparator') : ''}
            <FieldLabel of={of} field={field} />
          </span>
        ))}
      </span>
    );
  }
  if (problem) {
    const said = problem.serverMessage;
    const { title } = words(problem);
    return (
      <span
        className={layout.whole}
        dir={said ? textDirection(said) : undefined}
        title={said ? `${title}\n${said}` : title}
      >
        {said ? <bdi>{said}</bdi> : title}
      </span>
    );
  }
  return result.unverifiable.length > 0 ? (
    <span className={layout.whole}>{t('reason.unverifiable')}</span>
  ) : null;
}
