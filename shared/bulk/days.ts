import type { FieldValue } from '../catalog/compare';
import { dayOf } from '../values/server-day';

const dayMs = 86_400_000;

/**
 * Moves a day by a number of days. Computed in UTC, which has no daylight saving time.
 * @param value the field's value in any form that `dayOf` reads
 * @param today `YYYY-MM-DD` in the technician's time zone
 * @returns `YYYY-MM-DD`; null where there is no day to start from, or the result has no four-digit year
 */
export function movedDay(
  value: FieldValue,
  days: number,
  from: 'itself' | 'today' | 'later',
  today: string,
): string | null {
  const itself = utcOf(dayOf(value ?? ''));
  const now = utcOf(today);
  // Without a day of its own, "the later of the two" is the other one.
  const nothing = from === 'later' && (value ?? '').trim() === '';
  const start =
    from === 'today' || nothing
      ? now
      : from === 'itself' || itself === null || now === null
        ? itself
        : Math.max(itself, now);
  return start === null ? null : dayAt(start + days * dayMs);
}

function utcOf(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = Date.parse(`${day}T00:00:00Z`);
  // Some parsers turn 31 February into 3 March; it is not a valid day to start from.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? null : at;
}

function dayAt(at: number): string | null {
  const day = new Date(at);
  const year = Number.isNaN(at) ? 0 : day.getUTCFullYear();
  return year >= 1 && year <= 9999 ? day.toISOString().slice(0, 10) : null;
}
