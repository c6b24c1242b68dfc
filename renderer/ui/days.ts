import { type Calendar, dayIn, partsIn } from '../../shared/lib/calendars';
import { readDay } from '../../shared/values/day';
import { dayOf } from '../../shared/values/server-day';
import { currentLanguage, type Language } from '../i18n';

/** The calendar of the language in use. */
export function usualCalendar(): Calendar {
  return currentLanguage() === 'fa' ? 'jalali' : 'gregorian';
}

export function otherCalendar(calendar: Calendar): Calendar {
  return calendar === 'jalali' ? 'gregorian' : 'jalali';
}

/** A day as typed, in either calendar, as its midnight where the person is; null where there is no such day. */
export function parseDay(text: string): number | null {
  const { day } = readDay(text);
  if (day === undefined) return null;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).getTime();
}

/** YYYY-MM-DD of the Gregorian calendar, of a moment where the person is. */
export function isoDay(at: number): string {
  const day = new Date(at);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map(twoDigits).join('-');
}

/**
 * The day that a field's value means, YYYY-MM-DD, whatever form a server gave it: a day, a day with a time, a moment in
 * seconds. Null where it means none.
 */
export function dayOfValue(value: string): string | null {
  return readDay(dayOf(value)).day ?? null;
}

/**
 * A field's value as a day in numbers: 2027-07-10, or ۱۴۰۶/۰۴/۱۹ in Persian. Null where the value means no day.
 * @param calendar that of the language in use where it is not given
 */
export function formatDay(value: string, calendar: Calendar = usualCalendar()): string | null {
  const day = dayOfValue(value);
  if (day === null) return null;
  if (calendar === 'gregorian') return day;
  const { year, month, day: date } = partsIn('jalali', day);
  const text = [year, month, date].map(twoDigits).join('/');
  return currentLanguage() === 'fa' ? persianDigits(text) : text;
}

/** A day in words, in the calendar that is asked for: 19 Tir 1406. */
export function dayInWords(day: string, calendar: Calendar, language: Language = currentLanguage()): string {
  const { year, month, day: date } = partsIn(calendar, day);
  // Put together here: with the Jalali calendar, Intl orders some of its forms for no language.
  return `${digits(date, language)} ${monthName(year, month, calendar, language)} ${digits(year, language)}`;
}

/** The month of a day in words, with its year: Tir 1406. */
export function monthInWords(day: string, calendar: Calendar): string {
  const { year, month } = partsIn(calendar, day);
  return `${monthName(year, month, calendar, currentLanguage())} ${digits(year)}`;
}

/** A number as the language writes it, without separators. */
export function digits(n: number, language: Language = currentLanguage()): string {
  return language === 'fa' ? persianDigits(String(n)) : String(n);
}

function monthName(year: number, month: number, calendar: Calendar, language: Language): string {
  const day = dayIn(calendar, { year, month, day: 1 });
  if (day === null) return '';
  const names = calendar === 'jalali' ? 'persian' : 'gregory';
  const locale = `${language === 'fa' ? 'fa-IR' : 'en-GB'}-u-ca-${names}`;
  return formatOf(locale, { month: 'long', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
}

/** The day of the week in words. */
export function weekdayInWords(day: string, style: 'long' | 'narrow' | 'short'): string {
  const locale = currentLanguage() === 'fa' ? 'fa-IR' : 'en-GB';
  return formatOf(locale, { weekday: style, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
}

/** A moment's day as the language writes it: Jalali in Persian. */
export function dayWords(at: number): string {
  const locale = currentLanguage() === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB';
  return formatOf(locale, { dateStyle: 'medium' }).format(at);
}

const formats = new Map<string, Intl.DateTimeFormat>();

// Making a format is slow, and a grid has many days.
function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}

function persianDigits(text: string): string {
  return text.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number(digit)));
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
