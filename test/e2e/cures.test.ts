/** A new connection leads on to its records, and an error offers its cure where it is said. */
import { expect, it } from 'vitest';
import { demoSimotelAccount, startSimotel } from '../simulators';
import {
  dialog,
  fillForm,
  launchPatchbay,
  openFromSide,
  openNewConnection,
  openOffice,
  shown,
} from './harness';

it('a new connection is saved and synced in one, and its records stand in front', async () => {
  const pbx = await startSimotel({ size: 3 });
  const { page } = await launchPatchbay({ locale: 'en' });
  const form = await openNewConnection(page);
  await fillForm(form, {
    name: 'Karaj PBX',
    baseUrl: pbx.url,
    credentials: { user: demoSimotelAccount.user, password: demoSimotelAccount.password },
  });
  await form.getByRole('button', { name: 'Save and sync' }).click();
  await form.waitFor({ state: 'detached' });
  await expect.poll(() => shown(page).locator('[data-record]').count()).toBe(3);
  await pbx.stop();
});

it('a sync that finds no server offers to try again and to edit the connection', async () => {
  const { page, pbx } = await openOffice({ pbx: { size: 3 }, panel: { size: 1 } });
  await openFromSide(page, 'Tehran PBX');
  await pbx.stop();
  await shown(page).getByRole('button', { name: /^Sync/ }).click();
  const alert = shown(page).locator('[data-problem]');
  await alert.waitFor();
  await alert.getByRole('button', { name: 'Edit connection' }).click();
  await dialog(page).getByText('Edit Tehran PBX').waitFor();
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await alert.getByRole('button', { name: 'Try again' }).click();
  await alert.waitFor();
});
