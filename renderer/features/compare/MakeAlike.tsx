import { Checkbox, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import type { ConnectionId } from '../../../shared/model/connection';
import type { ComparedItem, Comparison } from '../../../shared/model/many';
import { isolate } from '../../ui/isolate';
import { isolateTitle } from '../../ui/title-parts';
import { openBulk } from '../bulk/open-bulk';
import { useConnections } from '../connections/queries';
import { FieldChooser } from '../templates/FieldChooser';
import { copiableFields, usualFields } from '../templates/fields';
import { ManyModal } from '../templates/ManyModal';
import { Replaces } from '../templates/Replaces';
import css from '../templates/templates.module.css';
import { sameItem } from './items';

/** Makes records of a comparison like one of them, in the fields chosen: as a bulk edit for each of their servers. */
export function MakeAlike({
  comparison,
  model,
  onClose,
}: {
  comparison: Comparison;
  model: ComparedItem;
  onClose: () => void;
}) {
  const { t } = useTranslation('compare');
  const connections = useConnections();
  const catalog = catalogOf(comparison.kind);
  const at = comparison.items.findIndex((item) => sameItem(item, model));
  const others = comparison.items.filter((item) => !sameItem(item, model));
  const differing = comparison.fields.filter(({ differs }) => differs).map(({ field }) => field);
  const specs = copiableFields(catalog).filter(({ name }) => differing.includes(name));
  // Until something is ticked by hand: what is usual, which the record's values have a say in.
  const [ticked, setFields] = useState<string[] | null>(null);
  const [targets, setTargets] = useState<readonly ComparedItem[]>(others);
  const values = new Map(comparison.fields.map(({ field, values }) => [field, values[at]?.value]));
  const shownValue = (field: string) => values.get(field);
  const fields = ticked ?? usualFields(catalog, specs, shownValue);
  const servers = connections.filter(({ id }) => targets.some(({ connectionId }) => connectionId === id));
  const make = useMutation({
    mutationFn: async () => {
      for (const [connectionId, remoteIds] of byConnection(targets))
        await openBulk({ connectionId, records: remoteIds, rules: { like: model, fields } });
    },
    onSuccess: onClose,
  });
  return (
    <ManyModal
      title={t('makeLike.title', { title: isolateTitle(comparison.items[at]?.title ?? '') })}
      confirm={t('makeLike.button')}
      disabled={fields.length === 0 || targets.length === 0}
      work={make}
      wide
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      <fieldset className={css.chooser}>
        <legend className={css.legend}>{t('makeLike.which')}</legend>
        <Stack gap={6} mt={6}>
          {others.map((item) => (
            <Checkbox
              key={`${item.connectionId} ${item.remoteId}`}
              label={`${isolateTitle(item.title)} · ${isolate(connections.find(({ id }) => id === item.connectionId)?.name ?? '')}`}
              checked={targets.some((one) => sameItem(one, item))}
              onChange={(event) => {
                const rest = targets.filter((one) => !sameItem(one, item));
                setTargets(event.currentTarget.checked ? [...rest, item] : rest);
              }}
            />
          ))}
        </Stack>
      </fieldset>
      <FieldChooser
        catalog={catalog}
        specs={specs}
        chosen={fields}
        onChange={setFields}
        shownValue={shownValue}
      />
      <Replaces connections={servers} />
    </ManyModal>
  );
}

function byConnection(items: readonly ComparedItem[]): ReadonlyMap<ConnectionId, string[]> {
  const found = new Map<ConnectionId, string[]>();
  for (const { connectionId, remoteId } of items)
    found.set(connectionId, [...(found.get(connectionId) ?? []), remoteId]);
  return found;
}
