/** Templates, records side by side, and settings copied to others: each ends in a bulk edit that is looked at first. */
import type { Locator, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import type { Bridge } from '../../shared/contract/contract';
import type { Connection } from '../../shared/model/connection';
import { connect, demoPbx } from '../demo/connect';
import { demoSimotelAccount, type SimotelSimulator, startSimotel } from '../simulators';
import { dialog, openFromSide, openOffice, openRecord, shown, storedNext } from './harness';

declare const window: { readonly patchbay: Bridge };

it('makes a template of a record, applies it to a selection, and finds what drifted in the directory', async () => {
  const { page, pbx, pbxConnection } = await openOffice();
  const [model, first, second] = idsOf(pbx);
  patchAll(pbx, { call_record: 'no', call_limit: '3' });
  pbx.patch(model, { call_record: 'yes', call_limit: '9' });
  await sync(page, pbxConnection);
  await openFromSide(page, 'Tehran PBX');
  await openRecord(page, model, String(pbx.record(model)?.number));

  await fromEditorMenu(page, 'Save as template…');
  const save = dialog(page);
  await save.locator('[data-field="name"]').fill('Recorded');
  // What says which record it is is not in it unless asked for.
  expect(await field(save, 'number').isChecked()).toBe(false);
  expect(await field(save, 'call_record').isChecked()).toBe(true);
  expect(await save.locator('[data-choose-field="secret"]').count()).toBe(0);
  await save.getByRole('button', { name: 'None', exact: true }).click();
  await field(save, 'call_record').check();
  await field(save, 'call_limit').check();
  await save.getByRole('button', { name: 'Save template' }).click();
  await save.waitFor({ state: 'detached' });

  await openFromSide(page, 'Templates');
  await shown(page).locator('[data-rule-field="call_limit"][data-rule="set"]').waitFor();
  expect(await shown(page).locator('[data-rule]').count()).toBe(2);

  await selectOf(page, pbxConnection, [first, second]);
  await shown(page).getByRole('button', { name: 'Apply to records…' }).click();
  await dialog(page).getByText('Those selected in the directory: 2 extensions').waitFor();
  await dialog(page).getByRole('button', { name: 'See what differs' }).click();
  await differs(page, 2);
  await prepare(page);
  expect(await storedNext(page, pbxConnection.id, first, 'call_record')).toBe('yes');
  expect(await storedNext(page, pbxConnection.id, second, 'call_limit')).toBe('9');
  expect(await storedNext(page, pbxConnection.id, model, 'call_record')).toBeUndefined();

  // What is prepared already has not drifted; the rest of the directory has.
  await openFromSide(page, 'Templates');
  await shown(page).getByRole('button', { name: 'Compare records with it…' }).click();
  await dialog(page).getByText('The whole directory: 12 extensions').waitFor();
  await dialog(page).getByRole('button', { name: 'See what differs' }).click();
  await differs(page, 9);
  // Nothing of all this was sent.
  expect(pbx.log.filter((entry) => entry.path.endsWith('/update'))).toEqual([]);
});

it('lays the same extension of two PBXs side by side, makes one like the other, and copies settings by number', async () => {
  const { page, pbx, pbxConnection } = await openOffice();
  const karaj = await startSimotel({ size: 12 });
  onTestFinished(() => karaj.stop());
  patchAll(pbx, { nat: 'no', call_record: 'no' });
  patchAll(karaj, { nat: 'yes', call_record: 'yes' });
  const wanted = demoPbx(karaj.url, demoSimotelAccount);
  const other = await connect(page, { ...wanted, draft: { ...wanted.draft, name: 'Karaj PBX' } });
  await sync(page, pbxConnection);
  await sync(page, other);
  const [here] = idsOf(pbx);
  const number = String(pbx.record(here)?.number);
  const there = String(karaj.records().find((one) => one.number === pbx.record(here)?.number)?._id);
  await openFromSide(page, 'Tehran PBX');
  await openRecord(page, here, number);

  await fromEditorMenu(page, 'The same on other servers');
  await shown(page).locator('[data-compare="2"]').waitFor();
  const row = (name: string) => shown(page).locator(`[data-compare-field="${name}"]`);
  await row('nat').and(shown(page).locator('[data-differs]')).waitFor();
  expect(await row('number').getAttribute('data-differs')).toBeNull();
  await shown(page).getByRole('checkbox', { name: 'Only differences' }).check();
  await row('number').waitFor({ state: 'detached' });

  await shown(page)
    .locator('[data-compared]')
    .first()
    .getByRole('button', { name: /^Actions of/ })
    .click();
  await page.getByRole('menuitem', { name: 'Make the others like this…' }).click();
  await dialog(page).getByRole('button', { name: 'None', exact: true }).click();
  await field(dialog(page), 'nat').check();
  await dialog(page).getByRole('button', { name: 'See what differs' }).click();
  await differs(page, 1);
  await prepare(page);
  expect(await storedNext(page, other.id, there, 'nat')).toBe('no');
  expect(await storedNext(page, other.id, there, 'call_record')).toBeUndefined();

  await page
    .getByRole('tab', { name: new RegExp(number) })
    .first()
    .click();
  await fromEditorMenu(page, 'Copy settings to…');
  const copy = dialog(page);
  await copy.getByRole('button', { name: 'None', exact: true }).click();
  await field(copy, 'call_record').check();
  await copy.locator('[data-field="target"]').click();
  await page.getByRole('option', { name: /^Karaj PBX/ }).click();
  await copy.locator('[data-field="numbers"]').fill(`${number}; ۹۹۹۹۹`);
  await copy.locator('[data-numbered="1"]').waitFor();
  expect(await copy.locator('[data-unknown-numbers]').innerText()).toContain('99999');
  await copy.getByRole('button', { name: 'See what differs' }).click();
  await differs(page, 1);
  await prepare(page);
  expect(await storedNext(page, other.id, there, 'call_record')).toBe('no');
  expect(await storedNext(page, pbxConnection.id, here, 'call_record')).toBeUndefined();
});

/** The ids of the first three records. */
function idsOf(pbx: SimotelSimulator): [string, string, string] {
  const [a, b, c] = pbx.records().map((one) => String(one._id));
  if (a === undefined || b === undefined || c === undefined) throw new Error('too few records');
  return [a, b, c];
}

function patchAll(pbx: SimotelSimulator, fields: Record<string, string>): void {
  for (const one of pbx.records()) pbx.patch(String(one._id), fields);
}

async function sync(page: Page, { id }: Connection): Promise<void> {
  const answer = await page.evaluate((of) => window.patchbay.directory.sync({ connectionId: of }), id);
  if (!answer.ok) throw new Error(`directory.sync: ${answer.problem.code}`);
}

/** Selects records; how that is done with mouse and keys has its own tests. */
async function selectOf(page: Page, { id }: Connection, remoteIds: readonly string[]): Promise<void> {
  const query = { text: '', sort: null, onlyChanged: false };
  for (const remoteId of remoteIds) {
    const input = { connectionId: id, query, action: { do: 'toggle' as const, remoteId } };
    const answer = await page.evaluate((one) => window.patchbay.selection.change(one), input);
    if (!answer.ok) throw new Error(`selection.change: ${answer.problem.code}`);
  }
}

async function fromEditorMenu(page: Page, entry: string): Promise<void> {
  await shown(page)
    .getByRole('button', { name: /^More actions for/ })
    .click();
  await page.getByRole('menuitem', { name: entry }).click();
}

/** A field's box in a dialog that chooses fields. */
function field(inside: Locator, name: string): Locator {
  return inside.locator(`[data-choose-field="${name}"]`);
}

/** Waits until the bulk edit in front says that so many records differ, of the rules as they are now. */
async function differs(page: Page, count: number): Promise<void> {
  await shown(page).locator('[data-live="settled"]').waitFor();
  await shown(page).locator(`[data-status="differs"][data-count="${count}"]`).waitFor();
}

async function prepare(page: Page): Promise<void> {
  await shown(page).locator('[data-prepare]').click();
  await shown(page).locator('[data-prepared]').waitFor();
}
