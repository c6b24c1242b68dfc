import { useTranslation } from 'react-i18next';
import { fieldSpec, type Kind } from '../../../shared/catalog';
import type { BatchProblem } from '../../../shared/model/batch';
import { localised } from '../../i18n';
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
export function useBatchWords(kind: Kind) {
  const { t } = useTranslation(['batches', 'field']);
  const labelOf = (field: string | null): string | null => {
    if (field === null) return null;
    const spec = fieldSpec(kind, field);
    return spec ? localised(spec.label) : field;
  };
  const split = (code: string): readonly [string, string] => {
    const at = code.indexOf('.');
    return [code.slice(0, at), code.slice(at + 1)];
  };
  return {
    problem: ({ field, code, detail = '' }: BatchProblem): ProblemSaid => {
      const [of, name] = split(code);
      const said = { detail: detail === '' ? '…' : isolate(detail) };
      return of === 'field'
        ? { field: labelOf(field), what: t(`field:${name}`, said), advice: '' }
        : {
            field: labelOf(field),
            what: t(`batches:reason.${name}`, said),
            advice: t(`batches:advice.${name}`, { defaultValue: '' }),
          };
    },
    kind: ({ field, code }: Pick<BatchProblem, 'field' | 'code'>): string => {
      const [of, name] = split(code);
      const what = of === 'field' ? bare(t(`field:${name}`, { detail: '' })) : t(`batches:kind.${name}`);
      const label = labelOf(field);
      return label === null ? what : t('batches:kindOf', { field: isolateLabel(label), what });
    },
  };
}

/** A sentence without what stands for its detail and without its end. */
function bare(sentence: string): string {
  return sentence.replace(/[\s:.]+$/u, '');
}
