import { ActionIcon, Checkbox, CloseButton, Tooltip } from '@mantine/core';
import { IconPlugConnectedX, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { type Catalog, collectionOf } from '../../../shared/catalog';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import { formatCount, localised } from '../../i18n';
import { useSummaries } from '../../program/connections';
import { useReach } from '../../program/live';
import { TextInput } from '../../ui/inputs';
import layout from '../../ui/layout.module.css';
import { ColumnChooser } from './ColumnChooser';
import css from './directory.module.css';
import { SheetMenu } from './SheetMenu';
import { SyncControl } from './SyncControl';
import { type DirectoryQuery, windowQuery } from './useDirectoryRows';
import { changeQuestion, useDirectoryView, useInFront } from './view';

/** Over the grid: sync, filter, what is shown, and how much of it. */
export function DirectoryToolbar({
  connection,
  catalog,
  columns,
  query,
  filterRef,
  onIntoGrid,
}: {
  connection: Connection;
  catalog: Catalog;
  columns: readonly string[];
  query: DirectoryQuery;
  filterRef: RefObject<HTMLInputElement | null>;
  onIntoGrid: () => void;
}) {
  const { t } = useTranslation('directory');
  const { text, onlyChanged } = useDirectoryView(connection.id);
  const setText = (next: string) => changeQuestion(connection.id, { text: next });
  return (
    <div className={css.toolbar} role="toolbar" aria-label={connection.name}>
      <SyncControl connection={connection} />
      <OutOfReach connection={connection} />
      <TextInput
        ref={filterRef}
        className={css.filter}
        data-find
        value={text}
        maxLength={200}
        aria-label={t('filter')}
        placeholder={t('filter')}
        leftSection={<IconSearch size={14} />}
        rightSection={
          text === '' ? null : (
            <CloseButton size="sm" aria-label={t('clearFilter')} onClick={() => setText('')} />
          )
        }
        rightSectionPointerEvents="all"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') setText('');
          else if (event.key === 'ArrowDown' || event.key === 'Enter') onIntoGrid();
          else return;
          event.preventDefault();
        }}
      />
      <Checkbox
        className={css.nowrap}
        label={t('onlyChanged')}
        checked={onlyChanged}
        onChange={(event) => changeQuestion(connection.id, { onlyChanged: event.currentTarget.checked })}
      />
      <span className={layout.push} />
      <Count connection={connection} query={query} />
      <SheetMenu connection={connection} query={query} />
      <ColumnChooser connectionId={connection.id} catalog={catalog} columns={columns} />
    </div>
  );
}

/** How many rows are shown of how many there are. The answer is the grid's own first window: nothing is asked twice. */
function Count({ connection, query }: { connection: Connection; query: DirectoryQuery }) {
  const { noun, nouns } = collectionOf(recordsOf(connection));
  const { t } = useTranslation('directory');
  const all = useSummaries().find((one) => one.connectionId === connection.id)?.count ?? 0;
  const narrowed = query.text !== '' || query.onlyChanged || query.onlySelected;
  const inFront = useInFront(connection.id);
  const { data } = useQuery({
    ...windowQuery(connection.id, query, 0, inFront),
    placeholderData: keepPreviousData,
  });
  return (
    <span className={css.count} aria-live="polite" data-count data-all={!narrowed || undefined}>
      {narrowed
        ? t('countSome', { shown: formatCount(data?.total ?? 0), total: formatCount(all) })
        : t('countAll', {
            count: all,
            total: formatCount(all),
            noun: localised(noun),
            nouns: localised(nouns),
          })}
    </span>
  );
}

/** A quiet mark that what is shown is what was stored: everything but a sync goes on working. */
function OutOfReach({ connection }: { connection: Connection }) {
  const { t } = useTranslation('directory');
  const reach = useReach(connection.id);
  if (reach !== 'unreachable' && reach !== 'locked-out') return null;
  const text = t(`reach.${reach}`);
  return (
    <Tooltip label={text} multiline w={280}>
      <ActionIcon variant="subtle" color="yellow" size="sm" aria-label={text}>
        <IconPlugConnectedX size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
