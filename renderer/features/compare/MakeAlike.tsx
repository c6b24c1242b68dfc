import { Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import type { ConnectionId } from '../../../shared/model/connection';
import type { ComparedItem, Comparison } from '../../../shared/model/many';
import { useConnections } from '../../program/connections';
import { openBulk } from '../../program/open-bulk';
import { FormDialog } from '../../ui/FormDialog';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { isolateTitle } from '../../ui/title-parts';
import { useAction } from '../../ui/useAction';
import { copiableFields, FieldChooser, Replaces, useFieldChoice } from '../templates';
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
  const { t } = useTranslation(['compare', 'templates']);
  const connections = useConnections();
  const catalog = catalogOf(comparison);
  const at = comparison.items.findIndex((item) => sameItem(item, model));
  const others = comparison.items.filter((item) => !sameItem(item, model));
  const differing = comparison.fields.filter(({ differs }) => differs).map(({ field }) => field);
  const specs = copiableFields(catalog).filter(({ name }) => differing.includes(name));
  const [targets, setTargets] = useState<readonly ComparedItem[]>(others);
  const values = new Map(comparison.fields.map(({ field, values }) => [field, values[at]?.value]));
  const shownValue = (field: string) => values.get(field);
  const fieldChoice = useFieldChoice(catalog, specs, shownValue);
  const fields = fieldChoice.chosen;
  const servers = connections.filter(({ id }) => targets.some(({ connectionId }) => connectionId === id));
  const make = useAction({
    work: async () => {
      for (const [connectionId, remoteIds] of byConnection(targets))
        await openBulk({ connectionId, records: remoteIds, rules: { like: model, fields } });
    },
    done: onClose,
  });
  return (
    <FormDialog
      title={t('makeLike.title', { title: isolateTitle(comparison.items[at]?.title ?? '') })}
      confirm={t('makeLike.button')}
      disabled={fields.length === 0 || targets.length === 0}
      action={make}
      onSubmit={make.run}
      cancel={t('templates:cancel')}
      onClose={onClose}
      size={640}
      stays
      long
    >
      <fieldset className={layout.fieldset}>
        <legend className={layout.legend}>{t('makeLike.which')}</legend>
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
      <FieldChooser {...fieldChoice} />
      <Replaces connections={servers} />
    </FormDialog>
  );
}

function byConnection(items: readonly ComparedItem[]): ReadonlyMap<ConnectionId, string[]> {
  const found = new Map<ConnectionId, string[]>();
  for (const { connectionId, remoteId } of items)
    found.set(connectionId, [...(found.get(connectionId) ?? []), remoteId]);
  return found;
}
