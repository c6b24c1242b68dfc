import { type DayParts, gregorianDay, jalaliParts } from './jalali';

/*
 * Date picker arithmetic in two calendars. A day is always its Gregorian YYYY-MM-DD; only months and years differ.
 * Computed in UTC, which has no daylight saving time.
 */

export type Calendar = 'jalali' | 'gregorian';

/** The days that can be picked: the Jalali years 1300 to 1499, which `readDay` takes for Jalali. */
export const firstDay = '1921-03-21';
export const lastDay = '2121-03-20';

const dayMs = 86_400_000;

/** Returns a day's year, month and day in a calendar. */
export function partsIn(calendar: Calendar, day: string): DayParts {
  if (calendar === 'jalali') return jalaliParts(day);
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, day: date };
}

/** Returns the day with these parts in a calendar; null where it does not exist. */
export function dayIn(calendar: Calendar, { year, month, day }: DayParts): string | null {
  if (calendar === 'jalali') return gregorianDay(year, month, day);
  if (day < 1 || day > gregorianLength(year, month)) return null;
  return [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-');
}

/** Returns the number of days in a month. */
export function monthLength(calendar: Calendar, year: number, month: number): number {
  if (calendar === 'gregorian') return gregorianLength(year, month);
  if (month <= 6) return 31;
  return month < 12 || gregorianDay(year, 12, 30) !== null ? 30 : 29;
}

/** Returns the day a number of days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Returns the same day a number of months later, or the last of a shorter month. */
export function addMonths(calendar: Calendar, day: string, months: number): string {
  const parts = partsIn(calendar, day);
  const count = parts.year * 12 + (parts.month - 1) + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  const date = Math.min(parts.day, monthLength(calendar, year, month));
  return dayIn(calendar, { year, month, day: date }) ?? day;
}

/** Returns the last day of the year that contains a day. */
export function endOfYear(calendar: Calendar, day: string): string {
  const { year } = partsIn(calendar, day);
  return dayIn(calendar, { year, month: 12, day: monthLength(calendar, year, 12) }) ?? day;
}

/** Returns the weekday, 0 for Sunday. */
export function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** Returns the first day of the week that contains a day. */
export function startOfWeek(day: string, weekStart: number): string {
  return addDays(day, -((weekday(day) - weekStart + 7) % 7));
}

/** Returns the month of a day as weeks; null for days outside the month. */
export function monthGrid(calendar: Calendar, day: string, weekStart: number): readonly (string | null)[][] {
  const { year, month, day: date } = partsIn(calendar, day);
  const first = addDays(day, 1 - date);
  const before = (weekday(first) - weekStart + 7) % 7;
  const length = monthLength(calendar, year, month);
  return Array.from({ length: Math.ceil((before + length) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, column) => {
      const index = week * 7 + column - before;
      return index < 0 || index >= length ? null : addDays(first, index);
    }),
  );
}

/** Returns whether a day can be picked. */
export function isPickable(day: string): boolean {
  return day >= firstDay && day <= lastDay;
}

/** Returns the day, or the nearest one that can be picked. */
export function nearestPickable(day: string): string {
  return day < firstDay ? firstDay : day > lastDay ? lastDay : day;
}

function gregorianLength(year: number, month: number): number {
  return month < 1 || month > 12 ? 0 : new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
