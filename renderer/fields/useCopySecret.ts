import { useTranslation } from 'react-i18next';
import type { FieldSpec } from '../../shared/catalog';
import { formatCount, localised } from '../i18n';
import { sayDone } from '../program/actions';
import { ask, patchbay } from '../program/bridge';
import { useAction } from '../ui/useAction';
import { useEditor } from './EditorContext';

/** Puts a secret on the clipboard without bringing it into the window, and says when it is cleared again. */
export function useCopySecret(spec: FieldSpec, source: 'record' | 'change') {
  const { t } = useTranslation('editor');
  const { record } = useEditor();
  return useAction({
    work: () => ask(patchbay.directory.copySecret({ ...record, field: spec.name, source })),
    done: ({ clearedAfterSeconds }) => {
      const words = { field: localised(spec.label), seconds: formatCount(clearedAfterSeconds) };
      sayDone(t('secret.copied', words));
    },
  });
}
