// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtualised and scrolled both ways like this
// biome-ignore-all lint/a11y/useFocusableInteractive: focus is on the grid; its row in hand is told by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for the row in hand
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a grid is a widget
import { Checkbox, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import css from './directory.module.css';
import type { GridHand } from './useGridHand';
import type { GridHeaderModel } from './useGridTable';
import { changeQuestion, type GridSort, useDirectoryView } from './view';

/** Ascending, descending, as the server had them. */
function nextSort(sort: GridSort | null, field: string): GridSort | null {
  if (sort?.field !== field) return { field, descending: false };
  return sort.descending ? null : { field, descending: true };
}

/** The headings: a click sorts, the edge drags the width. */
export const GridHeader = memo(function GridHeader({
  connectionId,
  headers,
  ticked,
  hand,
}: {
  connectionId: string;
  headers: readonly GridHeaderModel[];
  /** How many of what the grid shows is selected. */
  ticked: 'none' | 'some' | 'all';
  hand: GridHand;
}) {
  const { t } = useTranslation('directory');
  const { sort } = useDirectoryView(connectionId);
  return (
    <div className={css.header} role="row" aria-rowindex={1}>
      <div className={css.check} role="columnheader" aria-colindex={1}>
        <Checkbox
          size="xs"
          aria-label={t('selection.all')}
          title={t(ticked === 'all' ? 'selection.unselectShown' : 'selection.all')}
          checked={ticked === 'all'}
          indeterminate={ticked === 'some'}
          onChange={ticked === 'all' ? hand.unselectShown : hand.selectAll}
        />
      </div>
      <div className={css.heading} role="columnheader" aria-colindex={2}>
        <VisuallyHidden>{t('changedColumn')}</VisuallyHidden>
      </div>
      {headers.map(({ column, header }, index) => {
        const sorted = sort?.field === column.name ? (sort.descending ? 'descending' : 'ascending') : 'none';
        const Arrow = sorted === 'descending' ? IconArrowDown : IconArrowUp;
        return (
          <div
            key={column.name}
            className={css.heading}
            role="columnheader"
            aria-colindex={index + 3}
            aria-sort={sorted}
            data-column={column.name}
          >
            <UnstyledButton
              className={css.headingButton}
              title={column.label}
              onClick={() => changeQuestion(connectionId, { sort: nextSort(sort, column.name) })}
            >
              <span className={css.headingText}>{column.label}</span>
              {sorted === 'none' ? null : <Arrow size={13} aria-hidden />}
            </UnstyledButton>
            <div
              className={css.resizer}
              aria-hidden
              data-dragging={header.column.getIsResizing() || undefined}
              onMouseDown={header.getResizeHandler()}
              onTouchStart={header.getResizeHandler()}
              onDoubleClick={() => header.column.resetSize()}
            />
          </div>
        );
      })}
    </div>
  );
});
