import { Button, Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { everything, type JournalItem } from '../../../shared/model/journal';
import { ask, patchbay, problemOf } from '../../bridge';
import { keys } from '../../queries';
import { EmptyState } from '../../ui/EmptyState';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { VirtualList } from '../../ui/VirtualList';
import { useWorkspace } from '../../workspace';
import { useConnectionMap } from '../workorders/connection-map';
import classes from './History.module.css';
import { HistoryFilters } from './HistoryFilters';
import { JournalRow } from './JournalRow';

const pageSize = 100;

/** The journal, newest first: who wrote, saw or copied what, where, when, and what came of it. */
export function HistoryTab() {
  const { t } = useTranslation('journal');
  const [filter, setFilter] = useState(everything);
  const [asked] = useDebouncedValue(filter, 150);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const connections = useConnectionMap();
  const pages = useInfiniteQuery({
    queryKey: keys.journal('page', asked),
    queryFn: ({ pageParam }) => ask(patchbay.journal.page({ ...asked, before: pageParam, limit: pageSize })),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.seq),
    // The old list stays in sight while the next filter's is asked for.
    placeholderData: (before) => before,
  });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const toggle = useCallback(
    (seq: number) =>
      setOpen((before) => {
        const after = new Set(before);
        if (!after.delete(seq)) after.add(seq);
        return after;
      }),
    [],
  );
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = asked.connectionId !== null || asked.outcome !== null || asked.text !== '';

  return (
    <div className={classes.tab}>
      <HistoryFilters filter={filter} onChange={setFilter} total={null} connections={connections} />
      {pages.error ? (
        <div className={classes.notice}>
          <ProblemAlert problem={problemOf(pages.error)} />
        </div>
      ) : pages.data === undefined ? (
        <div className={classes.notice}>
          <Loader size="sm" aria-label={t('loading')} />
        </div>
      ) : items.length === 0 ? (
        <Empty filtered={filtered} onClear={() => setFilter(everything)} />
      ) : (
        <VirtualList
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
              onToggle={toggle}
            />
          )}
          footer={isFetchingNextPage ? <Loader size="sm" m="md" aria-label={t('loading')} /> : null}
        />
      )}
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

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation('journal');
  return filtered ? (
    <EmptyState title={t('empty.filtered')} advice={t('empty.filteredAdvice')}>
      <Button variant="default" onClick={onClear}>
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
