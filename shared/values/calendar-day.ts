import { gregorianDay } from '../lib/jalali';

/** The Jalali years that people and servers write; Gregorian ones are far larger. */
const jalaliYears = { first: 1250, last: 1599 } as const;

/** Converts a day of either calendar, told apart by the year, to a Gregorian one; null where it does not exist. */
export function calendarDay(year: number, month: number, day: number): string | null {
  if (year >= jalaliYears.first && year <= jalaliYears.last) return gregorianDay(year, month, day);
  const text = [String(year).padStart(4, '0'), two(month), two(day)].join('-');
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : null;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
