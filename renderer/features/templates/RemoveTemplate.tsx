import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/model/many';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { FormDialog } from '../../ui/FormDialog';
import { isolate } from '../../ui/isolate';
import { useAction } from '../../ui/useAction';
import { closeManyDialog } from './dialogs';

/** Asks before a template is thrown away. What was made with it stays. */
export function RemoveTemplate({ template }: { template: Template }) {
  const { t } = useTranslation('templates');
  const remove = useAction({
    work: () => ask(patchbay.templates.remove({ templateId: template.id })),
    done: closeManyDialog,
  });
  const count = template.rules.length;
  return (
    <FormDialog
      title={t('remove.title', { name: isolate(template.name) })}
      confirm={t('remove.button')}
      takesAway
      action={remove}
      onSubmit={remove.run}
      cancel={t('cancel')}
      onClose={closeManyDialog}
      size={440}
      stays
      long
    >
      <Text size="sm">{t('remove.text', { count, n: formatCount(count) })}</Text>
    </FormDialog>
  );
}
