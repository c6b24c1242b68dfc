import { useTranslation } from 'react-i18next';
import { fieldSpec, type OfCollection } from '../../../shared/catalog';
import type { BatchProblem } from '../../../shared/model/batch';
import { isKey, localised } from '../../i18n';
import { isolateLabel } from '../../ui/field-label';
import { isolate } from '../../ui/isolate';

/** A problem in words: the field it is about, what is wrong, and what to do. */
export interface ProblemSaid {
  /** Null where it is about the row. */
  readonly field: string | null;
  readonly what: string;
  /** Empty where `what` says it already. */
  readonly advice: string;
}

/** Puts problems of rows into words, and kinds of problems (which have no detail) into a few. */
export function useBatchWords(of: OfCollection) {
  const { t } = useTranslation(['batches', 'field']);
  const labelOf = (field: string | null): string | null => {
    if (field === null) return null;
    const spec = fieldSpec(of, field);
    return spec ? localised(spec.label) : field;
  };
  const said = (code: string, params: { detail: string; other: string }): string => {
    if (isKey('batches', code)) return t(code, params);
    const own = code.replace(/^field\./, '');
    return isKey('field', own) ? t(`field:${own}`, params) : code;
  };
  return {
    problem: ({ field, code, detail = '', other = '' }: BatchProblem): ProblemSaid => {
      const advice = code.replace(/^reason\./, 'advice.');
      return {
        field: labelOf(field),
        what: said(code, {
          detail: detail === '' ? '…' : isolate(detail),
          other: other === '' ? '…' : isolate(other),
        }),
        advice: isKey('batches', advice) ? t(advice) : '',
      };
    },
    kind: ({ field, code }: Pick<BatchProblem, 'field' | 'code'>): string => {
      const short = code.replace(/^reason\./, 'kind.');
      const what = isKey('batches', short) ? t(short) : bare(said(code, { detail: '', other: '' }));
      const label = labelOf(field);
      return label === null ? what : t('batches:kindOf', { field: isolateLabel(label), what });
    },
  };
}

/** A sentence without its detail placeholder and its end. */
function bare(sentence: string): string {
  return sentence.replace(/[\s:.]+$/u, '');
}
