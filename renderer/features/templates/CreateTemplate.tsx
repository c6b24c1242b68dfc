import { SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { collectionOf, everyCollection, type OfCollection } from '../../../shared/catalog';
import { TemplateName } from '../../fields/TemplateName';
import { localised } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { takeTemplate } from '../../program/templates';
import { upperFirst } from '../../program/titles';
import { useWorkspace } from '../../program/workspace';
import { FormDialog } from '../../ui/FormDialog';
import { useAction } from '../../ui/useAction';
import { closeManyDialog, showTemplate } from './dialogs';

/** A new, empty template: its name, and the records that it is for. */
export function CreateTemplate({ of: suggested }: { of: OfCollection | null }) {
  const { t } = useTranslation('templates');
  const all = everyCollection();
  const [key, setKey] = useState(suggested ? keyOf(suggested) : '');
  const of = all.find((one) => keyOf(one) === key) ?? all[0];
  const [name, setName] = useState('');
  const create = useAction({
    work: async () => of && (await ask(patchbay.templates.create({ ...of, name: name.trim(), from: null }))),
    done: (made) => {
      if (!made) return;
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
          value={of ? keyOf(of) : ''}
          onChange={setKey}
          data={all.map((one) => ({
            value: keyOf(one),
            label: upperFirst(localised(collectionOf(one).nouns)),
          }))}
        />
      </div>
    </FormDialog>
  );
}

function keyOf({ kind, collection }: OfCollection): string {
  return `${kind} ${collection}`;
}
