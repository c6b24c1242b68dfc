/** Days in the editor of a panel's user. */
import type { Locator, Page } from 'playwright-core';
import { catalogOf } from '../../../shared/catalog';
import { field, openFromSide, shown } from './screens';

/** The field of a panel's user that is a day. */
export const expiry = 'expire_time';

/** Types a day and leaves the field. */
export async function typeDay(input: Locator, text: string): Promise<void> {
  await input.fill(text);
  await input.blur();
}

/** Opens the calendar of the expiry in the editor in front. */
export async function openPicker(page: Page): Promise<Locator> {
  await shown(page).locator(`[data-row="${expiry}"] [data-pick-day]`).click();
  const picker = page.getByRole('dialog', { name: /^(Choose a day|انتخاب روز)$/ });
  await picker.waitFor();
  return picker;
}

/** Opens a panel's user at the group of fields with the expiry, in whichever language. */
export async function openAccess(page: Page, id: string): Promise<void> {
  await openFromSide(page, 'Message panel');
  await shown(page).getByRole('grid').locator(`[data-record="${id}"]`).dblclick();
  const { en, fa } = catalogOf('edge').tabs.find((tab) => tab.id === 'access')?.label ?? { en: '', fa: '' };
  await shown(page)
    .getByRole('tab', { name: new RegExp(`^(${en}|${fa})`) })
    .click();
  await field(page, expiry).waitFor();
}
