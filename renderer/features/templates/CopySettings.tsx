import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import type { Connection } from '../../../shared/model/connection';
import type { ComparedItem } from '../../../shared/model/many';
import { isolateTitle } from '../../ui/title-parts';
import { openBulk } from '../bulk/open-bulk';
import { useConnection } from '../connections/queries';
import { closeManyDialog, type TargetChoice } from './dialogs';
import { FieldChooser } from './FieldChooser';
import { copiableFields, usualFields } from './fields';
import { ManyModal } from './ManyModal';
import { Replaces } from './Replaces';
import { useRecordValues } from './record-values';
import { TargetFields } from './TargetFields';
import { useTargets } from './targets';

/** Copies fields of a record to others, here or on another server of its kind: as a bulk edit, looked at before. */
export function CopySettings({ record }: { record: ComparedItem }) {
  const source = useConnection(record.connectionId);
  return source ? <Copy source={source} record={record} /> : null;
}

function Copy({ source, record }: { source: Connection; record: ComparedItem }) {
  const { t } = useTranslation('templates');
  const catalog = catalogOf(source.kind);
  const specs = copiableFields(catalog);
  // Until something is ticked by hand: what is usual, which the record's values have a say in.
  const [ticked, setFields] = useState<string[] | null>(null);
  const [targetId, setTargetId] = useState<string>(source.id);
  const [choice, setChoice] = useState<TargetChoice>('numbers');
  const [text, setText] = useState('');
  const target = useConnection(targetId);
  const targets = useTargets(target, choice, text);
  const { title, shownValue } = useRecordValues(record);
  const fields = ticked ?? usualFields(catalog, specs, shownValue);
  const copy = useMutation({
    mutationFn: async () => {
      if (target && targets.records)
        await openBulk({
          connectionId: target.id,
          records: targets.records,
          rules: { like: record, fields },
        });
    },
    onSuccess: closeManyDialog,
  });
  return (
    <ManyModal
      title={t('copy.title', { title: isolateTitle(title) })}
      confirm={t('look')}
      disabled={fields.length === 0 || targets.records === null}
      work={copy}
      wide
      onSubmit={() => copy.mutate()}
    >
      <FieldChooser
        catalog={catalog}
        specs={specs}
        chosen={fields}
        onChange={setFields}
        shownValue={shownValue}
      />
      <TargetFields
        kind={source.kind}
        connection={target}
        onConnection={setTargetId}
        choice={choice}
        onChoice={setChoice}
        text={text}
        onText={setText}
        targets={targets}
      />
      <Replaces connections={target ? [target] : []} />
    </ManyModal>
  );
}
