import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/model/many';
import { ask, patchbay } from '../../bridge';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { closeManyDialog } from './dialogs';
import { ManyModal } from './ManyModal';

/** Asks before a template is thrown away. What was made with it stays. */
export function RemoveTemplate({ template }: { template: Template }) {
  const { t } = useTranslation('templates');
  const remove = useMutation({
    mutationFn: () => ask(patchbay.templates.remove({ templateId: template.id })),
    onSuccess: closeManyDialog,
  });
  const count = template.rules.length;
  return (
    <ManyModal
      title={t('remove.title', { name: isolate(template.name) })}
      confirm={t('remove.button')}
      colour="red"
      work={remove}
      onSubmit={() => remove.mutate()}
    >
      <Text size="sm">{t('remove.text', { count, n: formatCount(count) })}</Text>
    </ManyModal>
  );
}
