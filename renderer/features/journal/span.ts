import { asciiDigits } from '../../../shared/lib/text';
import type { JournalFilter } from '../../../shared/model/journal';
import { currentLanguage } from '../../i18n';

/** The spans that a click chooses. */
export const presets = ['today', 'week', 'thirtyDays', 'jalaliMonth', 'gregorianMonth'] as const;
export type Preset = (typeof presets)[number];

export type Span = Pick<JournalFilter, 'from' | 'to'>;

/** A preset as moments, from midnight where the person is. Open at the end: what happens now is inside. */
export function spanOf(preset: Preset, now = Date.now()): Span {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  if (preset === 'week') day.setDate(day.getDate() - 6);
  if (preset === 'thirtyDays') day.setDate(day.getDate() - 29);
  if (preset === 'gregorianMonth') day.setDate(1);
  if (preset === 'jalaliMonth') day.setDate(day.getDate() - (jalaliParts(day.getTime()).day - 1));
  return { from: day.getTime(), to: null };
}

/** The midnight after a day: the end of a span that the day is inside of. */
export function dayAfter(at: number, days = 1): number {
  const day = new Date(at);
  day.setDate(day.getDate() + days);
  return day.getTime();
}

/**
 * A day as typed, YYYY-MM-DD in any digits, as its midnight where the person is; null where there is no such day. A year
 * before 1700 is meant in the Jalali calendar.
 */
export function parseDay(text: string): number | null {
  const match = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(asciiDigits(text).trim());
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  if (year < 1700) return jalaliDay(year, month, day);
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

function jalaliParts(at: number): { year: number; month: number; day: number } {
  const parts = new Map(
    jalali.formatToParts(at).map(({ type, value }) => [type, Number.parseInt(value, 10)]),
  );
  return { year: parts.get('year') ?? 0, month: parts.get('month') ?? 0, day: parts.get('day') ?? 0 };
}

/** Guessed from the length of the months, and looked for around it, since leap years move New Year's day. */
function jalaliDay(year: number, month: number, day: number): number | null {
  const before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  for (let off = -3; off <= 3; off++) {
    const guess = new Date(year + 621, 2, 21 + before + day - 1 + off);
    const found = jalaliParts(guess.getTime());
    if (found.year === year && found.month === month && found.day === day) return guess.getTime();
  }
  return null;
}
