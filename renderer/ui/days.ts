import { gregorianDay } from '../../shared/lib/jalali';
import { asciiDigits } from '../../shared/lib/text';
import { currentLanguage } from '../i18n';

/**
 * A day as typed, YYYY-MM-DD in any digits, as its midnight where the person is; null where there is no such day. A year
 * before 1700 is meant in the Jalali calendar.
 */
export function parseDay(text: string): number | null {
  const match = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(asciiDigits(text).trim());
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  if (year < 1700) {
    const gregorian = gregorianDay(year, month, day);
    return gregorian === null ? null : parseDay(gregorian);
  }
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}

/** YYYY-MM-DD of the Gregorian calendar. */
export function isoDay(at: number): string {
  const day = new Date(at);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map(twoDigits).join('-');
}

/** YYYY-MM-DD of the Jalali calendar. */
export function isoJalali(at: number): string {
  const { year, month, day } = jalaliParts(at);
  return [year, month, day].map(twoDigits).join('-');
}

/** A day as the language writes it: Jalali in Persian. */
export function dayWords(at: number): string {
  const locale = currentLanguage() === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at);
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

const jalali = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

/** A day's year, month and day in the Jalali calendar. */
export function jalaliParts(at: number): { year: number; month: number; day: number } {
  const parts = new Map(
    jalali.formatToParts(at).map(({ type, value }) => [type, Number.parseInt(value, 10)]),
  );
  return { year: parts.get('year') ?? 0, month: parts.get('month') ?? 0, day: parts.get('day') ?? 0 };
}
