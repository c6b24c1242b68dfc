/** Many records at once: selecting them, editing them together as one step, taking the step back. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Bridge } from '../../shared/contract/contract';
import type { ConnectionId } from '../../shared/model/connection';
import { openAgain, openFromSide, openOffice, shown, storedChange } from './harness';

declare const window: { readonly patchbay: Bridge };

it('selects by box, range and keyboard, keeps what is not shown, and shows only what is selected', async () => {
  const { page, pbx } = await openOffice();
  await openFromSide(page, 'Tehran PBX');
  const ids = pbx.records().map((one) => String(one._id));
  await rows(page).nth(1).locator('[data-tick]').click();
  await rows(page)
    .nth(4)
    .locator('[data-tick]')
    .click({ modifiers: ['Shift'] });
  await rows(page)
    .nth(6)
    .click({ modifiers: ['Control'] });
  await expect.poll(() => selectedRows(page)).toEqual([ids[1], ids[2], ids[3], ids[4], ids[6]]);
  await bar(page, 5).waitFor();

  // With the keyboard: the hand is on the seventh row, two more down are taken in, one is let go of again.
  const grid = shown(page).getByRole('grid');
  await grid.focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowUp');
  await expect.poll(() => selectedRows(page)).toEqual([ids[1], ids[2], ids[3], ids[4], ids[6], ids[7]]);
  await page.keyboard.press('Space');
  await bar(page, 5).waitFor();
  expect(await grid.getAttribute('aria-multiselectable')).toBe('true');

  // Letters go to the filter; what it hides stays selected and is counted.
  await page.keyboard.type(String(pbx.records()[2]?.number));
  await expect.poll(() => rows(page).count()).toBe(1);
  await bar(page, 5).getByText('4 of them not shown').waitFor();
  await shown(page).getByRole('button', { name: 'Clear the filter' }).first().click();
  await bar(page, 5).getByRole('button', { name: 'Only selected' }).click();
  await expect.poll(() => rows(page).count()).toBe(5);

  await grid.focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Bulk edit…' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('menuitem').count()).toBe(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => shown(page).locator('[data-selection]').count()).toBe(0);
  await expect.poll(() => rows(page).count()).toBe(ids.length);
  expect(await selectedRows(page)).toEqual([]);
});

it('edits a range together: count, text of fields and replace are counted live, prepared and taken back as one', async () => {
  const { page, pbx, pbxConnection } = await openOffice();
  await openFromSide(page, 'Tehran PBX');
  const chosen = pbx.records().slice(2, 6);
  const ids = chosen.map((one) => String(one._id));
  await rows(page).nth(2).locator('[data-tick]').click();
  await rows(page)
    .nth(5)
    .locator('[data-tick]')
    .click({ modifiers: ['Shift'] });
  await bar(page, 4).getByRole('button', { name: 'Bulk edit…' }).click();
  await shown(page).getByRole('heading', { name: 'Bulk edit: 4 extensions' }).waitFor();
  // All have other numbers, so there is no value to show; nothing is overwritten yet.
  await rule(page, 'number').locator('[data-various]').waitFor();
  await shown(page).getByText('No field is overwritten').waitFor();

  await overwrite(page, 'name', 'Text from fields');
  await rule(page, 'name').locator('[data-field="name"]').fill('Desk ');
  await rule(page, 'name').getByRole('button', { name: 'Insert Number' }).click();
  await overwrite(page, 'cid_number', 'Number series');
  await rule(page, 'cid_number').locator('[data-field="cid_number"]').fill('0098');
  expect(await rule(page, 'cid_number').locator('[data-example]').innerText()).toContain('0098, 0099, 0100');
  await settled(page, '4 differ');
  const titles = shown(page).locator('[data-row]');
  await expect.poll(() => titles.count()).toBe(4);
  expect(await titles.nth(2).innerText()).toMatch(/0100/);
  expect(await titles.nth(0).innerText()).toContain(`Desk ${chosen[0]?.number}`);

  // A value that cannot be is seen before anything is prepared.
  await rule(page, 'cid_number').locator('[data-field="cid_number"]').fill('number');
  await settled(page, '0 differ · 4 invalid');
  await rule(page, 'cid_number').locator('[data-field="cid_number"]').fill('0098');
  await settled(page, '4 differ');

  await shown(page).locator('[data-prepare]').click();
  await shown(page).locator('[data-prepared="4"]').waitFor();
  const prepared = await Promise.all(ids.map((id) => storedChange(page, pbxConnection.id, id)));
  expect(prepared.map((change) => edits(change))).toEqual(
    chosen.map((one, at) => ({
      name: `Desk ${one.number}`,
      cid_number: ['0098', '0099', '0100', '0101'][at],
    })),
  );

  // A second step builds on what is prepared.
  await shown(page).getByRole('button', { name: 'Keep editing' }).click();
  await settled(page, '0 differ · 4 unchanged');
  await keep(page, 'cid_number');
  await how(page, 'name', 'Find and replace');
  await rule(page, 'name').locator('[data-field="name"]').fill('desk');
  await rule(page, 'name').getByRole('textbox', { name: 'Replace with' }).fill('Room');
  await settled(page, '4 differ');
  await shown(page).locator('[data-prepare]').click();
  await shown(page).locator('[data-prepared="4"]').waitFor();
  expect(edits(await storedChange(page, pbxConnection.id, ids[0] ?? ''))?.name).toBe(
    `Room ${chosen[0]?.number}`,
  );
  await shown(page).getByRole('button', { name: 'Undo this step' }).click();
  await shown(page).getByText('4 fields are undone.').waitFor();
  expect(edits(await storedChange(page, pbxConnection.id, ids[0] ?? ''))?.name).toBe(
    `Desk ${chosen[0]?.number}`,
  );

  // The first step is in the work order, and is taken back there as one.
  await openFromSide(page, 'Work orders');
  const steps = shown(page).locator('[data-step]');
  await expect.poll(() => steps.count()).toBe(2);
  await steps.last().getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
  await steps.last().getByText('8 fields are undone.').waitFor();
  expect(await Promise.all(ids.map((id) => storedChange(page, pbxConnection.id, id)))).toEqual(
    ids.map(() => null),
  );
});

it('keeps or overwrites each field, and has the rules again after it was killed', async () => {
  const first = await openOffice();
  const { page } = first;
  await openFromSide(page, 'Message panel');
  await rows(page).first().waitFor();
  await shown(page).getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await bar(page, 8).getByRole('button', { name: 'Bulk edit…' }).click();
  await shown(page).locator('[data-bulk="8"]').waitFor();

  await overwrite(page, 'company', 'One value for all');
  await rule(page, 'company').getByText('Nothing changes until you set a value.').waitFor();
  expect(await storedRules(page, first.panelConnection.id)).toEqual([]);
  // It says nothing yet, and is there again all the same when its page is.
  await shown(page)
    .getByRole('tab', { name: /^Access/ })
    .click();
  await rule(page, 'company').waitFor({ state: 'detached' });
  await shown(page)
    .getByRole('tab', { name: /^Profile/ })
    .click();
  expect(await rule(page, 'company').getAttribute('data-rule')).toBe('set');
  await rule(page, 'company').locator('[data-field="company"]').fill('Behin');
  await shown(page)
    .getByRole('tab', { name: /^Access/ })
    .click();
  await overwrite(page, 'expire_time', 'Move the day');
  await rule(page, 'expire_time').getByRole('textbox', { name: 'Days' }).fill('30');
  await overwrite(page, 'password', 'One value for all');
  await rule(page, 'password').locator('[data-field="password"]').pressSequentially('Aa1!bulk-canary');
  // A password that is stored by half breaks the panel's rule: all of it is stored once nothing is invalid.
  await settled(page, '8 differ');
  await expect
    .poll(() => storedRules(page, first.panelConnection.id))
    .toEqual([
      { field: 'company', rule: { rule: 'set', value: 'Behin' } },
      { field: 'expire_time', rule: { rule: 'days', days: 30, from: 'later' } },
      { field: 'password', rule: { rule: 'set', value: { secret: 'set' } } },
    ]);
  await first.kill9();

  const again = await openAgain(first);
  await shown(again.page).getByRole('heading', { name: 'Bulk edit: 8 users' }).waitFor();
  await settled(again.page, '8 differ');
  const company = rule(again.page, 'company').locator('[data-field="company"]');
  expect(await company.inputValue()).toBe('Behin');
  await keep(again.page, 'company');
  await expect
    .poll(async () => (await storedRules(again.page, first.panelConnection.id)).map((one) => one.field))
    .toEqual(['expire_time', 'password']);
  await shown(again.page)
    .getByRole('tab', { name: /^Access/ })
    .click();
  // The secret is there, and not to be seen.
  expect(await rule(again.page, 'password').locator('[data-field="password"]').inputValue()).toBe('••••••••');
  expect(await shown(again.page).innerText()).not.toContain('bulk-canary');
});

it('selects 10,000 at once and prepares an edit of all of them', async () => {
  const { page } = await openOffice({ pbx: { size: 10_000 } });
  await openFromSide(page, 'Tehran PBX');
  await rows(page).first().waitFor();
  await shown(page).getByRole('checkbox', { name: 'Select all that are shown' }).click();
  await bar(page, 10_000).getByRole('button', { name: 'Bulk edit…' }).click();
  await shown(page).locator('[data-bulk="10000"]').waitFor();
  // Two fields make a row higher than one.
  await overwrite(page, 'name', 'Text from fields');
  await rule(page, 'name').locator('[data-field="name"]').fill('Desk {number}');
  await overwrite(page, 'email', 'Text from fields');
  await rule(page, 'email').locator('[data-field="email"]').fill('u{number}@behin.example');
  await settled(page, '10,000 differ');
  // Rows that are worked out anew stand below each other as before, also where none of them gets another height.
  for (const letter of ['v', 'w', 'x']) {
    await rule(page, 'email').locator('[data-field="email"]').fill(`${letter}{number}@behin.example`);
    await shown(page).locator('[data-row]').first().getByText(`${letter}1`, { exact: false }).waitFor();
    await expect.poll(() => overlapping(page)).toEqual([]);
  }
  await settled(page, '10,000 differ');
  await shown(page).locator('[data-prepare]').click();
  await shown(page).locator('[data-prepared="10000"]').waitFor();
  const order = await page.evaluate(() => window.patchbay.workOrders.current());
  expect(order.ok && order.value.changes).toBe(10_000);
});

/** Rows of the preview that are drawn over the one before them. */
function overlapping(page: Page): Promise<(string | null)[]> {
  return shown(page)
    .locator('[data-row]')
    .evaluateAll((found) => {
      const places = found
        .map((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return { row: row.getAttribute('data-row'), top, bottom };
        })
        .sort((a, b) => a.top - b.top);
      return places
        .filter((one, at) => one.top < (places[at - 1]?.bottom ?? Number.NEGATIVE_INFINITY) - 1)
        .map(({ row }) => row);
    });
}

function rows(page: Page): Locator {
  return page.locator('[data-record]:visible');
}

function selectedRows(page: Page): Promise<(string | null)[]> {
  return page
    .locator('[data-record][aria-selected="true"]:visible')
    .evaluateAll((found) => found.map((row) => row.getAttribute('data-record')));
}

/** The bar that says so many are selected. */
function bar(page: Page, count: number): Locator {
  return shown(page).locator(`[data-selection="${count}"]`);
}

function rule(page: Page, field: string): Locator {
  return shown(page).locator(`[data-rule-field="${field}"]`);
}

/** Switches a field on and chooses how it is overwritten. */
async function overwrite(page: Page, field: string, rulesName: string): Promise<void> {
  await rule(page, field).getByRole('switch').press('Space');
  await how(page, field, rulesName);
}

async function keep(page: Page, field: string): Promise<void> {
  await rule(page, field).getByRole('switch').press('Space');
}

async function how(page: Page, field: string, rulesName: string): Promise<void> {
  const chooser = rule(page, field).locator('[data-chooser]');
  if ((await chooser.inputValue()) === rulesName) return;
  await chooser.click();
  await page.getByRole('option', { name: rulesName }).click();
}

/** Waits until what the rules come to is worked out, and is this. */
async function settled(page: Page, words: string): Promise<void> {
  await shown(page).locator('[data-live="settled"]').getByText(words, { exact: true }).waitFor();
}

async function storedRules(page: Page, connectionId: ConnectionId) {
  const answer = await page.evaluate((id) => window.patchbay.bulk.draft({ connectionId: id }), connectionId);
  if (!answer.ok) throw new Error(`bulk.draft: ${answer.problem.code}`);
  return answer.value?.rules ?? [];
}

function edits(change: Awaited<ReturnType<typeof storedChange>>) {
  return change && Object.fromEntries(change.fields.map(({ field, next }) => [field, next]));
}
