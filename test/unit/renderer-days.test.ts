/** Days as the window writes and reads them, and where the keys lead in a month. */
import i18next from 'i18next';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { dayByKey } from '../../renderer/ui/day/grid-keys';
import { dayInWords, formatDay, isoDay, monthInWords, parseDay } from '../../renderer/ui/days';

const lng = i18next.language;
afterAll(() => i18next.changeLanguage(lng));

describe.each(['en', 'fa'] as const)('in %s', (language) => {
  beforeEach(async () => {
    await i18next.init({ lng: language, resources: {} });
  });
  const shown = language === 'fa' ? '۱۴۰۶/۰۴/۱۹' : '2027-07-10';

  it.each(['2027-07-10', '2027-07-10 00:00:00', '2027-07-10T12:30:00Z', '1815220800', '1815220800000'])(
    'a server’s %s is shown as a day',
    (value) => {
      expect(formatDay(value)).toBe(shown);
      expect(formatDay(value, 'gregorian')).toBe('2027-07-10');
    },
  );

  it.each(['', 'never', '0', '3/4/2026', '2027-02-30'])('%j is no day, and stays what it is', (value) => {
    expect(formatDay(value)).toBeNull();
  });
});

it('writes a day and a month in words, day first, in either calendar', async () => {
  await i18next.init({ lng: 'fa', resources: {} });
  expect(dayInWords('2027-07-10', 'jalali')).toBe('۱۹ تیر ۱۴۰۶');
  expect(monthInWords('2027-07-10', 'jalali')).toBe('تیر ۱۴۰۶');
  expect(dayInWords('2027-07-10', 'gregorian')).toMatch(/^۱۰ ژوئیه\S* ۲۰۲۷$/);
  await i18next.init({ lng: 'en', resources: {} });
  expect(dayInWords('2027-07-10', 'jalali')).toBe('19 Tir 1406');
  expect(dayInWords('2027-07-10', 'gregorian')).toBe('10 July 2027');
});

it('reads a typed day of either calendar as the same midnight', () => {
  const at = parseDay('2027-07-10');
  expect(at).not.toBeNull();
  expect(parseDay('۱۴۰۶/۴/۱۹')).toBe(at);
  expect(isoDay(at ?? 0)).toBe('2027-07-10');
  expect(parseDay('10/07/2027')).toBeNull();
});

describe('a key in the month', () => {
  const persian = { calendar: 'jalali', weekStart: 6, rtl: true } as const;
  const english = { calendar: 'gregorian', weekStart: 1, rtl: false } as const;

  it.each([
    ['ArrowLeft', false, '2027-07-11', '2027-07-09'],
    ['ArrowRight', false, '2027-07-09', '2027-07-11'],
    ['ArrowDown', false, '2027-07-17', '2027-07-17'],
    ['ArrowUp', false, '2027-07-03', '2027-07-03'],
    ['Home', false, '2027-07-10', '2027-07-05'],
    ['End', false, '2027-07-16', '2027-07-11'],
    ['PageDown', false, '2027-08-10', '2027-08-10'],
    ['PageUp', false, '2027-06-09', '2027-06-10'],
    ['PageDown', true, '2028-07-09', '2028-07-10'],
    ['PageUp', true, '2026-07-10', '2026-07-10'],
  ] as const)('%s (Shift %s) leads to %s in Persian and %s in English', (key, shiftKey, fa, en) => {
    expect(dayByKey({ key, shiftKey }, '2027-07-10', persian)).toBe(fa);
    expect(dayByKey({ key, shiftKey }, '2027-07-10', english)).toBe(en);
  });

  it('is not taken where it means nothing', () => {
    expect(dayByKey({ key: 'a', shiftKey: false }, '2027-07-10', english)).toBeNull();
  });
});
