/** The history by days: where a day begins, and what it is called. */
import { expect, it } from 'vitest';
import { byDay, dayHeading } from '../../renderer/features/journal/by-day';
import type { JournalItem } from '../../shared/model/journal';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const items = [at(30, 23), at(30, 0), at(29, 23), at(27, 12)].map(
  (moment, seq) => ({ at: moment, seq }) as unknown as JournalItem,
);

it('a day begins with its newest entry', () => {
  expect(byDay(items).map(({ begins }) => begins)).toEqual([at(30, 23), null, at(29, 23), at(27, 12)]);
});

it.each([
  ['en', 0, 'Today · Monday 30 November 2026'],
  ['en', 2, 'Yesterday · Sunday 29 November 2026'],
  ['en', 3, 'Friday 27 November 2026'],
  ['fa', 0, 'امروز · دوشنبه ۹ آذر ۱۴۰۵'],
  ['fa', 2, 'دیروز · یکشنبه ۸ آذر ۱۴۰۵'],
] as const)('in %s entry %i stands below its day', (language, entry, heading) => {
  const { begins } = byDay(items)[entry] ?? { begins: null };
  expect(dayHeading(begins ?? 0, language, at(30, 23))).toBe(heading);
});
