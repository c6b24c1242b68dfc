import { gregorianDay } from '../../shared/lib/jalali';
import { asciiDigits } from '../../shared/lib/text';

/** What a cell says of a day. `unclear`: it could be read in more than one way, or is no date. */
export type ReadDay = { readonly day: string } | { readonly wrong: 'unclear' | 'no-such-day' };

const known = new Map<string, ReadDay>();
const most = 5_000;

/**
 * The day of a cell as YYYY-MM-DD: year first, between dashes, slashes or dots, in either calendar, told apart by the
 * year. `21/11/2026` is not read: nobody can tell 3/4 from 4/3.
 */
export function readDay(cell: string): ReadDay {
  let found = known.get(cell);
  if (!found) {
    if (known.size >= most) known.clear();
    found = dayIn(cell);
    known.set(cell, found);
  }
  return found;
}

function dayIn(cell: string): ReadDay {
  const parts = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?$/.exec(asciiDigits(cell).trim());
  if (!parts) return { wrong: 'unclear' };
  const [year, month, day] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  if (year >= 1300 && year < 1500) {
    const gregorian = gregorianDay(year, month, day);
    return gregorian === null ? { wrong: 'no-such-day' } : { day: gregorian };
  }
  if (year < 1900 || year >= 2200) return { wrong: 'unclear' };
  // Whether there is such a day is for the field's own check to say.
  return { day: [year, month, day].map((part) => String(part).padStart(2, '0')).join('-') };
}
