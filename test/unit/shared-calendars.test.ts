/** Months and years are counted right in both calendars, up to the ends of what can be picked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  type Calendar,
  dayIn,
  endOfYear,
  firstDay,
  isPickable,
  lastDay,
  monthGrid,
  monthLength,
  nearestPickable,
  partsIn,
  startOfWeek,
  weekday,
} from '../../shared/lib/calendars';
import { readDay } from '../../shared/values/day';

const calendars: readonly Calendar[] = ['jalali', 'gregorian'];
const anyDay = fc.integer({ min: 0, max: 73_048 }).map((days) => addDays(firstDay, days));

describe('the Jalali calendar', () => {
  it.each([1399, 1403, 1408])('has 30 days in Esfand of the leap year %i', (year) => {
    expect(monthLength('jalali', year, 12)).toBe(30);
  });

  it.each([1400, 1401, 1402, 1404, 1405, 1406, 1407])('has 29 days in Esfand of %i', (year) => {
    expect(monthLength('jalali', year, 12)).toBe(29);
    expect(dayIn('jalali', { year, month: 12, day: 30 })).toBeNull();
  });

  it('finds 19 Tir 1406', () => {
    expect(dayIn('jalali', { year: 1406, month: 4, day: 19 })).toBe('2027-07-10');
    expect(partsIn('jalali', '2027-07-10')).toEqual({ year: 1406, month: 4, day: 19 });
  });

  it('ends its year on 29 or 30 Esfand', () => {
    expect(endOfYear('jalali', '2027-07-10')).toBe('2028-03-19');
    expect(endOfYear('jalali', '2024-05-01')).toBe('2025-03-20');
  });
});

it('keeps the day of the month where the later month has it, and takes its last day where it is shorter', () => {
  expect(addMonths('jalali', '2027-07-10', 1)).toBe('2027-08-10');
  // 31 Shahrivar 1406 and 30 Mehr 1406.
  expect(addMonths('jalali', '2027-09-22', 1)).toBe('2027-10-22');
  expect(addMonths('gregorian', '2027-01-31', 1)).toBe('2027-02-28');
  expect(addMonths('gregorian', '2028-02-29', 12)).toBe('2029-02-28');
  expect(addMonths('gregorian', '2027-01-31', -2)).toBe('2026-11-30');
  // 30 Esfand 1403 is in a leap year; 1404 has 29.
  expect(addMonths('jalali', '2025-03-20', 12)).toBe('2026-03-20');
});

it('begins the week of Persian on Saturday and ends it on Friday', () => {
  for (const calendar of calendars) {
    const [first = []] = monthGrid(calendar, '2027-07-10', 6).slice(1);
    expect(first.map((day) => (day === null ? null : weekday(day)))).toEqual([6, 0, 1, 2, 3, 4, 5]);
  }
  expect(startOfWeek('2027-07-10', 6)).toBe('2027-07-10');
  expect(startOfWeek('2027-07-09', 6)).toBe('2027-07-03');
  expect(startOfWeek('2027-07-09', 1)).toBe('2027-07-05');
});

it('has every day of a month in its grid once, in order, in the column of its day of the week', () => {
  fc.assert(
    fc.property(
      anyDay,
      fc.constantFrom(...calendars),
      fc.integer({ min: 0, max: 6 }),
      (day, calendar, start) => {
        const grid = monthGrid(calendar, day, start);
        const days = grid.flat().filter((one) => one !== null);
        const { year, month } = partsIn(calendar, day);
        expect(days).toContain(day);
        expect(days.map((one) => partsIn(calendar, one))).toEqual(
          Array.from({ length: monthLength(calendar, year, month) }, (_, i) => ({ year, month, day: i + 1 })),
        );
        for (const week of grid) {
          expect(week.some((one) => one !== null)).toBe(true);
          week.forEach((one, column) => {
            if (one !== null) expect(weekday(one)).toBe((start + column) % 7);
          });
        }
      },
    ),
    { numRuns: 60 },
  );
});

it('finds a day again by its numbers, in both calendars', () => {
  fc.assert(
    fc.property(anyDay, fc.constantFrom(...calendars), (day, calendar) => {
      expect(dayIn(calendar, partsIn(calendar, day))).toBe(day);
    }),
    { numRuns: 200 },
  );
});

it('can pick the Jalali years 1300 to 1499, and no day outside', () => {
  expect(partsIn('jalali', firstDay)).toEqual({ year: 1300, month: 1, day: 1 });
  expect(partsIn('jalali', addDays(lastDay, 1))).toEqual({ year: 1500, month: 1, day: 1 });
  expect(isPickable(addDays(firstDay, -1))).toBe(false);
  expect(nearestPickable('2150-01-01')).toBe(lastDay);
  expect(nearestPickable('1900-01-01')).toBe(firstDay);
});

describe('a typed day', () => {
  it.each([
    ['1406/04/19', '2027-07-10'],
    ['۱۴۰۶/۴/۱۹', '2027-07-10'],
    ['٢٠٢٦-١١-٣٠', '2026-11-30'],
    ['2026-11-30', '2026-11-30'],
    ['1406-4-19', '2027-07-10'],
    ['1403/12/30', '2025-03-20'],
  ])('%s is %s', (text, day) => {
    expect(readDay(text)).toEqual({ day });
  });

  it.each([
    ['3/4/2026', 'ambiguous'],
    ['۳/۴/۱۴۰۶', 'ambiguous'],
    ['1404/12/30', 'no-such-day'],
    ['2027-02-29', 'no-such-day'],
    ['2027-13-01', 'no-such-day'],
    ['1406/4/', 'unclear'],
    ['1406', 'unclear'],
    ['1600/01/01', 'unclear'],
    ['', 'unclear'],
  ])('%s is refused as %s', (text, wrong) => {
    expect(readDay(text)).toEqual({ wrong });
  });
});
