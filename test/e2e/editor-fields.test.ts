/** Every field of both catalogs stands in the editor, and what is typed is checked and kept as typed. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, catalogOf, type FieldSpec } from '../../shared/catalog';
import {
  field,
  type Office,
  openFromSide,
  openOffice,
  openPage,
  openRecord,
  saved,
  shown,
  storedNext,
} from './harness';

let office: Office;
let pbxId = '';
let panelId = '';

beforeAll(async () => {
  office = await openOffice();
  pbxId = String(office.pbx.records()[0]?._id);
  panelId = String(office.panel.records()[0]?.user_id);
});
afterAll(() => office.dispose());

describe('the editor has every field of the catalog at its place, under its wire name', () => {
  it('of a PBX', () => everyField(catalogOf('simotel'), 'Tehran PBX', pbxId, 32));
  it('of a panel', () => everyField(catalogOf('edge'), 'Message panel', panelId, 12));
});

it('keeps leading zeros, and takes Persian digits for ASCII ones where numbers are meant', async () => {
  const { page, pbxConnection } = office;
  await openEditor('Tehran PBX', pbxId);
  await field(page, 'cid_number').fill('0042');
  await openPage(page, 'Forwarding');
  await field(page, 'forward_policy.Busy').fill('');
  await field(page, 'forward_policy.Busy').pressSequentially('۰۹۱۲٠٠١');
  expect(await field(page, 'forward_policy.Busy').inputValue()).toBe('0912001');
  await openPage(page, 'Advanced');
  await field(page, 'description').fill('طبقه ۲');
  await field(page, 'description').press('Tab');
  await saved(page);
  const stored = (name: string) => storedNext(page, pbxConnection.id, pbxId, name);
  expect(await stored('cid_number')).toBe('0042');
  expect(await stored('forward_policy.Busy')).toBe('0912001');
  // In a text they are what somebody wrote.
  expect(await stored('description')).toBe('طبقه ۲');
});

it('marks what is invalid at its field and on its page, and says why', async () => {
  const { page } = office;
  await openEditor('Tehran PBX', pbxId);
  const wrong: readonly [string, string, string, string][] = [
    ['General', 'email', 'not an address', '5a@b.example'],
    ['Network', 'port', '70000', '5070'],
    ['Network', 'permit', '10.0.0.300/8', '10.0.0.0/255.0.0.0'],
  ];
  for (const [tab, name, bad, good] of wrong) {
    await openPage(page, tab);
    const before = await field(page, name).inputValue();
    const row = shown(page).locator(`[data-row="${name}"]`);
    await field(page, name).fill(bad);
    await shown(page).locator(`[data-row="${name}"][data-invalid]`).waitFor();
    expect((await row.innerText()).length).toBeGreaterThan(20);
    const mark = shown(page).getByRole('tab', { name: new RegExp(`^${tab}.*has an error`, 's') });
    await mark.waitFor();
    await field(page, name).fill(good);
    await mark.waitFor({ state: 'detached' });
    await field(page, name).fill(before);
    await field(page, name).press('Tab');
  }
});

it('refuses a day that is none, and shows the Jalali one of a day that is', async () => {
  const { page } = office;
  await openEditor('Message panel', panelId);
  await openPage(page, 'Access');
  const row = shown(page).locator('[data-row="expire_time"]');
  await field(page, 'expire_time').fill('2027-02-30');
  await shown(page).locator('[data-row="expire_time"][data-invalid]').waitFor();
  await field(page, 'expire_time').fill('2027-03-21');
  await row.getByText('۱ فروردین ۱۴۰۶').waitFor();
});

it('ticks off the five parts of the panel’s password rule as one types, and generates one that has all', async () => {
  const { page } = office;
  await openEditor('Message panel', panelId);
  await openPage(page, 'Access');
  const met = () =>
    shown(page)
      .locator('[data-rule][data-met]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-rule')));
  expect(await met()).toEqual([]);
  const steps: readonly [string, readonly string[]][] = [
    ['a', ['lower']],
    ['B', ['upper', 'lower']],
    ['3', ['upper', 'lower', 'digit']],
    ['!', ['upper', 'lower', 'digit', 'special']],
    ['cdef', ['length', 'upper', 'lower', 'digit', 'special']],
  ];
  for (const [keys, parts] of steps) {
    await field(page, 'password').pressSequentially(keys);
    await expect.poll(met).toEqual(parts);
  }
  await field(page, 'password').fill('');
  await shown(page)
    .getByRole('button', { name: /^Generate New password/ })
    .click();
  await expect.poll(met).toHaveLength(5);
});

async function everyField(
  catalog: Catalog,
  connection: string,
  id: string,
  editableAtLeast: number,
): Promise<void> {
  const { page } = office;
  await openEditor(connection, id);
  const missing: string[] = [];
  for (const tab of catalog.tabs) {
    await openPage(page, tab.label.en);
    for (const spec of catalog.fields.filter((one) => one.tab === tab.id)) {
      const problem = await wrongWith(page, spec);
      if (problem) missing.push(`${spec.name}: ${problem}`);
    }
  }
  expect(missing).toEqual([]);
  // The seeds' own count (the panel's thirteenth is the id), so that a field taken out of the catalog is missed.
  const editable = catalog.fields.filter((spec) => !spec.readOnly);
  expect(editable.length).toBeGreaterThanOrEqual(editableAtLeast);
}

/** What is wrong with a field's control, null where it is as it should be. */
async function wrongWith(page: Page, spec: FieldSpec): Promise<string | null> {
  const control = field(page, spec.name);
  const found = await control.count();
  if (found !== 1) return `${found} controls`;
  if (!(await shown(page).locator(`[data-row="${spec.name}"]`).innerText()).includes(spec.label.en))
    return 'no label';
  const tag = await control.evaluate((element) => element.tagName);
  const radios = control.getByRole('radio');
  const editable =
    tag === 'INPUT' || tag === 'TEXTAREA' ? await control.isEditable() : (await radios.count()) > 1;
  if (spec.readOnly) return editable ? 'read-only, yet it can be edited' : null;
  // A list of choices is an input that takes no text but opens; a long secret is opened by its button.
  const opens = (await control.getAttribute('aria-haspopup')) !== null || spec.secret === true;
  return editable || opens ? null : 'cannot be edited';
}

async function openEditor(connection: string, id: string): Promise<void> {
  await openFromSide(office.page, connection);
  await openRecord(office.page, id, '');
  // A tab comes back on the page on which it was left.
  await shown(office.page).locator('[data-page]').first().click();
}
