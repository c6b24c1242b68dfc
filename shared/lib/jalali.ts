const jalali = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});

/** A day's numbers in one calendar. Months begin with 1. */
export interface DayParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Converts a Jalali day to a Gregorian YYYY-MM-DD; null where it does not exist. Estimated from the lengths of the
 * months, then searched nearby, since leap years move New Year's day.
 */
export function gregorianDay(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const wanted = [year, month, day].join('-');
  for (let off = -3; off <= 3; off += 1) {
    const guess = Date.UTC(year + 621, 2, 21 + before + day - 1 + off);
    const { year: y, month: m, day: d } = partsOf(guess);
    if ([y, m, d].join('-') === wanted) return new Date(guess).toISOString().slice(0, 10);
  }
  return null;
}

/** Converts a Gregorian day, YYYY-MM-DD, to a Jalali year, month and day. */
export function jalaliParts(day: string): DayParts {
  return partsOf(Date.parse(`${day}T00:00:00Z`));
}

function partsOf(at: number): DayParts {
  const parts = new Map(
    jalali.formatToParts(at).map(({ type, value }) => [type, Number.parseInt(value, 10)]),
  );
  return { year: parts.get('year') ?? 0, month: parts.get('month') ?? 0, day: parts.get('day') ?? 0 };
}
