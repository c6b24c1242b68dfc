import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import type { Connection } from '../../../shared/model/connection';
import type { ComparedItem } from '../../../shared/model/many';
import { TemplateName } from '../../fields/TemplateName';
import { sayDone } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { useConnection } from '../../program/connections';
import { takeTemplate } from '../../program/templates';
import { FormDialog } from '../../ui/FormDialog';
import { isolate } from '../../ui/isolate';
import { isolateTitle } from '../../ui/title-parts';
import { useAction } from '../../ui/useAction';
import { closeManyDialog, showTemplate } from './dialogs';
import { FieldChooser } from './FieldChooser';
import { keepableFields } from './fields';
import { useRecordValues } from './record-values';
import { useFieldChoice } from './useFieldChoice';

/** Keeps fields of a record as a template. */
export function SaveTemplate({ record }: { record: ComparedItem }) {
  const connection = useConnection(record.connectionId);
  return connection ? <Save connection={connection} record={record} /> : null;
}

function Save({ connection, record }: { connection: Connection; record: ComparedItem }) {
  const { t } = useTranslation('templates');
  const { kind } = connection;
  const catalog = catalogOf(kind);
  const [name, setName] = useState('');
  const { title, shownValue } = useRecordValues(record);
  const fieldChoice = useFieldChoice(catalog, keepableFields(catalog), shownValue);
  const fields = fieldChoice.chosen;
  const create = useAction({
    work: () => ask(patchbay.templates.create({ kind, name: name.trim(), from: { ...record, fields } })),
    done: (made) => {
      takeTemplate(made);
      showTemplate(made.id);
      sayDone(t('save.done', { name: isolate(made.name) }));
      closeManyDialog();
    },
  });
  return (
    <FormDialog
      title={t('save.title', { title: isolateTitle(title) })}
      confirm={t('save.button')}
      disabled={name.trim() === '' || fields.length === 0}
      action={create}
      onSubmit={create.run}
      cancel={t('cancel')}
      onClose={closeManyDialog}
      size={640}
      stays
      long
    >
      <TemplateName name={name} onName={setName} />
      <FieldChooser {...fieldChoice} />
      <Text size="sm" c="dimmed">
        {t('save.noSecrets')}
      </Text>
    </FormDialog>
  );
}
