import type { FieldValue } from '../catalog/compare';
import { dayOf } from '../values/server-day';

const dayMs = 86_400_000;

/**
 * A day moved on. Days are counted in UTC, where every one has 24 hours, whatever the clocks do.
 * @param value the field's value in any form that `dayOf` reads
 * @param today `YYYY-MM-DD` where the technician is
 * @returns `YYYY-MM-DD`; null where there is no day to count from, or the result has no four-digit year
 */
export function movedDay(
  value: FieldValue,
  days: number,
  from: 'itself' | 'today' | 'later',
  today: string,
): string | null {
  const itself = utcOf(dayOf(value ?? ''));
  const now = utcOf(today);
  // What has no day yet has only the other to be counted from.
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
  // 31 February is read as 3 March by some, and as nothing by others; neither is a day to count from.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? null : at;
}

function dayAt(at: number): string | null {
  const day = new Date(at);
  const year = Number.isNaN(at) ? 0 : day.getUTCFullYear();
  return year >= 1 && year <= 9999 ? day.toISOString().slice(0, 10) : null;
}
