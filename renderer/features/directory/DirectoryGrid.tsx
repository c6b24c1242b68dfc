// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtualised and scrolled both ways like this
// biome-ignore-all lint/a11y/useFocusableInteractive: focus is on the grid; its row in hand is told by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for the row in hand
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a grid is a widget
import { useDirection } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../../shared/catalog';
import type { Connection } from '../../../shared/model/connection';
import type { RecordRow } from '../../../shared/model/record';
import { localised } from '../../i18n';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAppInfo } from '../shell/appInfo';
import type { GridColumn } from './columns';
import css from './directory.module.css';
import { GridHeader } from './GridHeader';
import { GridRow } from './GridRow';
import { gridKey } from './gridKeys';
import { type DirectoryQuery, useDirectoryRows, type WantedWindows, windowSize } from './useDirectoryRows';
import { useGridTable } from './useGridTable';
import { changeView, useDirectoryView, viewNow } from './view';

const rowHeights = { dense: 28, comfortable: 36 } as const;
const headerHeight = 32;
/** How many rows beyond the screen are asked for, so that scrolling meets them already there. */
const ahead = 120;

/** The rows of a directory. Only those on the screen are drawn; the keyboard is on one of them at a time. */
export function DirectoryGrid({
  connection,
  catalog,
  columns,
  query,
  gridRef,
  onOpen,
  onTypeOn,
  empty,
}: {
  connection: Connection;
  catalog: Catalog;
  columns: readonly GridColumn[];
  query: DirectoryQuery;
  gridRef: RefObject<HTMLDivElement | null>;
  onOpen: (row: RecordRow) => void;
  onTypeOn: (letter: string) => void;
  empty: ReactNode;
}) {
  const { t } = useTranslation('directory');
  const { dir } = useDirection();
  const id = useId();
  const { active } = useDirectoryView(connection.id);
  const rowHeight = rowHeights[useAppInfo((state) => state.preferences.density)];
  const [wanted, setWanted] = useState<WantedWindows>({ first: 0, last: 0 });
  const rows = useDirectoryRows(connection.id, query, wanted);
  const { template, headers } = useGridTable(connection.id, columns, dir);

  const virtualizer = useVirtualizer({
    count: rows.total,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    initialOffset: () => viewNow(connection.id).scrollTop,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: heights are measured anew when the density changes
  useLayoutEffect(() => virtualizer.measure(), [rowHeight]);

  const last = Math.max(0, rows.total - 1);
  const start = Math.min(virtualizer.range?.startIndex ?? 0, last);
  const end = Math.min(virtualizer.range?.endIndex ?? 0, last);
  const firstWindow = Math.floor(Math.max(0, start - ahead) / windowSize);
  const lastWindow = Math.floor(Math.min(last, end + ahead) / windowSize);
  useEffect(() => setWanted({ first: firstWindow, last: lastWindow }), [firstWindow, lastWindow]);

  useTopOnNewQuestion(query, gridRef);
  useKeptScroll(connection.id, gridRef);

  const moveTo = (index: number) => {
    const to = Math.max(0, Math.min(rows.total - 1, index));
    changeView(connection.id, { active: to });
    virtualizer.scrollToIndex(to, { align: 'auto' });
  };
  const onScreen = Math.max(
    1,
    Math.floor(((gridRef.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1,
  );

  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const action = gridKey(event, { active, total: rows.total, onScreen });
    if (!action) return;
    event.preventDefault();
    if (action.type === 'move') moveTo(action.to);
    else if (action.type === 'type') onTypeOn(action.letter);
    else if (action.type === 'sideways') gridRef.current?.scrollBy({ left: action.by });
    else if (action.type === 'open') {
      const row = rows.row(active);
      if (row) onOpen(row);
    }
  };

  const none = rows.known && rows.total === 0;
  return (
    <div
      ref={gridRef}
      className={css.grid}
      role="grid"
      tabIndex={0}
      aria-label={t('grid', { nouns: localised(catalog.recordsNoun), name: connection.name })}
      aria-rowcount={rows.total + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={active >= 0 && active < rows.total ? `${id}-${active}` : undefined}
      style={{ '--columns': template, '--row': `${rowHeight}px` }}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && active < 0 && rows.total > 0) {
          changeView(connection.id, { active: virtualizer.range?.startIndex ?? 0 });
        }
      }}
    >
      <GridHeader connectionId={connection.id} headers={headers} />
      {none ? (
        <div className={css.none}>
          {rows.problem ? (
            <div className={css.problem}>
              <ProblemAlert problem={rows.problem} />
            </div>
          ) : (
            empty
          )}
        </div>
      ) : (
        <div className={css.sizer} role="presentation" style={{ blockSize: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => (
            <GridRow
              key={item.key}
              id={`${id}-${item.index}`}
              index={item.index}
              top={item.start - headerHeight}
              row={rows.row(item.index)}
              columns={columns}
              active={item.index === active}
              onPick={moveTo}
              onOpen={onOpen}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** A new filter or order is looked at from its top. */
function useTopOnNewQuestion(query: DirectoryQuery, grid: RefObject<HTMLDivElement | null>): void {
  const { text, sort, onlyChanged } = query;
  const asked = useRef({ text, sort, onlyChanged });
  useLayoutEffect(() => {
    const before = asked.current;
    if (before.text === text && before.sort === sort && before.onlyChanged === onlyChanged) return;
    asked.current = { text, sort, onlyChanged };
    if (grid.current) grid.current.scrollTop = 0;
  }, [text, sort, onlyChanged, grid]);
}

/** Remembers how far down the grid was, for when its tab comes back. */
function useKeptScroll(connectionId: string, grid: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const element = grid.current;
    return () => {
      if (element) changeView(connectionId, { scrollTop: element.scrollTop });
    };
  }, [connectionId, grid]);
}
