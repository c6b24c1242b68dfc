import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { ComparedItem } from '../../../shared/model/many';
import { useConnection } from '../../program/connections';
import { openBulk } from '../../program/open-bulk';
import { FormDialog } from '../../ui/FormDialog';
import { isolateTitle } from '../../ui/title-parts';
import { useAction } from '../../ui/useAction';
import { closeManyDialog, type TargetChoice } from './dialogs';
import { FieldChooser } from './FieldChooser';
import { copiableFields } from './fields';
import { Replaces } from './Replaces';
import { useRecordValues } from './record-values';
import { TargetFields } from './TargetFields';
import { useTargets } from './targets';
import { useFieldChoice } from './useFieldChoice';

/** Copies fields of a record to others, here or on another server of its kind: as a bulk edit, looked at before. */
export function CopySettings({ record }: { record: ComparedItem }) {
  const source = useConnection(record.connectionId);
  return source ? <Copy source={source} record={record} /> : null;
}

function Copy({ source, record }: { source: Connection; record: ComparedItem }) {
  const { t } = useTranslation('templates');
  const of = recordsOf(source, record.collection);
  const catalog = catalogOf(of);
  const [targetId, setTargetId] = useState<string>(source.id);
  const [choice, setChoice] = useState<TargetChoice>('numbers');
  const [text, setText] = useState('');
  const target = useConnection(targetId);
  const targets = useTargets(target, choice, text);
  const { title, shownValue } = useRecordValues(record);
  const fieldChoice = useFieldChoice(catalog, copiableFields(catalog), shownValue);
  const fields = fieldChoice.chosen;
  const copy = useAction({
    work: async () => {
      if (target && targets.records)
        await openBulk({
          connectionId: target.id,
          records: targets.records,
          rules: { like: record, fields },
        });
    },
    done: closeManyDialog,
  });
  return (
    <FormDialog
      title={t('copy.title', { title: isolateTitle(title) })}
      confirm={t('look')}
      disabled={fields.length === 0 || targets.records === null}
      action={copy}
      onSubmit={copy.run}
      cancel={t('cancel')}
      onClose={closeManyDialog}
      size={640}
      stays
      long
    >
      <FieldChooser {...fieldChoice} />
      <TargetFields
        of={of}
        connection={target}
        onConnection={setTargetId}
        choice={choice}
        onChoice={setChoice}
        text={text}
        onText={setText}
        targets={targets}
      />
      <Replaces connections={target ? [target] : []} />
    </FormDialog>
  );
}
