import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { BulkDraft } from '../../../shared/model/many';
import { longestName, TemplateName } from '../../fields/TemplateName';
import { formatCount } from '../../i18n';
import { sayDone } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { takeTemplate } from '../../program/templates';
import { FormDialog } from '../../ui/FormDialog';
import { isolate } from '../../ui/isolate';
import { useAction } from '../../ui/useAction';

/** Keeps the rules under a name, to be applied to others later. */
export function SaveTemplateDialog({
  connection,
  draft,
  onClose,
}: {
  connection: Connection;
  draft: BulkDraft;
  onClose: () => void;
}) {
  const { t } = useTranslation(['bulk', 'templates']);
  const [name, setName] = useState(
    draft.origin.what === 'edit' ? '' : draft.origin.name.slice(0, longestName),
  );
  const create = useAction({
    work: () =>
      ask(
        patchbay.templates.create({
          kind: connection.kind,
          name: name.trim(),
          from: { draftOf: connection.id },
        }),
      ),
    done: (made) => {
      takeTemplate(made);
      sayDone(t('template.saved', { name: isolate(made.name) }));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('template.title')}
      confirm={t('template.confirm')}
      disabled={name.trim() === ''}
      action={create}
      onSubmit={create.run}
      cancel={t('templates:cancel')}
      onClose={onClose}
      size={440}
      stays
      long
    >
      <TemplateName name={name} onName={setName} />
      <Text size="sm" c="dimmed">
        {t('template.help', { count: draft.rules.length, formatted: formatCount(draft.rules.length) })}
      </Text>
    </FormDialog>
  );
}
