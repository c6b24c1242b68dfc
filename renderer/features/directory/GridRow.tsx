// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtualised and scrolled both ways like this
// biome-ignore-all lint/a11y/useFocusableInteractive: focus is on the grid; its row in hand is told by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for the row in hand
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a grid is a widget
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRow, ShownValue } from '../../../shared/model/record';
import { formatCount } from '../../i18n';
import { formatDay, otherCalendar, usualCalendar } from '../../ui/days';
import { textDirection } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import type { GridColumn } from './columns';
import css from './directory.module.css';

interface Props {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly row: RecordRow | undefined;
  readonly columns: readonly GridColumn[];
  readonly active: boolean;
  readonly handlers: RowHandlers;
}

/** What is done to rows. One object for the life of the grid, so that a row need not be drawn anew for it. */
export interface RowHandlers {
  onClick(index: number, event: React.MouseEvent): void;
  /** A click on its box. */
  onTick(index: number, event: React.MouseEvent): void;
  onOpen(row: RecordRow): void;
  /** `x`, `y`: pixels in the window. */
  onMenu(index: number, x: number, y: number): void;
}

/** One row. Plain elements only: hundreds of these pass while scrolling. */
export const GridRow = memo(
  function GridRow({ id, index, top, row, columns, active, handlers }: Props) {
    return (
      <div
        id={id}
        className={css.row}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={row?.selected ?? false}
        data-record={row?.remoteId}
        data-active={active || undefined}
        data-selected={row?.selected || undefined}
        style={{ transform: `translateY(${top}px)` }}
        onClick={(event) => handlers.onClick(index, event)}
        // A range is chosen with Shift, and no text with it.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onDoubleClick={() => row && handlers.onOpen(row)}
        onContextMenu={(event) => {
          event.preventDefault();
          handlers.onMenu(index, event.clientX, event.clientY);
        }}
      >
        <div
          className={css.check}
          role="gridcell"
          aria-colindex={1}
          data-tick
          onClick={(event) => {
            event.stopPropagation();
            handlers.onTick(index, event);
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          {row ? <span className={css.box} aria-hidden /> : null}
        </div>
        <div className={css.mark} role="gridcell" aria-colindex={2}>
          {row && row.changed > 0 ? <Mark changed={row.changed} /> : null}
        </div>
        {columns.map((column, i) => (
          <div key={column.name} className={css.cell} role="gridcell" aria-colindex={i + 3}>
            {row ? (
              <Cell value={row.fields[column.name] ?? null} column={column} />
            ) : (
              <i className={css.waiting} />
            )}
          </div>
        ))}
      </div>
    );
  },
  (a, b) =>
    a.row === b.row &&
    a.index === b.index &&
    a.top === b.top &&
    a.active === b.active &&
    a.columns === b.columns &&
    a.handlers === b.handlers &&
    a.id === b.id,
);

/** A dot and how many fields have prepared edits. */
function Mark({ changed }: { changed: number }) {
  const { t } = useTranslation('directory');
  return (
    <span className={css.dot} title={t('changed', { count: changed, formatted: formatCount(changed) })}>
      <span aria-hidden>●</span> {formatCount(changed)}
    </span>
  );
}

// No hook in here: it is drawn hundreds of times a second while scrolling.
function Cell({ value, column }: { value: ShownValue; column: GridColumn }) {
  if (value === null || value === '') return null;
  if (typeof value === 'object')
    return <span className={layout.smallMuted}>{column.secretLabels[value.secret]}</span>;
  const label = column.valueLabels.get(value);
  if (label !== undefined) return <span title={value}>{label}</span>;
  const day = column.spec.type === 'date' ? formatDay(value) : null;
  if (day !== null)
    return (
      <bdi dir="ltr" title={formatDay(value, otherCalendar(usualCalendar())) ?? undefined}>
        {day}
      </bdi>
    );
  // Numbers, addresses, tokens stay left to right in every language.
  return (
    <bdi className={layout.cutOwn} dir={textDirection(value)}>
      {value}
    </bdi>
  );
}
