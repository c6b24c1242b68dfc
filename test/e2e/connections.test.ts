/** Adding, editing, duplicating and removing connections through the window. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  dialog,
  fillForm,
  fromMenu,
  launchPatchbay,
  openAgain,
  openFromSide,
  openNewConnection,
  openOffice,
  prepare,
  saveForm,
  storedChange,
} from './harness';

it('adds a connection, groups it under its site, and has it after a restart with all that was typed', async () => {
  const first = await launchPatchbay({ locale: 'en' });
  const form = await openNewConnection(first.page);
  // Without a name and an address nothing is saved, and each field says what it misses.
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.getByText('Name: type one').waitFor();
  await form.getByText('Address: type the address').waitFor();
  await fillForm(form, {
    name: 'کرج · Karaj',
    site: 'Karaj Hospital',
    baseUrl: '192.168.51.20',
    login: 'Both',
    timeoutSeconds: '۷',
  });
  await form.locator('[data-field="tag"]').fill('KRJ');
  await saveForm(form);
  const site = first.page.getByRole('navigation').getByRole('region', { name: 'Karaj Hospital' });
  await site.getByText('کرج · Karaj').waitFor();
  await first.close();

  const { page } = await openAgain(first);
  await fromMenu(page, 'کرج · Karaj', 'Edit…');
  const again = dialog(page);
  const value = (name: string) => again.locator(`[data-field="${name}"]`).inputValue();
  expect(await value('name')).toBe('کرج · Karaj');
  expect(await value('baseUrl')).toBe('http://192.168.51.20/api/v4');
  expect(await value('timeoutMs')).toBe('7');
  expect(await value('tag')).toBe('KRJ');
  expect(await again.locator('[data-field="authMode"] input:checked').inputValue()).toBe('both');
});

it('edits a connection, and asks before it throws away what was typed', async () => {
  const { page } = await openOffice({ synced: false });
  await fromMenu(page, 'Tehran PBX', 'Edit…');
  const form = dialog(page);
  await form.locator('[data-field="name"]').fill('Tehran main');
  await page.keyboard.press('Escape');
  await form.getByText('Throw away what you typed?').waitFor();
  await form.getByRole('button', { name: 'Keep editing' }).click();
  expect(await form.locator('[data-field="name"]').inputValue()).toBe('Tehran main');
  const address = form.locator('[data-field="baseUrl"]');
  const before = await address.inputValue();
  await address.fill('http://127.0.0.1:9');
  await form.locator('[data-url-moved]').waitFor();
  await address.fill(before);
  await form.locator('[data-url-moved]').waitFor({ state: 'detached' });
  await saveForm(form);
  await expect.poll(() => listed(page)).toEqual(['Message panel', 'Tehran main']);
});

it('duplicates a connection with its settings and without its credentials', async () => {
  const { page, pbx } = await openOffice({ synced: false });
  await fromMenu(page, 'Tehran PBX', 'Duplicate…');
  await dialog(page).locator('[data-field="name"]').fill('Shiraz PBX');
  await dialog(page).getByRole('button', { name: 'Duplicate', exact: true }).click();
  await page.getByRole('heading', { name: 'Edit Shiraz PBX' }).waitFor();
  const form = dialog(page);
  expect(await form.locator('[data-field="baseUrl"]').inputValue()).toContain(pbx.url);
  await form.locator('[data-credential="password"][data-where="nowhere"]').waitFor();
  await expect
    .poll(async () => (await listed(page)).sort())
    .toEqual(['Message panel', 'Shiraz PBX', 'Tehran PBX']);
});

it('says how many prepared changes a removal would lose; Cancel keeps all, and removing closes its tabs', async () => {
  const { page, pbx, pbxConnection } = await openOffice();
  const ids = pbx.records().map((one) => String(one._id));
  const [one = '', two = ''] = ids;
  await prepare(page, pbxConnection.id, one, { name: 'One' });
  await prepare(page, pbxConnection.id, two, { name: 'Two' });
  await openFromSide(page, 'Tehran PBX');
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab', { name: /Tehran PBX/ });
  await tabs.waitFor();

  await fromMenu(page, 'Tehran PBX', 'Remove…');
  await dialog(page).getByText('2 prepared changes will be lost').waitFor();
  await dialog(page).getByText(`${ids.length} records kept on this computer are deleted`).waitFor();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  expect(await storedChange(page, pbxConnection.id, one)).not.toBeNull();

  await fromMenu(page, 'Tehran PBX', 'Remove…');
  await dialog(page).getByRole('button', { name: 'Remove Tehran PBX' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  await expect.poll(() => listed(page)).toEqual(['Message panel']);
  expect(await tabs.count()).toBe(0);
  // Nothing was asked of the server.
  expect(pbx.records().length).toBe(ids.length);
});

/** The connections in the side list, in its order; a dialog in front hides the list from names, not from this. */
function listed(page: Page): Promise<string[]> {
  return page.locator('nav [data-connection] bdi').allInnerTexts();
}
