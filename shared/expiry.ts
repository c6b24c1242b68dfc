import type { FieldSpec } from './catalog';
import type { FieldValue } from './catalog/compare';
import { dayOf } from './values/server-day';

/** Why a day after which something ends may not be meant: it is over, or nobody means it. */
export type ExpiryDoubt = 'day-over' | 'day-unlikely';

// Before the first of these servers was sold, and further away than anything is sold for: what a converter makes of 0, of a
// wrong calendar, or of a slip.
const firstDay = '2000-01-01';
const farthestYears = 50;

/**
 * Whether the day that an expiry is to be set to can be meant.
 * @param today `YYYY-MM-DD` where the technician is
 */
export function expiryDoubt(spec: FieldSpec, value: FieldValue, today: string): ExpiryDoubt | null {
  if (!spec.expires) return null;
  const day = dayOf(value ?? '');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const farthest = `${Number(today.slice(0, 4)) + farthestYears}${today.slice(4)}`;
  if (day < firstDay || day > farthest) return 'day-unlikely';
  return day < today ? 'day-over' : null;
}

/** A day of the clock's own time zone, `YYYY-MM-DD`. */
export function localDay(now: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
