import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowUp } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../shared/model/problem';
import { currentLanguage } from '../../i18n';
import { useConnectionMap } from '../../program/connections';
import { useWorkspace } from '../../program/workspace';
import { EmptyState } from '../../ui/EmptyState';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { VirtualList } from '../../ui/VirtualList';
import { ArchiveStrip } from './ArchiveStrip';
import { byDay, dayHeading, type EntryOfDay } from './by-day';
import { FilterChips } from './FilterChips';
import history from './History.module.css';
import { HistoryDialog } from './HistoryDialog';
import { HistoryFilters } from './HistoryFilters';
import { HistoryHeader } from './HistoryHeader';
import { HistoryWorkStrip } from './HistoryWorkStrip';
import { JournalRow, shownInFull } from './JournalRow';
import classes from './JournalRow.module.css';
import { PlaceholderRows } from './PlaceholderRows';
import type { HistoryRequest } from './requests';
import { useEntries } from './use-entries';
import { clearFilters, toggleEntry, useHistoryView } from './view';

/** The journal, newest first: who wrote, saw or copied what, where and when, and the outcome. */
export function HistoryTab() {
  const { t } = useTranslation('journal');
  const { filter, upTo, open } = useHistoryView();
  // Together, so that a jump to an entry is not asked for with the filter from before.
  const wanted = useMemo(() => ({ filter, upTo }), [filter, upTo]);
  const [asked] = useDebouncedValue(wanted, 150);
  const [request, setRequest] = useState<HistoryRequest | null>(null);
  const connections = useConnectionMap();
  const { pages, more, stale, renew } = useEntries(asked.filter, asked.upTo);
  const items = useMemo(() => byDay(pages.data?.pages.flatMap((page) => page.items) ?? []), [pages.data]);
  const narrowed =
    asked.upTo !== null ||
    Object.values({ ...asked.filter, archive: null }).some((part) => part !== null && part !== '');

  return (
    <div className={history.tab}>
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
        <div className={layout.notice}>
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
          className={history.list}
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
            render={({ item, begins }) => (
              <>
                {begins === null ? null : (
                  <h2 className={classes.day} data-day>
                    {dayHeading(begins, currentLanguage())}
                  </h2>
                )}
                <JournalRow
                  item={item}
                  connection={connections.get(item.connectionId)}
                  open={open.has(item.seq)}
                  onToggle={toggleEntry}
                  onAsk={setRequest}
                />
              </>
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
    <div className={`${layout.listHead} ${classes.head}`}>
      <span className={`${layout.listCell} ${classes.whenCell}`}>{t('column.whenWho')}</span>
      <span className={classes.serverCell}>{t('column.connection')}</span>
      <span className={`${layout.listCell} ${classes.recordCell}`}>{t('column.record')}</span>
      <span className={classes.whatCell}>{t('column.what')}</span>
      <span className={classes.outcomeCell}>{t('column.outcome')}</span>
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

const keyOf = ({ item }: EntryOfDay): string => String(item.seq);
const estimate = ({ item: { fields }, begins }: EntryOfDay): number =>
  (begins === null ? 7 : 7 + dayHeight) + 22 * Math.max(2, fields.length <= shownInFull ? fields.length : 1);
const dayHeight = 32;
