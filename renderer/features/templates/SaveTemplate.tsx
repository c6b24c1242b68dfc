import { Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import type { Connection } from '../../../shared/model/connection';
import type { ComparedItem } from '../../../shared/model/many';
import { ask, patchbay } from '../../bridge';
import { isolate } from '../../ui/isolate';
import { isolateTitle } from '../../ui/title-parts';
import { useConnection } from '../connections/queries';
import { sayDone } from '../shell/actions';
import { closeManyDialog, showTemplate } from './dialogs';
import { FieldChooser } from './FieldChooser';
import { keepableFields, usualFields } from './fields';
import { ManyModal } from './ManyModal';
import { takeTemplate } from './queries';
import { useRecordValues } from './record-values';

/** Keeps fields of a record as a template. */
export function SaveTemplate({ record }: { record: ComparedItem }) {
  const connection = useConnection(record.connectionId);
  return connection ? <Save connection={connection} record={record} /> : null;
}

function Save({ connection, record }: { connection: Connection; record: ComparedItem }) {
  const { t } = useTranslation('templates');
  const { kind } = connection;
  const catalog = catalogOf(kind);
  const specs = keepableFields(catalog);
  const [name, setName] = useState('');
  // Until something is ticked by hand: what is usual, which the record's values have a say in.
  const [ticked, setFields] = useState<string[] | null>(null);
  const { title, shownValue } = useRecordValues(record);
  const fields = ticked ?? usualFields(catalog, specs, shownValue);
  const create = useMutation({
    mutationFn: () =>
      ask(patchbay.templates.create({ kind, name: name.trim(), from: { ...record, fields } })),
    onSuccess: (made) => {
      takeTemplate(made);
      showTemplate(made.id);
      sayDone(t('save.done', { name: isolate(made.name) }));
      closeManyDialog();
    },
  });
  return (
    <ManyModal
      title={t('save.title', { title: isolateTitle(title) })}
      confirm={t('save.button')}
      disabled={name.trim() === '' || fields.length === 0}
      work={create}
      wide
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
      <FieldChooser
        catalog={catalog}
        specs={specs}
        chosen={fields}
        onChange={setFields}
        shownValue={shownValue}
      />
      <Text size="sm" c="dimmed">
        {t('save.noSecrets')}
      </Text>
    </ManyModal>
  );
}
