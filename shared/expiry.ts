import type { FieldSpec } from './catalog';
import type { FieldValue } from './catalog/compare';
import { dayOf } from './values/server-day';

/** Why the day after which something ends is doubtful: it is past, or implausible. */
export type ExpiryDoubt = 'day-over' | 'day-unlikely';

// Before the first of these servers was sold, and later than any real expiry: results of converting 0, of a wrong
// calendar, or of a typing error.
const firstDay = '2000-01-01';
const farthestYears = 50;

/** Returns whether the day set as an expiry is doubtful. @param today `YYYY-MM-DD` in the technician's time zone */
export function expiryDoubt(spec: FieldSpec, value: FieldValue, today: string): ExpiryDoubt | null {
  if (!spec.expires) return null;
  const day = dayOf(value ?? '');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const farthest = `${Number(today.slice(0, 4)) + farthestYears}${today.slice(4)}`;
  if (day < firstDay || day > farthest) return 'day-unlikely';
  return day < today ? 'day-over' : null;
}

/** Returns the day in the computer's own time zone, `YYYY-MM-DD`. */
export function localDay(now: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
