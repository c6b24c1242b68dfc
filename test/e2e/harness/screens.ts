import type { Locator, Page } from 'playwright-core';

/*
 * The window as a person uses it: by names and roles, by wire names (`data-field`) and record ids (`data-record`). The
 * guided tour and the end-to-end tests drive the program through these, so that a renamed button is mended once.
 */

/** Opens a page or a directory from the side list. */
export async function openFromSide(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name, exact: false }).first().click();
}

/** The grid's row of a record that its filter finds. */
export async function findRow(page: Page, remoteId: string, text: string): Promise<Locator> {
  await shown(page)
    .getByRole('textbox', { name: /filter/i })
    .fill(text);
  const row = page.locator(`[data-record="${remoteId}"]`).first();
  await row.waitFor();
  await atRest(row);
  return row;
}

/** Waits until a row stays where it is: one that was in sight before the filter took hold moves under the pointer. */
async function atRest(row: Locator): Promise<void> {
  let before = '';
  for (let same = 0; same < 3; ) {
    const now = JSON.stringify(await row.boundingBox());
    same = now === before ? same + 1 : 0;
    before = now;
    await row.page().waitForTimeout(100);
  }
}

/** Opens a record's editor from the directory that stands in front. */
export async function openRecord(page: Page, remoteId: string, text: string): Promise<void> {
  await (await findRow(page, remoteId, text)).dblclick();
  await shown(page).getByRole('tablist', { name: 'Groups of fields' }).waitFor();
}

/** Brings a tab of the editor's fields to the front. */
export async function openPage(page: Page, name: string): Promise<void> {
  await shown(page).getByRole('tablist', { name: 'Groups of fields' }).getByRole('tab', { name }).click();
}

/** The control of a field by its wire name. */
export function field(page: Page, name: string): Locator {
  return shown(page).locator(`[data-field="${name}"]`);
}

/** Types a value into a field and leaves it. */
export async function fill(page: Page, name: string, value: string): Promise<void> {
  await field(page, name).fill(value);
  await field(page, name).press('Tab');
}

/** Chooses an option of a field that shows its options side by side. */
export async function choose(page: Page, name: string, option: string): Promise<void> {
  await field(page, name).getByText(option, { exact: true }).click();
}

/** Waits until the editor in front says that everything typed is saved. */
export async function saved(page: Page): Promise<void> {
  await shown(page).getByRole('status').filter({ hasText: 'Saved' }).waitFor();
}

/** Plans all changes of the current work order, by the chip in the top bar. */
export async function planAll(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: /^WO-/ }).click();
}

/** Reads the servers again for the plan in front. */
export async function readAgain(page: Page): Promise<void> {
  await shown(page).getByRole('button', { name: 'Read again' }).click();
}

/** Applies what is ticked in the plan in front, and confirms. */
export async function applyTicked(page: Page): Promise<void> {
  await shown(page)
    .getByRole('button', { name: /^Apply \d/ })
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Apply/ })
    .click();
}

/** The line of a server in the run in front, while it stands so. */
export function atServer(page: Page, name: string, state: string): Locator {
  return shown(page).locator(`[data-server][data-state="${state}"]`).filter({ hasText: name });
}

/** Waits until the run in front has come to its end. */
export async function runEnded(page: Page): Promise<void> {
  await shown(page).locator('[data-run="ended"]').waitFor();
}

/** What stands in the tab in front; the others are kept, but hidden. */
export function shown(page: Page): Locator {
  return page.getByRole('main').locator('[role="tabpanel"]:visible').first();
}

/** Brings the history to the front with an entry of it unfolded. */
export async function unfoldEntry(page: Page, seq: number): Promise<Locator> {
  await openFromSide(page, 'History');
  const entry = shown(page).locator(`[data-seq="${seq}"]`);
  await entry.waitFor();
  const toggle = entry.locator('[data-toggle]');
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  await entry.getByRole('group', { name: 'Actions for this entry' }).waitFor();
  return entry;
}
