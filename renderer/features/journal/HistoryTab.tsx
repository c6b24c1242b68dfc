import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowUp } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalItem } from '../../../shared/model/journal';
import { problemOf } from '../../bridge';
import { EmptyState } from '../../ui/EmptyState';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { VirtualList } from '../../ui/VirtualList';
import { useWorkspace } from '../../workspace';
import { useConnectionMap } from '../workorders/connection-map';
import { ArchiveStrip } from './ArchiveStrip';
import { FilterChips } from './FilterChips';
import classes from './History.module.css';
import { HistoryDialog } from './HistoryDialog';
import { HistoryFilters } from './HistoryFilters';
import { HistoryHeader } from './HistoryHeader';
import { HistoryWorkStrip } from './HistoryWorkStrip';
import { JournalRow } from './JournalRow';
import { PlaceholderRows } from './PlaceholderRows';
import type { HistoryRequest } from './requests';
import { useEntries } from './use-entries';
import { clearFilters, toggleEntry, useHistoryView } from './view';

/** The journal, newest first: who wrote, saw or copied what, where, when, and what came of it. */
export function HistoryTab() {
  const { t } = useTranslation('journal');
  const { filter, upTo, open } = useHistoryView();
  // Together, so that a jump to an entry is not asked for with the filter from before.
  const wanted = useMemo(() => ({ filter, upTo }), [filter, upTo]);
  const [asked] = useDebouncedValue(wanted, 150);
  const [request, setRequest] = useState<HistoryRequest | null>(null);
  const connections = useConnectionMap();
  const { pages, more, stale, renew } = useEntries(asked.filter, asked.upTo);
  const items = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const narrowed =
    asked.upTo !== null ||
    Object.values({ ...asked.filter, archive: null }).some((part) => part !== null && part !== '');

  return (
    <div className={classes.tab}>
      <HistoryHeader filter={filter} />
      <ArchiveStrip />
      <HistoryFilters filter={filter} connections={connections} />
      <FilterChips asked={asked.filter} connections={connections}>
        {stale ? (
          <Button size="compact-xs" variant="light" leftSection={<IconArrowUp size={12} />} onClick={renew}>
            {t('newer')}
          </Button>
        ) : null}
      </FilterChips>
      <HistoryWorkStrip />
      {pages.error ? (
        <div className={classes.notice}>
          <ProblemAlert problem={problemOf(pages.error)} />
        </div>
      ) : pages.data === undefined ? (
        <>
          <Head />
          <PlaceholderRows count={16} />
        </>
      ) : items.length === 0 ? (
        <Empty filtered={narrowed} />
      ) : (
        <div
          className={classes.list}
          aria-busy={pages.isPlaceholderData}
          data-behind={pages.isPlaceholderData}
        >
          <VirtualList
            // Another filter's list begins at its top.
            key={JSON.stringify(asked)}
            items={items}
            keyOf={keyOf}
            estimate={estimate}
            label={t('title')}
            head={<Head />}
            onEnd={more}
            render={(item) => (
              <JournalRow
                item={item}
                connection={connections.get(item.connectionId)}
                open={open.has(item.seq)}
                onToggle={toggleEntry}
                onAsk={setRequest}
              />
            )}
            footer={pages.isFetchingNextPage ? <PlaceholderRows count={4} /> : null}
          />
        </div>
      )}
      <HistoryDialog request={request} onClose={() => setRequest(null)} />
    </div>
  );
}

function Head() {
  const { t } = useTranslation('journal');
  return (
    <div className={classes.head}>
      <span>{t('column.when')}</span>
      <span>{t('column.connection')}</span>
      <span>{t('column.record')}</span>
      <span>{t('column.what')}</span>
      <span>{t('column.outcome')}</span>
      <span>{t('column.who')}</span>
      <span />
    </div>
  );
}

function Empty({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation('journal');
  return filtered ? (
    <EmptyState title={t('empty.filtered')} advice={t('empty.filteredAdvice')}>
      <Button variant="default" onClick={clearFilters}>
        {t('empty.clear')}
      </Button>
    </EmptyState>
  ) : (
    <EmptyState title={t('empty.title')} advice={t('empty.advice')}>
      <Button onClick={() => useWorkspace.getState().open({ type: 'work-orders' })}>{t('empty.open')}</Button>
    </EmptyState>
  );
}

const keyOf = (item: JournalItem): string => String(item.seq);
const estimate = (): number => 29;
