/** Days in an English window: the calendar by keys alone, its quick days, and days shown in both calendars. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expiry, field, type Office, openAccess, openOffice, openPicker, shown, typeDay } from './harness';

let office: Office;
let page: Page;
const user = (at: number) => String(office.panel.records()[at]?.user_id);

beforeAll(async () => {
  office = await openOffice();
  page = office.page;
});
afterAll(() => office.dispose());

it('goes through the days by the keys alone, and gives the focus back', async () => {
  await openAccess(page, user(0));
  const input = field(page, expiry);
  await typeDay(input, '2027-07-10');
  await input.press('Alt+ArrowDown');
  const picker = page.getByRole('dialog', { name: 'Choose a day' });
  const inHand = () => page.evaluate(() => document.activeElement?.getAttribute('data-date'));
  await expect.poll(inHand).toBe('2027-07-10');
  for (const [key, day] of [
    ['ArrowRight', '2027-07-11'],
    ['ArrowDown', '2027-07-18'],
    ['Home', '2027-07-12'],
    ['End', '2027-07-18'],
    ['PageDown', '2027-08-18'],
    ['PageUp', '2027-07-18'],
    ['Shift+PageDown', '2028-07-18'],
    ['ArrowLeft', '2028-07-17'],
    ['ArrowUp', '2028-07-10'],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(inHand).toBe(day);
  }
  await page.keyboard.press('Escape');
  await picker.waitFor({ state: 'detached' });
  await expect.poll(() => focusedField(page)).toBe(expiry);
  expect(await input.inputValue()).toBe('2027-07-10');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(inHand).toBe('2027-07-10');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await picker.waitFor({ state: 'detached' });
  await expect.poll(() => focusedField(page)).toBe(expiry);
  expect(await input.inputValue()).toBe('2027-08-10');
});

it('moves a day on by a month, and to the end of the year of the calendar that is shown', async () => {
  await openAccess(page, user(1));
  await typeDay(field(page, expiry), '2027-01-31');
  await (await openPicker(page)).getByRole('button', { name: '+1 month' }).click();
  await expect.poll(() => field(page, expiry).inputValue()).toBe('2027-02-28');
  const picker = await openPicker(page);
  await picker.getByRole('tab', { name: 'Jalali' }).click();
  await picker.getByRole('button', { name: 'End of the Jalali year' }).click();
  await expect.poll(() => field(page, expiry).inputValue()).toBe('2027-03-20');
  // A panel takes no empty day, so there is nothing to clear.
  expect(await (await openPicker(page)).getByRole('button', { name: 'Clear' }).count()).toBe(0);
  await page.keyboard.press('Escape');
});

it('shows a day of a record and of a change in both calendars', async () => {
  const id = user(2);
  await openAccess(page, id);
  await typeDay(field(page, expiry), '2027-07-10');
  const panel = shown(page).locator('[data-shown-day]').filter({ hasText: '2027-07-10' });
  await panel.filter({ hasText: '1406/04/19' }).first().waitFor();
});

function focusedField(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.getAttribute('data-field'));
}
