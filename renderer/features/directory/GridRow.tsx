// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtualised and scrolled both ways like this
// biome-ignore-all lint/a11y/useFocusableInteractive: focus is on the grid; its row in hand is told by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for the row in hand
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a grid is a widget
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRow, ShownValue } from '../../../shared/model/record';
import { formatCount } from '../../i18n';
import type { GridColumn } from './columns';
import css from './directory.module.css';

interface Props {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly row: RecordRow | undefined;
  readonly columns: readonly GridColumn[];
  readonly active: boolean;
  readonly onPick: (index: number) => void;
  readonly onOpen: (row: RecordRow) => void;
}

/** One row. Plain elements only: hundreds of these pass while scrolling. */
export const GridRow = memo(
  function GridRow({ id, index, top, row, columns, active, onPick, onOpen }: Props) {
    return (
      <div
        id={id}
        className={css.row}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={active}
        data-record={row?.remoteId}
        data-active={active || undefined}
        style={{ transform: `translateY(${top}px)` }}
        onClick={() => onPick(index)}
        onDoubleClick={() => row && onOpen(row)}
      >
        <div className={css.mark} role="gridcell" aria-colindex={1}>
          {row && row.changed > 0 ? <Mark changed={row.changed} /> : null}
        </div>
        {columns.map((column, i) => (
          <div key={column.name} className={css.cell} role="gridcell" aria-colindex={i + 2}>
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
  // The two functions are new at every render of the grid and do the same.
  (a, b) =>
    a.row === b.row &&
    a.index === b.index &&
    a.top === b.top &&
    a.active === b.active &&
    a.columns === b.columns &&
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
    return <span className={css.muted}>{column.secretLabels[value.secret]}</span>;
  const label = column.valueLabels.get(value);
  if (label !== undefined) return <span title={value}>{label}</span>;
  // Numbers, addresses, tokens stay left to right in every language.
  return <bdi dir={/^[\u0020-\u007e]+$/.test(value) ? 'ltr' : 'auto'}>{value}</bdi>;
}
