import { SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogs, type Kind, kindSchema } from '../../../shared/catalog';
import { TemplateName } from '../../fields/TemplateName';
import { localised } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { takeTemplate } from '../../program/templates';
import { upperFirst } from '../../program/titles';
import { useWorkspace } from '../../program/workspace';
import { FormDialog } from '../../ui/FormDialog';
import { useAction } from '../../ui/useAction';
import { closeManyDialog, showTemplate } from './dialogs';

/** A new, empty template: its name, and the kind of servers that it is for. */
export function CreateTemplate({ kind: suggested }: { kind: Kind | null }) {
  const { t } = useTranslation('templates');
  const kinds = kindSchema.options;
  const [kind, setKind] = useState<Kind>(suggested ?? kinds[0] ?? kindSchema.enum.simotel);
  const [name, setName] = useState('');
  const create = useAction({
    work: () => ask(patchbay.templates.create({ kind, name: name.trim(), from: null })),
    done: (made) => {
      takeTemplate(made);
      showTemplate(made.id);
      useWorkspace.getState().open({ type: 'templates' });
      closeManyDialog();
    },
  });
  return (
    <FormDialog
      title={t('create.title')}
      confirm={t('create.button')}
      disabled={name.trim() === ''}
      action={create}
      onSubmit={create.run}
      cancel={t('cancel')}
      onClose={closeManyDialog}
      size={440}
      stays
      long
    >
      <TemplateName name={name} onName={setName} />
      <div>
        <Text size="sm" mb={4} id="template-kind">
          {t('kind')}
        </Text>
        <SegmentedControl
          aria-labelledby="template-kind"
          value={kind}
          onChange={(value) => setKind(kindSchema.parse(value))}
          data={kinds.map((value) => ({ value, label: upperFirst(localised(catalogs[value].recordsNoun)) }))}
        />
      </div>
    </FormDialog>
  );
}
