import { calendarDay } from './calendar-day';
import { plainDigits } from './digits';
import { dayOf } from './server-day';
import { trimmed, withoutUnseen } from './unseen';

/**
 * A parsed day. `ambiguous`: the year is last, so month and day cannot be told apart. `unclear`: not a date, or
 * incomplete.
 */
export type ReadDay =
  | { readonly day: string; readonly wrong?: never }
  | { readonly wrong: 'unclear' | 'ambiguous' | 'no-such-day'; readonly day?: never };

const known = new Map<string, ReadDay>();
const most = 5_000;
const zoned = /:\d{2}.*(z|utc|gmt|[+-]\d{2}(:?\d{2})?)$/i;

/**
 * Reads a typed, pasted or imported day as YYYY-MM-DD: year first, between dashes, slashes or dots, in either calendar,
 * told apart by the year. `21/11/2026` is refused, because 3/4 may be 4/3. For a server's values use `dayOf`, which
 * knows more forms.
 */
export function readDay(text: string): ReadDay {
  let found = known.get(text);
  if (!found) {
    if (known.size >= most) known.clear();
    found = dayIn(trimmed(plainDigits(withoutUnseen(text))).replace(/[\u2010-\u2014]/g, '-'));
    known.set(text, found);
  }
  return found;
}

function dayIn(text: string): ReadDay {
  if (/^\d{1,2}([-/.])\d{1,2}\1\d{4}$/.test(text)) return { wrong: 'ambiguous' };
  const parts = /^(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?$/.exec(text);
  if (!parts) return { wrong: 'unclear' };
  const [year, month, day] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  const isDay = (year >= 1300 && year < 1500) || (year >= 1900 && year < 2200);
  if (!isDay) return { wrong: 'unclear' };
  const found = calendarDay(year, month, day);
  if (found === null) return { wrong: 'no-such-day' };
  // A timestamp with a zone, as a server exported it, is the same day that `dayOf` reads.
  const moment = zoned.test(text) ? dayOf(text) : found;
  return { day: /^\d{4}-\d{2}-\d{2}$/.test(moment) ? moment : found };
}
