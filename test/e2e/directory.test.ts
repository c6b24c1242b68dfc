/** The directory of a connection: syncing it, finding one's way in it, and having it offline. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openAgain, openFromSide, openOffice, shown } from './harness';

it('shows how far a sync is, and Cancel stops it with what was stored before left as it was', async () => {
  const { page, panel } = await openOffice({ panel: { size: 2_500 }, synced: false });
  await openFromSide(page, 'Message panel');
  // Three pages of a thousand; the second one never comes.
  const held = panel.failNext('hangBeforeApply', { path: '/user/list', nth: 2 });
  await syncButton(page).click();
  const words = shown(page).getByText(/^Reading [1-9][\d,]* of 2,500$/);
  await words.waitFor();
  await page
    .getByRole('contentinfo')
    .getByText(/Syncing Message panel: [\d,]+ of 2,500/)
    .waitFor();
  await expect.poll(() => held.hits()).toBe(1);
  await shown(page)
    .getByRole('button', { name: /^Cancel the sync/ })
    .click();
  await syncButton(page).waitFor();
  await shown(page).getByText('Never synced').first().waitFor();
  expect(await page.locator('[data-record]:visible').count()).toBe(0);
  // Who cancels knows it: no problem is shown.
  expect(await shown(page).locator('[data-problem]').count()).toBe(0);

  await syncButton(page).click();
  await expect.poll(() => count(page)).toBe('2,500 users');
});

it('shows a sync that goes on in a window that was loaded anew meanwhile, which can cancel it', async () => {
  const { page, panel } = await openOffice({ panel: { size: 2_500 }, synced: false });
  await openFromSide(page, 'Message panel');
  const held = panel.failNext('hangBeforeApply', { path: '/user/list', nth: 2 });
  await syncButton(page).click();
  await expect.poll(() => held.hits()).toBe(1);
  // Nothing more is told of it from here on: the new window has to ask.
  await page.reload();
  await page
    .getByRole('contentinfo')
    .getByText(/Syncing Message panel: [\d,]+ of 2,500/)
    .waitFor();
  await shown(page)
    .getByRole('button', { name: /^Cancel the sync/ })
    .click();
  await syncButton(page).waitFor();
  expect(await shown(page).locator('[data-problem]').count()).toBe(0);
});

it('filters over all columns, sorts both ways, and remembers the columns over a restart', async () => {
  const first = await openOffice();
  const { page, pbx } = first;
  const numbers = pbx.records().map((one) => String(one.number));
  await openFromSide(page, 'Tehran PBX');
  await page.locator('[data-record]:visible').first().waitFor();

  const wanted = pbx.records()[4];
  await shown(page)
    .getByRole('textbox', { name: /filter/i })
    .fill(String(wanted?.number));
  await expect.poll(() => visibleIds(page)).toEqual([String(wanted?._id)]);
  await shown(page)
    .getByRole('textbox', { name: /filter/i })
    .fill('no such thing');
  await shown(page).getByText('Nothing found').waitFor();
  await shown(page).getByRole('button', { name: 'Clear the filter' }).last().click();

  const heading = shown(page).locator('[role="columnheader"][data-column="number"]');
  const byNumber = [...pbx.records()]
    .sort((a, b) => Number(a.number) - Number(b.number))
    .map((one) => String(one._id));
  await heading.getByRole('button').click();
  await expect.poll(() => visibleIds(page)).toEqual(byNumber);
  expect(await heading.getAttribute('aria-sort')).toBe('ascending');
  await heading.getByRole('button').click();
  await expect.poll(() => visibleIds(page)).toEqual([...byNumber].reverse());
  expect(new Set(numbers).size).toBe(numbers.length);

  await shown(page).getByRole('button', { name: 'Columns' }).click();
  await page.locator('[data-column="email"]').getByRole('checkbox').check();
  await page.locator('[data-column="active"]').getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  const columns = await headings(page);
  expect(columns).toContain('email');
  expect(columns).not.toContain('active');
  await first.close();

  const again = await openAgain(first);
  await shown(again.page).locator('[role="columnheader"]').first().waitFor();
  expect(await headings(again.page)).toEqual(columns);
});

it('is walked with the keyboard: arrows, Home, End, Enter opens', async () => {
  const { page, pbx } = await openOffice();
  await openFromSide(page, 'Tehran PBX');
  await page.locator('[data-record]:visible').first().waitFor();
  const ids = pbx.records().map((one) => String(one._id));
  const active = () => shown(page).locator('[data-active]').first().getAttribute('data-record');
  const filter = shown(page).getByRole('textbox', { name: /filter/i });
  await filter.focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(active).toBe(ids[0]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(active).toBe(ids[2]);
  await page.keyboard.press('ArrowUp');
  await expect.poll(active).toBe(ids[1]);
  await page.keyboard.press('End');
  await expect.poll(active).toBe(ids.at(-1));
  await page.keyboard.press('Home');
  await expect.poll(active).toBe(ids[0]);
  // A letter typed on the grid goes on in the filter.
  await page.keyboard.type(String(pbx.records()[3]?.number));
  await expect.poll(() => filter.inputValue()).toBe(String(pbx.records()[3]?.number));
  await expect.poll(() => visibleIds(page)).toEqual([ids[3]]);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await shown(page)
    .locator(`[data-editor="${ids[3]}"]`)
    .or(page.locator(`[data-editor="${ids[3]}"]`))
    .first()
    .waitFor();
});

it('draws some dozens of 10,000 extensions, scrolls to the last, and filters them all', async () => {
  const { page, pbx } = await openOffice({ pbx: { size: 10_000 } });
  await openFromSide(page, 'Tehran PBX');
  await page.locator('[data-record]:visible').first().waitFor();
  expect(await count(page)).toBe('10,000 extensions');
  const drawn = () => page.locator('[role="row"]:visible').count();
  expect(await drawn()).toBeLessThan(100);

  const last = pbx.records().at(-1);
  await shown(page).getByRole('grid').focus();
  await page.keyboard.press('End');
  await page.locator(`[data-record="${last?._id}"]:visible`).waitFor();
  expect(await drawn()).toBeLessThan(100);
  await shown(page)
    .getByRole('textbox', { name: /filter/i })
    .fill(String(last?.number));
  await expect.poll(async () => (await visibleIds(page))[0]).toBe(String(last?._id));
  expect(await count(page)).toMatch(/^[1-9][\d,]* of 10,000$/);
});

it('is there to be looked at and edited after its server is gone, and says that it is out of reach', async () => {
  const first = await openOffice();
  const { pbx } = first;
  await first.close();
  await pbx.stop();

  const { page } = await openAgain(first);
  await openFromSide(page, 'Tehran PBX');
  await expect.poll(async () => (await visibleIds(page)).length).toBe(pbx.records().length);
  await syncButton(page).click();
  await shown(page).locator('[data-problem="refused"]').waitFor();
  await shown(page)
    .getByRole('button', { name: /^Out of reach/ })
    .waitFor();
  await page.getByRole('contentinfo').getByText('out of reach').waitFor();
  await page.locator('[data-record]:visible').first().dblclick();
  await shown(page).locator('[data-field="name"]').fill('Edited on the road');
  await shown(page).getByRole('status').filter({ hasText: 'Saved' }).waitFor();
});

function syncButton(page: Page) {
  return shown(page).getByRole('button', { name: /^Sync/ }).first();
}

function count(page: Page): Promise<string> {
  return shown(page).locator('[data-count]').innerText();
}

function headings(page: Page): Promise<(string | null)[]> {
  return shown(page)
    .locator('[role="columnheader"][data-column]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-column')));
}

/** The records on the screen from top to bottom; their order in the document is another. */
function visibleIds(page: Page): Promise<(string | null)[]> {
  return page.locator('[role="row"][data-record]:visible').evaluateAll((rows) =>
    rows
      .map((row) => ({ id: row.getAttribute('data-record'), at: Number(row.getAttribute('aria-rowindex')) }))
      .sort((a, b) => a.at - b.at)
      .map((row) => row.id),
  );
}
