import { Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import type { Connection, ConnectionId } from '../../../shared/model/connection';
import type { ComparedItem, Template } from '../../../shared/model/many';
import { ask, patchbay } from '../../bridge';
import { isolate } from '../../ui/isolate';
import { useConnection } from '../connections/queries';
import { sayDone } from '../shell/actions';
import { closeManyDialog, showTemplate } from './dialogs';
import { FieldChooser } from './FieldChooser';
import { keepableFields, usualFields } from './fields';
import { ManyModal } from './ManyModal';
import { takeTemplate } from './queries';
import { useRecordValues } from './record-values';

type From = Parameters<typeof patchbay.templates.create>[0]['from'];

/** Keeps fields of a record as a template. */
export function SaveRecordAsTemplate({ record }: { record: ComparedItem }) {
  const connection = useConnection(record.connectionId);
  return connection ? <FromRecord connection={connection} record={record} /> : null;
}

function FromRecord({ connection, record }: { connection: Connection; record: ComparedItem }) {
  const { t } = useTranslation('templates');
  const catalog = catalogOf(connection.kind);
  const specs = keepableFields(catalog);
  const [fields, setFields] = useState(() => usualFields(catalog, specs));
  const { title, shownValue } = useRecordValues(record);
  return (
    <Save
      title={t('save.title', { title: isolate(title) })}
      connection={connection}
      from={{ ...record, fields }}
      empty={fields.length === 0}
      wide
    >
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
    </Save>
  );
}

/** Keeps the rules of a bulk edit as a template. */
export function SaveDraftAsTemplate({ connectionId }: { connectionId: ConnectionId }) {
  const { t } = useTranslation('templates');
  const connection = useConnection(connectionId);
  if (!connection) return null;
  return (
    <Save title={t('save.draftTitle')} connection={connection} from={{ draftOf: connectionId }} empty={false}>
      <Text size="sm" c="dimmed">
        {t('save.draftHelp')}
      </Text>
    </Save>
  );
}

function Save({
  title,
  connection,
  from,
  empty,
  wide = false,
  children,
}: {
  title: string;
  connection: Connection;
  from: From;
  empty: boolean;
  wide?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation('templates');
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => ask(patchbay.templates.create({ kind: connection.kind, name: name.trim(), from })),
    onSuccess: (made: Template) => {
      takeTemplate(made);
      showTemplate(made.id);
      sayDone(t('save.done', { name: isolate(made.name) }));
      closeManyDialog();
    },
  });
  return (
    <ManyModal
      title={title}
      confirm={t('save.button')}
      disabled={name.trim() === '' || empty}
      work={create}
      wide={wide}
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
      {children}
    </ManyModal>
  );
}
