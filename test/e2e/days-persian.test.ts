/** Days in a Persian window: picked and typed in either calendar, stored as the Gregorian day that the server takes. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  expiry,
  field,
  type Office,
  openAccess,
  openFromSide,
  openOffice,
  openPicker,
  shown,
  storedNext,
  typeDay,
  write,
} from './harness';

let office: Office;
let page: Page;
const user = (at: number) => String(office.panel.records()[at]?.user_id);
const stored = (id: string) => storedNext(page, office.panelConnection.id, id, expiry);

beforeAll(async () => {
  office = await openOffice({ launch: { locale: 'fa' } });
  page = office.page;
});
afterAll(() => office.dispose());

it('an expiry that is picked as 19 Tir 1406 is prepared as 2027-07-10', async () => {
  await openAccess(page, user(0));
  await typeDay(field(page, expiry), '1406/01/01');
  const picker = await openPicker(page);
  await picker.getByRole('tab', { name: 'شمسی', selected: true }).waitFor();
  for (let month = 1; month < 4; month += 1) {
    await picker.getByRole('button', { name: 'یک ماه بعد' }).click();
  }
  await picker.getByText('تیر ۱۴۰۶', { exact: true }).waitFor();
  await picker.getByRole('gridcell', { name: /۱۹ تیر ۱۴۰۶/ }).click();
  await picker.waitFor({ state: 'detached' });
  await expect.poll(() => stored(user(0))).toBe('2027-07-10');
  expect(await field(page, expiry).inputValue()).toBe('۱۴۰۶/۰۴/۱۹');
  await shown(page).locator(`[data-row="${expiry}"]`).getByText('2027-07-10').first().waitFor();
});

it('shows both calendars in the month, beginning on Saturday', async () => {
  await openAccess(page, user(1));
  await typeDay(field(page, expiry), '۱۴۰۶/۴/۱۹');
  const picker = await openPicker(page);
  const heads = picker.getByRole('columnheader');
  expect(await heads.evaluateAll((all) => all.map((one) => one.getAttribute('abbr')))).toEqual([
    'شنبه',
    'یکشنبه',
    'دوشنبه',
    'سه‌شنبه',
    'چهارشنبه',
    'پنجشنبه',
    'جمعه',
  ]);
  const day = picker.getByRole('gridcell', { selected: true });
  expect(await numbers(day)).toEqual(['۱۹', '۱۰']);
  await picker.getByRole('tab', { name: 'میلادی' }).click();
  await picker.getByText('ژوئیه ۲۰۲۷', { exact: true }).waitFor();
  expect(await numbers(day)).toEqual(['۱۰', '۱۹']);
  await page.keyboard.press('Escape');
  await picker.waitFor({ state: 'detached' });
});

it('an expiry that is typed in Persian digits is the same day, and stays as typed until the field is left', async () => {
  await openAccess(page, user(2));
  const input = field(page, expiry);
  await input.fill('');
  await input.pressSequentially('۱۴۰۶/۴/۱');
  await expect.poll(() => stored(user(2))).toBe('2027-06-22');
  await input.pressSequentially('۹');
  expect(await input.inputValue()).toBe('۱۴۰۶/۴/۱۹');
  await expect.poll(() => stored(user(2))).toBe('2027-07-10');
  await input.press('Tab');
  expect(await input.inputValue()).toBe('۱۴۰۶/۰۴/۱۹');
});

it('keeps a day that is not whole yet as it was typed', async () => {
  await openAccess(page, user(3));
  await typeDay(field(page, expiry), '۱۴۰۶/۴');
  // Its digits are kept in the one form that servers and files have; nothing else of it is touched.
  await expect.poll(() => stored(user(3))).toBe('1406/4');
  await expect.poll(() => field(page, expiry).inputValue()).toBe('1406/4');
});

it('refuses a day that can be read in two ways, and one that is not in the calendar, in words', async () => {
  await openAccess(page, user(4));
  const row = shown(page).locator(`[data-row="${expiry}"]`);
  await typeDay(field(page, expiry), '3/4/2026');
  await row.getByText('دو جور خوانده می‌شود').waitFor();
  expect(await row.getAttribute('data-invalid')).not.toBeNull();
  await typeDay(field(page, expiry), '1404/12/30');
  await row.getByText('چنین روزی در تقویم نیست').waitFor();
  await typeDay(field(page, expiry), '1403/12/30');
  await expect.poll(() => stored(user(4))).toBe('2025-03-20');
});

it('finds the entries of a Jalali day in the history', async () => {
  await write(page, office.panelConnection.id, user(5), { company: 'Behin' });
  const [today, yesterday] = await page.evaluate(() =>
    [0, 1].map((days) => {
      const at = new Date();
      at.setDate(at.getDate() - days);
      return new Intl.DateTimeFormat('fa-IR-u-ca-persian', {
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      }).format(at);
    }),
  );
  await openFromSide(page, 'تاریخچه');
  await shown(page).locator('[data-seq]').first().waitFor();
  const only = async (day: string) => {
    await shown(page).getByRole('button', { name: 'زمان', exact: true }).click();
    const span = page.getByRole('dialog', { name: 'زمان' });
    await span.getByLabel('از روز', { exact: true }).fill(day);
    await span.getByLabel('تا روز', { exact: true }).fill(day);
    await span.getByRole('button', { name: 'نمایش این روزها' }).click();
  };
  await only(yesterday ?? '');
  await shown(page).locator('[data-seq]').first().waitFor({ state: 'detached' });
  await only(today ?? '');
  await shown(page).locator('[data-seq]').first().waitFor();
  // Picked instead of typed; the calendar's Escape leaves the filter open.
  await shown(page).getByRole('button', { name: 'زمان', exact: true }).click();
  const span = page.getByRole('dialog', { name: 'زمان' });
  await span.getByRole('button', { name: 'انتخاب روز: از روز' }).click();
  const picker = page.getByRole('dialog', { name: 'انتخاب روز' });
  await picker.getByRole('gridcell', { selected: true }).waitFor();
  await page.keyboard.press('Escape');
  await picker.waitFor({ state: 'detached' });
  await span.getByRole('button', { name: 'انتخاب روز: از روز' }).click();
  await picker.getByRole('gridcell', { selected: true }).press('PageUp');
  await page.keyboard.press('Enter');
  await picker.waitFor({ state: 'detached' });
  await span.getByRole('button', { name: 'نمایش این روزها' }).click();
  await shown(page).locator('[data-seq]').first().waitFor();
});

/** What is to be seen of a day: its number in either calendar. */
function numbers(day: Locator): Promise<string[]> {
  return day.locator('[aria-hidden]').allInnerTexts();
}
