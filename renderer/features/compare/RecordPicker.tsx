import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind } from '../../../shared/catalog';
import type { ComparedItem } from '../../../shared/model/many';
import { ask, patchbay } from '../../program/bridge';
import { useConnections } from '../../program/connections';
import { keys } from '../../program/queries';
import { Select } from '../../ui/inputs';
import { isolateTitle } from '../../ui/title-parts';
import { mostCompared, sameItem } from './items';

const perConnection = 20;

/** Finds a record on any server of a kind, by number or name. */
export function RecordPicker({
  kind,
  taken,
  onPick,
}: {
  kind: Kind;
  taken: readonly ComparedItem[];
  onPick: (item: ComparedItem) => void;
}) {
  const { t } = useTranslation('compare');
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), 120);
  const connections = useConnections().filter((one) => one.kind === kind);
  const found = useQueries({
    queries: connections.map(({ id: connectionId }) => ({
      queryKey: keys.directoryPage(connectionId, 'picker', settled),
      placeholderData: keepPreviousData,
      queryFn: () =>
        ask(
          patchbay.directory.page({
            connectionId,
            text: settled,
            sort: null,
            onlyChanged: false,
            columns: [],
            offset: 0,
            limit: perConnection,
          }),
        ),
    })),
  });
  const items = connections.flatMap(({ id: connectionId }, index) =>
    (found[index]?.data?.rows ?? [])
      .map(({ remoteId, title }) => ({ connectionId, remoteId, title }))
      .filter((item) => !taken.some((one) => sameItem(one, item))),
  );
  const value = (item: ComparedItem): string => `${item.connectionId} ${item.remoteId}`;
  const full = taken.length >= mostCompared;
  return (
    <Select
      aria-label={t('add')}
      placeholder={t(full ? 'full' : 'add')}
      disabled={full}
      searchable
      searchValue={text}
      onSearchChange={setText}
      value={null}
      // What fits has been found already, in every field and in any digits.
      filter={({ options }) => options}
      data={connections.map(({ id, name }) => ({
        group: name,
        items: items
          .filter(({ connectionId }) => connectionId === id)
          .map((item) => ({ value: value(item), label: isolateTitle(item.title) })),
      }))}
      nothingFoundMessage={t('nothingFound')}
      maxDropdownHeight={320}
      onChange={(chosen) => {
        const item = items.find((one) => value(one) === chosen);
        if (item) onPick({ connectionId: item.connectionId, remoteId: item.remoteId });
        setText('');
      }}
      data-field="add-record"
    />
  );
}
