// biome-ignore-all lint/a11y/useSemanticElements: a grid of days is a table whose cells are the widgets
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: as above
import { VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import {
  addDays,
  type Calendar,
  isPickable,
  monthGrid,
  nearestPickable,
  partsIn,
  startOfWeek,
  weekday,
} from '../../../shared/lib/calendars';
import { currentLanguage, directionOf } from '../../i18n';
import { dayInWords, digits, monthInWords, otherCalendar, weekdayInWords } from '../days';
import css from './DayPicker.module.css';
import { dayByKey } from './grid-keys';
import { ownEscape } from './own-escape';

/** Where a week begins, and the day of it that is free, both from 0 for Sunday. */
const weeks = { en: { start: 1, free: 0 }, fa: { start: 6, free: 5 } } as const;

interface Props {
  readonly calendar: Calendar;
  /** The day that is chosen. */
  readonly day: string | null;
  readonly today: string;
  /** The day that the keys move. */
  readonly cursor: string;
  readonly onCursor: (day: string) => void;
  readonly onPick: (day: string) => void;
}

/** The days of a month, by week. One Tab stop; the keys go from day to day. */
export function MonthGrid({ calendar, day, today, cursor, onCursor, onPick }: Props) {
  const language = currentLanguage();
  const { start, free } = weeks[language];
  const table = useRef<HTMLTableElement>(null);
  // A key moved the cursor. Asking for the focus is not enough: its day is gone when another month is shown.
  const byKey = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when a key moves the cursor, the focus goes with it
  useEffect(() => {
    if (!byKey.current) return;
    byKey.current = false;
    table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [cursor]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const chosen = event.key === 'Enter' || event.key === ' ';
    const rtl = directionOf(language) === 'rtl';
    const next = dayByKey(event, cursor, { calendar, weekStart: start, rtl });
    if (!chosen && next === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (chosen) onPick(cursor);
    else if (next !== null) {
      const to = nearestPickable(next);
      byKey.current = to !== cursor;
      onCursor(to);
    }
  };
  const first = startOfWeek(cursor, start);
  return (
    <table
      ref={table}
      role="grid"
      className={css.grid}
      aria-label={monthInWords(cursor, calendar)}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          {Array.from({ length: 7 }, (_, i) => addDays(first, i)).map((one) => (
            <th
              key={weekday(one)}
              scope="col"
              abbr={weekdayInWords(one, 'long')}
              data-free={weekday(one) === free || undefined}
            >
              {weekdayInWords(one, 'narrow')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {monthGrid(calendar, cursor, start).map((week) => (
          <tr key={week.find((one) => one !== null)}>
            {week.map((one, column) =>
              one === null || !isPickable(one) ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has nothing else
                <td key={column} aria-hidden />
              ) : (
                <DayCell
                  key={one}
                  calendar={calendar}
                  day={one}
                  chosen={one === day}
                  today={one === today}
                  free={weekday(one) === free}
                  inHand={one === cursor}
                  onPick={onPick}
                />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayCell({
  calendar,
  day,
  chosen,
  today,
  free,
  inHand,
  onPick,
}: {
  calendar: Calendar;
  day: string;
  chosen: boolean;
  today: boolean;
  free: boolean;
  inHand: boolean;
  onPick: (day: string) => void;
}) {
  const { t } = useTranslation('day');
  const other = otherCalendar(calendar);
  const separator = currentLanguage() === 'fa' ? '، ' : ', ';
  const words = [
    weekdayInWords(day, 'long'),
    dayInWords(day, calendar),
    dayInWords(day, other),
    ...(today ? [t('isToday')] : []),
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys for the day in hand
    <td
      role="gridcell"
      tabIndex={inHand ? 0 : -1}
      aria-selected={chosen}
      aria-current={today ? 'date' : undefined}
      data-date={day}
      data-free={free || undefined}
      data-autofocus={inHand || undefined}
      {...ownEscape}
      onClick={() => onPick(day)}
    >
      <VisuallyHidden>{words.join(separator)}</VisuallyHidden>
      <span className={css.number} aria-hidden>
        {digits(partsIn(calendar, day).day)}
      </span>
      <span className={css.otherNumber} aria-hidden>
        {digits(partsIn(other, day).day)}
      </span>
    </td>
  );
}
