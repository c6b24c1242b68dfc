import { addDays, addMonths, type Calendar, startOfWeek } from '../../../shared/lib/calendars';

export interface GridKey {
  readonly key: string;
  readonly shiftKey: boolean;
}

/**
 * The day that a key leads to, in a month's grid: arrows by day and week, Home and End to the ends of the week, Page Up
 * and Page Down by month, with Shift by year. Null for any other key.
 * @param rtl the next day stands to the left
 */
export function dayByKey(
  { key, shiftKey }: GridKey,
  day: string,
  { calendar, weekStart, rtl }: { calendar: Calendar; weekStart: number; rtl: boolean },
): string | null {
  const months = shiftKey ? 12 : 1;
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, rtl ? 1 : -1);
    case 'ArrowRight':
      return addDays(day, rtl ? -1 : 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return startOfWeek(day, weekStart);
    case 'End':
      return addDays(startOfWeek(day, weekStart), 6);
    case 'PageUp':
      return addMonths(calendar, day, -months);
    case 'PageDown':
      return addMonths(calendar, day, months);
    default:
      return null;
  }
}
