import { jalaliParts } from '../../../shared/lib/jalali';
import type { JournalFilter } from '../../../shared/model/journal';
import { isoDay } from '../../ui/days';

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
  if (preset === 'jalaliMonth') day.setDate(day.getDate() - (jalaliParts(isoDay(day.getTime())).day - 1));
  return { from: day.getTime(), to: null };
}

/** The midnight after a day: the end of a span that the day is inside of. */
export function dayAfter(at: number, days = 1): number {
  const day = new Date(at);
  day.setDate(day.getDate() + days);
  return day.getTime();
}
