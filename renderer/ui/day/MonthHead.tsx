import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconChevronsLeft, IconChevronsRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addMonths, type Calendar, monthGrid, nearestPickable } from '../../../shared/lib/calendars';
import { monthInWords, otherCalendar } from '../days';
import css from './DayPicker.module.css';
import { ownEscape } from './own-escape';

/** Which month is shown, in both calendars, and the ways to others. */
export function MonthHead({
  calendar,
  cursor,
  onCursor,
}: {
  calendar: Calendar;
  cursor: string;
  onCursor: (day: string) => void;
}) {
  const { t } = useTranslation('day');
  const days = monthGrid(calendar, cursor, 0)
    .flat()
    .filter((day) => day !== null);
  const other = otherCalendar(calendar);
  const months = [...new Set([days[0], days.at(-1)].map((day) => monthInWords(day ?? cursor, other)))];
  const step = (name: 'previousYear' | 'previousMonth' | 'nextMonth' | 'nextYear', months: number) => ({
    'aria-label': t(name),
    variant: 'subtle',
    color: 'gray',
    size: 26,
    className: css.step,
    ...ownEscape,
    onClick: () => onCursor(nearestPickable(addMonths(calendar, cursor, months))),
  });
  return (
    <div className={css.head}>
      <ActionIcon {...step('previousYear', -12)}>
        <IconChevronsLeft size={14} />
      </ActionIcon>
      <ActionIcon {...step('previousMonth', -1)}>
        <IconChevronLeft size={14} />
      </ActionIcon>
      <div className={css.title} aria-live="polite">
        <strong data-month>{monthInWords(cursor, calendar)}</strong>
        <span className={css.otherMonth}>{months.join(' – ')}</span>
      </div>
      <ActionIcon {...step('nextMonth', 1)}>
        <IconChevronRight size={14} />
      </ActionIcon>
      <ActionIcon {...step('nextYear', 12)}>
        <IconChevronsRight size={14} />
      </ActionIcon>
    </div>
  );
}
