/** Secrets in the editor: typed and forgotten, shown when asked for, copied without being shown. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { field, history, openFromSide, openOffice, openRecord, saved, shown } from './harness';

const typed = 'Typed-Secret-7781';

it('takes a typed secret out of the window when its field is left, and keeps it sealed', async () => {
  const { page } = await openFirst();
  await field(page, 'secret').focus();
  await page.keyboard.type(typed);
  expect(await inWindow(page)).toContain(typed);
  await page.keyboard.press('Tab');
  await field(page, 'email').click();
  await saved(page);
  await expect.poll(() => inWindow(page)).not.toContain(typed);
  await shown(page).locator('[data-change="secret"]').getByText('New secret (stored encrypted)').waitFor();
  // It was kept, and not only forgotten.
  await shown(page).getByRole('button', { name: 'Reveal SIP secret' }).click();
  await expect.poll(() => field(page, 'secret').inputValue()).toBe(typed);
});

it('shows a secret when asked, writes that to the history, and hides it again', async () => {
  const { page, secret, id } = await openFirst();
  expect(await inWindow(page)).not.toContain(secret);
  await shown(page).getByRole('button', { name: 'Reveal SIP secret' }).click();
  await expect.poll(() => field(page, 'secret').inputValue()).toBe(secret);
  const [newest] = await history(page);
  expect(newest).toMatchObject({ type: 'reveal', remoteId: id, fields: [{ field: 'secret' }] });
  await shown(page).getByText('Secret shown').waitFor();
  await shown(page).getByRole('button', { name: 'Hide', exact: true }).click();
  expect(await inWindow(page)).not.toContain(secret);

  // Another tab in front hides it, too.
  await shown(page).getByRole('button', { name: 'Reveal SIP secret' }).click();
  await expect.poll(() => field(page, 'secret').inputValue()).toBe(secret);
  await openFromSide(page, 'History');
  await expect.poll(() => inWindow(page)).not.toContain(secret);
  expect((await history(page)).filter((one) => one.type === 'reveal').length).toBe(2);
});

it('copies a secret without showing it, says when it is cleared, and takes it off the clipboard', async () => {
  const { app, page, secret, id } = await openFirst();
  // The program's own timer, made quick: nobody wants to wait for half a minute here.
  await app.evaluate(() => {
    const timers = globalThis as { setTimeout: typeof setTimeout; clearNow?: () => void };
    const real = timers.setTimeout;
    const held = (work: () => void, ms?: number) => {
      if (ms === 30_000) timers.clearNow = work;
      return real(work, ms);
    };
    timers.setTimeout = Object.assign(held, real);
  });
  await shown(page).getByRole('button', { name: 'Copy SIP secret' }).click();
  await page.getByText('SIP secret copied. The clipboard is cleared in 30 s.').waitFor();
  expect(await inWindow(page)).not.toContain(secret);
  const clipboard = () => app.evaluate((electron) => electron.clipboard.readText());
  expect(await clipboard()).toBe(secret);
  expect((await history(page))[0]).toMatchObject({ type: 'copy', remoteId: id });
  await app.evaluate(() => (globalThis as { clearNow?: () => void }).clearNow?.());
  await expect.poll(clipboard).toBe('');
});

it('generates a secret that is seen until the field is left', async () => {
  const { page } = await openFirst();
  await shown(page).getByRole('button', { name: 'Generate SIP secret' }).click();
  const made = await field(page, 'secret').inputValue();
  expect(made).toMatch(/^[A-Za-z0-9]{20}$/);
  await field(page, 'email').click();
  await saved(page);
  await expect.poll(() => inWindow(page)).not.toContain(made);
});

it('masks options that may hold passwords until they are asked for, and keeps every byte of them', async () => {
  const options = 'fromuser=100\r\npassword=hunter-2-in-options\r\n';
  const { page, pbx, id } = await openFirst({ more_options: options });
  await shown(page)
    .getByRole('tablist', { name: 'Groups of fields' })
    .getByRole('tab', { name: 'Advanced' })
    .click();
  expect(await inWindow(page)).not.toContain('hunter-2-in-options');
  await shown(page).getByRole('button', { name: 'Reveal More options' }).click();
  await expect.poll(() => field(page, 'more_options').inputValue()).toContain('hunter-2-in-options');
  expect((await history(page))[0]).toMatchObject({ type: 'reveal', fields: [{ field: 'more_options' }] });
  await shown(page).getByRole('tab', { name: 'General' }).click();
  await expect.poll(() => inWindow(page)).not.toContain('hunter-2-in-options');
  expect(pbx.record(id)?.more_options).toBe(options);
});

/** Everything that could be read off the window: its markup, and what stands in its inputs. */
async function inWindow(page: Page): Promise<string> {
  const values = await page
    .locator('input, textarea')
    .evaluateAll((all) => all.map((one) => ('value' in one ? String(one.value) : '')));
  return [await page.content(), ...values].join('\n');
}

/** An office with the first extension's editor in front, and what its secret is. */
async function openFirst(patch: Record<string, string> = {}) {
  const office = await openOffice({ synced: false });
  const id = String(office.pbx.records()[0]?._id);
  office.pbx.patch(id, patch);
  await openFromSide(office.page, 'Tehran PBX');
  await shown(office.page).getByRole('button', { name: /^Sync/ }).first().click();
  await openRecord(office.page, id, '');
  return { ...office, id, secret: String(office.pbx.record(id)?.secret) };
}
