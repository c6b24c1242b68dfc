// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtualised and scrolled both ways like this
// biome-ignore-all lint/a11y/useFocusableInteractive: focus is on the grid; its row in hand is told by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for the row in hand
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a grid is a widget
import { useDirection } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { RecordRow } from '../../../shared/model/record';
import { useAppInfo } from '../../program/appInfo';
import { useViewShortcuts } from '../../program/useViewShortcuts';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import type { GridColumn } from './columns';
import css from './directory.module.css';
import { GridHeader } from './GridHeader';
import { GridRow, type RowHandlers } from './GridRow';
import { gridKey } from './gridKeys';
import { RowMenu, type RowMenuAt } from './RowMenu';
import { SelectionBar } from './SelectionBar';
import { useSelection } from './selection';
import { type DirectoryQuery, useDirectoryRows, type WantedWindows, windowSize } from './useDirectoryRows';
import { useGridHand } from './useGridHand';
import { useGridTable } from './useGridTable';
import { useSelectionActions } from './useSelectionActions';
import { changeView, useDirectoryView, viewNow } from './view';

const rowHeights = { dense: 28, comfortable: 36 } as const;
const headerHeight = 32;
/** What the bar of the selection covers of the grid's end. */
const barHeight = 60;
/** How many rows beyond the screen are asked for, so that scrolling meets them already there. */
const ahead = 120;

/** The rows of a directory. Only those on the screen are drawn; the keyboard is on one of them at a time. */
export function DirectoryGrid({
  connection,
  nouns,
  columns,
  query,
  gridRef,
  onOpen,
  onTypeOn,
  empty,
}: {
  connection: Connection;
  /** What its records are called. */
  nouns: string;
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
  const selection = useSelection(connection.id, query);
  const actions = useSelectionActions(connection);
  const [menu, setMenu] = useState<RowMenuAt | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const below = selection.count > 0 ? barHeight : 0;

  const virtualizer = useVirtualizer({
    count: rows.total,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    paddingEnd: below,
    scrollPaddingEnd: below,
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

  const hand = useGridHand({
    connectionId: connection.id,
    query,
    rows,
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  });
  const newest = useRef({ rows, onOpen });
  useEffect(() => {
    newest.current = { rows, onOpen };
  });
  const handlers = useMemo(
    (): RowHandlers => ({
      onClick: hand.click,
      onTick: hand.tick,
      onOpen: (row) => newest.current.onOpen(row),
      onMenu: (index, x, y) => {
        const row = newest.current.rows.row(index);
        if (!row) return;
        hand.moveTo(index);
        setMenu({ row, index, x, y });
      },
    }),
    [hand],
  );
  const onScreen = Math.max(
    1,
    Math.floor(((gridRef.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1,
  );

  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const action = gridKey(event, { active, total: rows.total, onScreen, selected: selection.count });
    if (!action) return;
    event.preventDefault();
    const row = rows.row(active);
    switch (action.type) {
      case 'move':
        return hand.moveTo(action.to, action.extend);
      case 'type':
        return onTypeOn(action.letter);
      case 'sideways':
        return gridRef.current?.scrollBy({ left: action.by });
      case 'open':
        return row && onOpen(row);
      case 'toggle':
        return hand.toggle(active);
      case 'selectAll':
        return hand.selectAll();
      case 'clear':
        return hand.clear();
      case 'menu': {
        const place = document.getElementById(`${id}-${active}`)?.getBoundingClientRect();
        if (row && place)
          handlers.onMenu(active, place.left + (dir === 'rtl' ? place.width - 80 : 80), place.bottom);
      }
    }
  };

  useViewShortcuts(frame, { editTogether: () => selection.count > 0 && actions.editTogether() });

  const none = rows.known && rows.total === 0;
  return (
    <div ref={frame} className={layout.frame}>
      <div
        ref={gridRef}
        className={css.grid}
        role="grid"
        tabIndex={0}
        data-first
        aria-label={t('grid', { nouns, name: connection.name })}
        aria-rowcount={rows.total + 1}
        aria-colcount={columns.length + 2}
        aria-multiselectable
        aria-activedescendant={active >= 0 && active < rows.total ? `${id}-${active}` : undefined}
        style={{ '--columns': template, '--row': `${rowHeight}px` }}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (event.target === event.currentTarget && active < 0 && rows.total > 0) {
            changeView(connection.id, { active: virtualizer.range?.startIndex ?? 0 });
          }
        }}
      >
        <GridHeader
          connectionId={connection.id}
          headers={headers}
          ticked={selection.shown === 0 ? 'none' : selection.shown < rows.total ? 'some' : 'all'}
          hand={hand}
        />
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
                handlers={handlers}
              />
            ))}
          </div>
        )}
      </div>
      {selection.count > 0 ? (
        <SelectionBar
          connection={connection}
          selection={selection}
          actions={actions}
          onClear={() => {
            hand.clear();
            gridRef.current?.focus();
          }}
        />
      ) : null}
      {menu ? (
        <RowMenu
          at={menu}
          connection={connection}
          selection={selection}
          actions={actions}
          hand={hand}
          onOpen={onOpen}
          onClose={() => {
            setMenu(null);
            gridRef.current?.focus();
          }}
        />
      ) : null}
    </div>
  );
}

/** A new filter or order is looked at from its top. */
function useTopOnNewQuestion(query: DirectoryQuery, grid: RefObject<HTMLDivElement | null>): void {
  const { text, sort, onlyChanged, onlySelected } = query;
  const asked = useRef({ text, sort, onlyChanged, onlySelected });
  useLayoutEffect(() => {
    const before = asked.current;
    const same = before.onlyChanged === onlyChanged && before.onlySelected === onlySelected;
    if (before.text === text && before.sort === sort && same) return;
    asked.current = { text, sort, onlyChanged, onlySelected };
    if (grid.current) grid.current.scrollTop = 0;
  }, [text, sort, onlyChanged, onlySelected, grid]);
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
