/** Without a mouse: where the focus goes by itself, and what the keys do. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  dialog,
  field,
  openFromSide,
  openOffice,
  openRecord,
  planAll,
  prepare,
  runEnded,
  shown,
  storedNext,
} from './harness';

/** What has the focus, in a few words. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const one = document.activeElement;
    const part = (name: string) => one?.closest(`[${name}]`)?.getAttribute(name);
    if (!one || one === document.body) return 'nothing';
    if (one.getAttribute('role') === 'grid') return 'grid';
    const control = part('data-field');
    if (control) return `field ${control}`;
    if (one.hasAttribute('data-row-at')) return `row ${one.getAttribute('data-row-at')}`;
    return one.getAttribute('aria-label') || one.textContent || one.tagName;
  });
}

it('every view that is opened has the focus on its first useful thing, and gets it back where it was', async () => {
  const { page, pbx, pbxConnection } = await openOffice();
  const [first] = pbx.records();
  await prepare(page, pbxConnection.id, String(first?._id), { name: 'Reception' });
  await openFromSide(page, 'Tehran PBX');
  await expect.poll(() => focused(page)).toBe('grid');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^field /);
  await page.keyboard.press('Tab');
  const second = await focused(page);
  expect(second).toMatch(/^field /);
  await page.keyboard.press('Control+PageUp');
  await expect.poll(() => focused(page)).toBe('grid');
  await page.keyboard.press('Control+PageDown');
  await expect.poll(() => focused(page)).toBe(second);
  await planAll(page);
  await expect.poll(() => focused(page)).toBe('row 1');
  await openFromSide(page, 'Work orders');
  await expect.poll(() => focused(page)).toBe('row 0');
  await page.keyboard.press('Control+,');
  await expect.poll(() => focused(page)).not.toBe('nothing');
  await page.keyboard.press('Control+w');
  await expect.poll(() => focused(page)).toBe('row 0');
  await page.keyboard.press('Control+Shift+T');
  await shown(page).getByRole('heading', { name: 'Settings' }).waitFor();
});

it('every dialog begins on its own first thing and gives the focus back, from a button, a menu, the palette and keys', async () => {
  const { page } = await openOffice();
  await openFromSide(page, 'Tehran PBX');
  await expect.poll(() => focused(page)).toBe('grid');
  await page.keyboard.press('Control+n');
  await expect.poll(() => focused(page)).toMatch(/^field /);
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('grid');
  for (const [typed, title] of [
    ['Edit connection Tehran', /Edit Tehran/],
    ['Export Tehran', /Export/],
    ['New template', /New template/],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText(typed);
    await page.getByRole('option', { name: new RegExp(typed) }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: title }).waitFor();
    await expect.poll(() => focused(page)).not.toMatch(/^(nothing|Close|Cancel)$/);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('grid');
  }
  const more = page.getByRole('navigation').getByRole('button', { name: 'Actions for Tehran PBX' });
  await more.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Remove…' }).focus();
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await expect.poll(() => focused(page)).toBe('Actions for Tehran PBX');
});

it('the plan is one stop for Tab: arrows walk, Space ticks, F8 goes to the next conflict, keys apply', async () => {
  const { page, pbx, pbxConnection } = await openOffice();
  const ids = pbx.records().map((record) => String(record._id));
  for (const id of ids.slice(0, 6)) await prepare(page, pbxConnection.id, id, { email: 'new@behin.example' });
  pbx.patch(ids[4] ?? '', { email: 'somebody@else.example' });
  await planAll(page);
  await expect.poll(() => focused(page)).toMatch(/^row /);
  const row = () => shown(page).locator('[data-row-at][tabindex="0"]');
  expect(await row().count()).toBe(1);
  const ready = shown(page).locator('[data-status="ready"] input[type="checkbox"]');
  const ticked = () =>
    ready.evaluateAll((all) => all.filter((one) => (one as HTMLInputElement).checked).length);
  await expect.poll(ticked).toBe(5);
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await expect.poll(ticked).toBeLessThanOrEqual(5);
  await page.keyboard.press('F8');
  await expect.poll(() => row().locator('[data-record][data-status="conflict"]').count()).toBe(1);
  // Into the row and back, without Tab.
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).not.toMatch(/^row /);
  await page.keyboard.press('Escape');
  expect(await focused(page)).toMatch(/^row /);
  await page.keyboard.press('Control+f');
  await page.keyboard.insertText(String(pbx.record(ids[2] ?? '')?.number));
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => row().locator(`[data-record="${ids[2]}"]`).count()).toBe(1);
  await expect.poll(() => focused(page)).toMatch(/^row /);
  // Tab leaves the list, to the button below it.
  await page.keyboard.press('Tab');
  expect(await focused(page)).toMatch(/^Apply/);
  await page.keyboard.press('Control+Enter');
  await dialog(page).waitFor();
  expect(await focused(page)).toBe('Cancel');
  await page.keyboard.press('Control+Enter');
  await runEnded(page);
  await expect.poll(() => focused(page)).toMatch(/^row /);
});

it('what is beside a field is no stop on the way, and has keys: F1 says what it is for, another undoes it', async () => {
  const { page, pbx, pbxConnection } = await openOffice();
  const [first] = pbx.records();
  const id = String(first?._id);
  await openFromSide(page, 'Tehran PBX');
  await openRecord(page, id, String(first?.number));
  await field(page, 'name').fill('Reception');
  await expect.poll(() => storedNext(page, pbxConnection.id, id, 'name')).toBe('Reception');
  expect(
    await shown(page)
      .locator('[data-field-info], [data-undo]')
      .evaluateAll((all) => all.filter((one) => (one as HTMLElement).tabIndex !== -1).length),
  ).toBe(0);
  await page.keyboard.press('F1');
  await dialog(page).getByText('name', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await expect.poll(() => focused(page)).toBe('field name');
  await page.keyboard.press('Alt+Backspace');
  await expect.poll(() => storedNext(page, pbxConnection.id, id, 'name')).toBeUndefined();
  await page.keyboard.press('Alt+2');
  await expect
    .poll(() => shown(page).locator('[data-page]').nth(1).getAttribute('aria-selected'))
    .toBe('true');
  await expect.poll(() => focused(page)).toMatch(/^field /);
});

it('keys are listed for the view, shown where they do something, and can be others, unless they are taken', async () => {
  const { page } = await openOffice();
  await openFromSide(page, 'Tehran PBX');
  await expect.poll(() => focused(page)).toBe('grid');
  await page.keyboard.press('Shift+?');
  const sheet = page.getByRole('dialog', { name: 'Shortcuts of this view' });
  await sheet.locator('[data-shortcut="sync"]').getByText('F5').waitFor();
  expect(await sheet.locator('[data-shortcut="apply"]').count()).toBe(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('grid');
  await page.keyboard.press('Control+b');
  await page.getByRole('navigation').waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+b');
  await page.getByRole('navigation').waitFor();

  await page.keyboard.press('Control+k');
  await page.keyboard.insertText('Shortcuts');
  await page.getByRole('option', { name: 'Shortcuts', exact: true }).click();
  const own = shown(page).locator('[data-shortcut="history"]');
  const change = own.getByRole('button').first();
  await change.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+n');
  await own.getByRole('alert').getByText('New work order').waitFor();
  await page.keyboard.press('Control+Shift+H');
  await expect.poll(() => change.innerText()).toBe('Ctrl Shift H');
  await page.keyboard.press('Control+Shift+H');
  await shown(page).getByRole('heading', { name: 'History' }).waitFor();
  await page.keyboard.press('Control+k');
  const line = page.getByRole('option', { name: /^History/ });
  await expect.poll(() => line.innerText()).toContain('Ctrl Shift H');
});
