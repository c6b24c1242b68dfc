import { calendarDay } from './calendar-day';
import { dateInNumbers } from './day-words';
import { plainDigits } from './digits';
import { trimmed, withoutUnseen } from './unseen';

/*
 * Servers send an expiry as a day, a timestamp, or Jalali text. A timestamp is read in Tehran's zone, where the panels
 * are: midnight in Tehran is still the day before in UTC, while midnight in UTC is the same day in Tehran.
 */
const tehran = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Tehran',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const dayMs = 86_400_000;

const dateText =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ،,]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(?:([ap])\.?m\.?|[قب]\.?ظ\.?)?)?\s*(z|utc|gmt|[+-]\d{2}:?(?:\d{2})?)?(?:\s*\[?[a-z]{3,}\/[a-z/_]+\]?)?$/i;

/**
 * Returns the day that a server's text means, `YYYY-MM-DD`: a day of either calendar and script, with or without a
 * time, the month in words, no separators, an epoch in seconds or smaller units, an ISO timestamp, a date object of
 * PHP, MongoDB or Firestore.
 * @returns the empty text for "no day" (`0000-00-00`, 0); unreadable text unchanged
 */
export function dayOf(value: string): string {
  const text = trimmed(plainDigits(withoutUnseen(value)));
  if (isNoDay(text)) return '';
  const parts = dateText.exec(dateInNumbers(text) ?? withSeparators(text));
  if (parts) return dayWritten(parts) ?? text;
  const epoch = epochMs(/^\/Date\((\d+)(?:[+-]\d{4})?\)\/$/.exec(text)?.[1] ?? text);
  if (epoch !== null) return dayInTehran(epoch) ?? text;
  if (text.startsWith('{')) return dayOfObject(text) ?? text;
  return text;
}

/** What panels and PHP write for no day; PHP turns `0000-00-00` into a negative epoch. */
function isNoDay(text: string): boolean {
  return /^(0+(\.0+)?|-?null|0{4}([-/.])0{1,2}\3?0{1,2}([T ].*)?|-0001-.*|-62\d{9}(\.0+)?|-62\d{12})?$/i.test(
    text,
  );
}

/** Adds separators to `20271121` and `20271121203000`; other text is returned unchanged. */
function withSeparators(text: string): string {
  return text.replace(
    /^(1[2-5]\d{2}|19\d{2}|2[01]\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)([0-5]\d))?$/,
    (_, year, month, day, hour, minute, second) =>
      `${year}-${month}-${day}${hour ? ` ${hour}:${minute}:${second}` : ''}`,
  );
}

function dayWritten(parts: RegExpExecArray): string | null {
  const [, year = '', , month = '', date = '', time = '', half = '', zone = ''] = parts;
  const day = calendarDay(Number(year), Number(month), Number(date));
  if (day === null) return null;
  // Without a zone, take the written day. The same with an offset at the first or last second of the day in any zone: a
  // server with outdated time zones says +04:30 in summer and still means its own midnight.
  const edge = /^0{1,2}:00(:00([.,]0+)?)?$|^23:59(:59([.,]\d+)?)?$/.test(time);
  const utc = /^(z|utc|gmt|[+-]00:?(00)?)$/i.test(zone);
  if (zone === '' || time === '' || (edge && !utc)) return day;
  const clock = time
    .replace(',', '.')
    .replace(/^\d{1,2}/, (hour) =>
      String(half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : hour).padStart(2, '0'),
    );
  const at = Date.parse(
    `${day}T${clock}${utc ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, h: string, m?: string) => `${h}:${m ?? '00'}`)}`,
  );
  return dayInTehran(at);
}

function epochMs(text: string): number | null {
  if (!/^\d{9,19}(\.\d+)?$/.test(text)) return null;
  const number = Number(text);
  const digits = text.split('.')[0]?.length ?? 0;
  if (digits <= 11) return number * 1_000;
  if (digits <= 14) return number;
  return digits <= 17 ? number / 1_000 : number / 1_000_000;
}

const objectKeys = ['date', '$date', '$numberLong', 'timestamp', 'seconds', '_seconds', 'sec'];

/**
 * `{"date":"2027-11-21 00:00:00.000000","timezone":…}` of PHP; `{"$date":…}` of MongoDB; `{"seconds":…}` of Firestore.
 */
function dayOfObject(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  for (const key of objectKeys) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) continue;
    const inner: unknown = Reflect.get(value, key);
    const told =
      typeof inner === 'object' ? dayOfObject(JSON.stringify(inner)) : dayOf(`${inner}${zoneBeside(value)}`);
    return told !== null && /^(\d{4}-\d{2}-\d{2})?$/.test(told) ? told : null;
  }
  return null;
}

/** Returns PHP's zone beside a date where it is UTC or an offset: in Tehran's own zone the day is as written. */
function zoneBeside(value: object): string {
  const zone: unknown = Reflect.get(value, 'timezone');
  if (typeof zone !== 'string') return '';
  return /^(etc\/)?(utc|gmt|z)$/i.test(zone) ? 'Z' : (/^[+-]\d{2}:?\d{2}$/.exec(zone)?.[0] ?? '');
}

function dayInTehran(at: number): string | null {
  if (Number.isNaN(at) || Math.abs(at) > 8.64e15 - dayMs) return null;
  // The last second of a UTC day means that day; nobody means half past three at night in Tehran.
  if (at % dayMs >= dayMs - 1_000) return new Date(at).toISOString().slice(0, 10);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const parts = tehran.formatToParts(at);
  const day = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  // Iran abolished daylight saving time in 2022. A server that does not know puts a summer day's midnight an hour
  // early, at exactly 23:00.
  const summer = /-(03-2[1-9]|03-3|0[4-8]|09-[01]|09-2[01])/.test(day);
  const late = part('hour') === '23' && part('minute') === '00' && part('second') === '00';
  return late && summer ? new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10) : day;
}
