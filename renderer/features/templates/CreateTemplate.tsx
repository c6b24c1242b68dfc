import { SegmentedControl, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogs, type Kind, kindSchema } from '../../../shared/catalog';
import { ask, patchbay } from '../../bridge';
import { localised } from '../../i18n';
import { useWorkspace } from '../../workspace';
import { upperFirst } from '../shell/titles';
import { closeManyDialog, showTemplate } from './dialogs';
import { ManyModal } from './ManyModal';
import { takeTemplate } from './queries';

/** A new, empty template: its name, and the kind of servers that it is for. */
export function CreateTemplate({ kind: suggested }: { kind: Kind | null }) {
  const { t } = useTranslation('templates');
  const kinds = kindSchema.options;
  const [kind, setKind] = useState<Kind>(suggested ?? kinds[0] ?? kindSchema.enum.simotel);
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => ask(patchbay.templates.create({ kind, name: name.trim(), from: null })),
    onSuccess: (made) => {
      takeTemplate(made);
      showTemplate(made.id);
      useWorkspace.getState().open({ type: 'templates' });
      closeManyDialog();
    },
  });
  return (
    <ManyModal
      title={t('create.title')}
      confirm={t('create.button')}
      disabled={name.trim() === ''}
      work={create}
      onSubmit={() => create.mutate()}
    >
      <TextInput
        label={t('name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={120}
        dir="auto"
        data-field="name"
        data-autofocus
      />
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
    </ManyModal>
  );
}
