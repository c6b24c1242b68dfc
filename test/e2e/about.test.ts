/** What the program says of itself: its licences, and updates, which are looked for by hand only. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { launchPatchbay, shown } from './harness';

async function openSettings(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').waitFor();
  await page.getByRole('banner').getByRole('button', { name }).click();
  await shown(page).getByRole('heading', { name }).waitFor();
}

it('shows the licence of every part, found by its name and by its text', async () => {
  const { page } = await launchPatchbay({ locale: 'en' });
  await openSettings(page, 'Settings');
  await shown(page).getByRole('button', { name: 'Licences of its parts' }).click();
  const dialog = page.getByRole('dialog');
  const parts = dialog.getByRole('list', { name: 'Licences of its parts' }).getByRole('button');
  // One of each build, the native parts, and what Electron brings.
  for (const name of [
    'zod',
    'react-dom',
    'undici',
    '@github/keytar',
    'SQLite',
    'Electron',
    'node-gyp-build',
  ]) {
    await dialog.getByLabel('Search in names and texts').fill(name);
    await parts.filter({ hasText: name }).first().waitFor();
  }
  await dialog.getByLabel('Search in names and texts').fill('do good and not evil');
  // By its licence too: other parts have the name in theirs while the list is not filtered yet.
  await parts.filter({ hasText: 'SQLite' }).filter({ hasText: 'Public domain' }).click();
  await dialog.getByRole('region', { name: 'SQLite' }).getByText('share freely').waitFor();
  await dialog.getByLabel('Search in names and texts').fill('there is no such licence');
  await dialog.getByText('No part has this in its name or licence.').waitFor();
});

it('asks for updates only where an https address was set, and shows notes as text that cannot turn or hide', async () => {
  const { app, page } = await launchPatchbay({ locale: 'en' });
  await openSettings(page, 'Settings');
  const row = shown(page).getByRole('region', { name: 'Updates' });
  const check = row.getByRole('button', { name: 'Check for updates' });
  await row.getByText('No address is set, so nothing is asked.').waitFor();
  expect(await check.isDisabled()).toBe(true);
  const feed = row.locator('[data-field="feed"]');
  await feed.fill('http://releases.example.org/latest');
  await row.getByRole('button', { name: 'Save' }).click();
  await row.locator('[data-problem="update-address"]').waitFor();
  // A port that nobody listens on.
  await feed.fill('https://127.0.0.1:9/latest');
  await row.getByRole('button', { name: 'Save' }).click();
  await row.getByText('The address is saved.').waitFor();
  await check.click();
  await row.locator('[data-problem="refused"]').waitFor();

  await app.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('patchbay:about.check');
    ipcMain.handle('patchbay:about.check', () => ({
      ok: true,
      value: {
        current: '0.1.0',
        newest: '0.2.0',
        newer: true,
        published: 1_790_000_000_000,
        notes: '<img src=x onerror=alert(1)>\nabc\u202efdp.exe\nتازه‌ها',
        page: 'https://releases.example.org/0.2.0',
      },
    }));
  });
  await check.click();
  const found = row.locator('[data-update="newer"]');
  await found.getByText(/Version .*0\.2\.0.* is out/).waitFor();
  await found.getByText('<img src=x onerror=alert(1)>').waitFor();
  expect(await found.locator('img').count()).toBe(0);
  expect(await found.locator('[data-unseen]').count()).toBe(1);
  expect(await found.locator('[data-update-page]').innerText()).toBe('https://releases.example.org/0.2.0');
  expect(await found.locator('a').count()).toBe(0);
});

it('says all of it in Persian', async () => {
  const { page } = await launchPatchbay({ locale: 'fa' });
  await openSettings(page, 'تنظیمات');
  await shown(page).getByRole('region', { name: 'به‌روزرسانی' }).getByText('آدرس وارد نشده است').waitFor();
  await shown(page).getByRole('button', { name: 'مجوز بخش‌های برنامه' }).click();
  await page.getByRole('dialog').getByText(/بخش$/).waitFor();
});
