/** What the connection form says is so: of a test that was made, and of what stays when it is closed. */
import type { Locator, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { demoSimotelAccount, startSimotel } from '../simulators';
import {
  fillForm,
  keyringEntries,
  launchPatchbay,
  openNewConnection,
  serviceOf,
  testConnection,
} from './harness';

const { user, password } = demoSimotelAccount;

async function simulator() {
  const pbx = await startSimotel({ size: 3 });
  onTestFinished(() => pbx.stop());
  return pbx;
}
const result = (form: Locator) => form.locator('[data-test-ok]');
const connections = (page: Page) => page.locator('nav [data-connection]');

it('forgets the result of a test when anything that it speaks of is edited, and keeps it else', async () => {
  const pbx = await simulator();
  const { page } = await launchPatchbay({ locale: 'en' });
  const form = await openNewConnection(page);
  const all = { name: 'Tehran PBX', baseUrl: pbx.url, credentials: { user, password } };
  await fillForm(form, all);
  const edits: readonly [string, () => Promise<void>][] = [
    ['address', () => fillForm(form, { baseUrl: 'http://127.0.0.1:9' })],
    ['credential', () => fillForm(form, { credentials: { password: 'another' } })],
    ['time-out', () => form.locator('[data-field="timeoutMs"]').fill('7')],
    ['kind', () => fillForm(form, { kind: 'Edge panel' })],
  ];
  for (const [what, edit] of edits) {
    await fillForm(form, all);
    await testConnection(form);
    // A name is no part of what was tested.
    await fillForm(form, { name: `Tehran PBX ${what}` });
    expect(await result(form).count(), what).toBe(1);
    await edit();
    await expect.poll(() => result(form).count(), { message: what }).toBe(0);
  }
});

it.each(['locked', 'absent'] as const)(
  'says that the connection is saved without its password while the keychain is %s, and can remove it',
  async (keyring) => {
    const pbx = await simulator();
    const patchbay = await launchPatchbay({ locale: 'en', keyring });
    const { page } = patchbay;
    const form = await openNewConnection(page);
    await fillForm(form, { name: 'Tehran PBX', baseUrl: pbx.url, credentials: { user, password } });
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await connections(page).first().waitFor();
    // It is there already, so the title and the question say so.
    await form.getByText('Edit Tehran PBX').waitFor();
    await form.getByRole('button', { name: 'Cancel' }).click();
    const question = form.getByRole('alert').filter({ hasText: 'Close?' });
    await question.waitFor();
    expect((await question.innerText()).replace(/[\u2066-\u2069]/g, '')).toMatch(
      /Close\? Tehran PBX is saved without .*password/,
    );
    await form.getByRole('button', { name: 'Keep editing' }).click();
    expect(await form.locator('[data-field="credential.password"]').inputValue()).toBe(password);

    await form.getByRole('button', { name: 'Cancel' }).click();
    await form.getByRole('button', { name: 'Remove the connection' }).click();
    await form.waitFor({ state: 'detached', timeout: 60_000 });
    await expect.poll(() => connections(page).count()).toBe(0);
  },
);

it('says that the keychain does not have the key of the profile, and makes a new one only when asked', async () => {
  const first = await launchPatchbay({ locale: 'en' });
  const pbx = await simulator();
  const form = await openNewConnection(first.page);
  await fillForm(form, { name: 'Tehran PBX', baseUrl: pbx.url, credentials: { user, password } });
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  await first.close();

  const again = await launchPatchbay({ locale: 'en', profileDir: first.profileDir });
  const banner = again.page.locator('section[data-keychain="other"]');
  await banner.waitFor();
  expect(await banner.innerText()).toMatch(
    /key of this profile is not in this keychain.*Start with a new key/s,
  );
  const keys = async () => Object.keys(await keyringEntries(again.keyring, serviceOf(again)));
  expect(await keys()).not.toContain('sealing-key');
  await banner.getByRole('button', { name: 'Start with a new key' }).click();
  await banner.waitFor({ state: 'detached' });
  expect(await keys()).toContain('sealing-key');
});
