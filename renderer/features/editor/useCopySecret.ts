import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldSpec } from '../../../shared/catalog';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatCount, localised } from '../../i18n';
import { sayDone } from '../shell/actions';
import { useEditor } from './EditorContext';

/** Puts a secret on the clipboard without bringing it into the window, and says when it is cleared again. */
export function useCopySecret(spec: FieldSpec, source: 'record' | 'change') {
  const { t } = useTranslation('editor');
  const { record } = useEditor();
  const [problem, setProblem] = useState<Problem | null>(null);
  const copy = async () => {
    setProblem(null);
    try {
      const { clearedAfterSeconds } = await ask(
        patchbay.directory.copySecret({ ...record, field: spec.name, source }),
      );
      const words = { field: localised(spec.label), seconds: formatCount(clearedAfterSeconds) };
      sayDone(t('secret.copied', words));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return { copy, problem, forget: () => setProblem(null) };
}
