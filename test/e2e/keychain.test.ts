/** Credentials in a real keyring: open, missing, locked, and locked in the middle of the work. */
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { readBound } from '../../electron/connections/bound';
import { demoSimotelAccount, type SimotelSimulator, startSimotel } from '../simulators';
import {
  fillForm,
  fromMenu,
  keyringEntries,
  launchPatchbay,
  openAgain,
  openFromSide,
  openNewConnection,
  saveForm,
  serviceOf,
  shown,
  testConnection,
  tracesBelow,
} from './harness';

const { user, password } = demoSimotelAccount;

/** Twice the time that a person has for the keychain's prompt. */
const promptMs = 120_000;

it('keeps a credential typed into the form in the keyring, over a restart, and nowhere in the profile', async () => {
  const pbx = await simulator();
  const first = await launchPatchbay({ locale: 'en' });
  await saveForm(await typeConnection(first.page, pbx));

  const entries = await keyringEntries(first.keyring, serviceOf(first));
  const kept = Object.values(entries).map((entry) => readBound(entry)?.secret);
  expect(kept).toEqual(expect.arrayContaining([user, password]));
  await first.close();
  expect(await tracesBelow(first.profileDir, [password])).toEqual({});

  const again = await openAgain(first);
  expect(await banner(again.page).count()).toBe(0);
  await sync(again.page);
  await rows(again.page).first().waitFor();
  await fromMenu(again.page, 'Tehran PBX', 'Edit…');
  const stored = again.page
    .getByRole('dialog')
    .locator('[data-credential="password"][data-where="keychain"]');
  await stored.waitFor();
  // Kept, not shown: neither in the window nor on its way there.
  expect(await again.page.content()).not.toContain(password);
});

it('says that there is no keychain, works for this session, and asks again after a restart', async () => {
  const pbx = await simulator();
  const first = await launchPatchbay({ locale: 'en', keyring: 'absent' });
  await banner(first.page, 'absent').waitFor();
  expect(await banner(first.page, 'absent').innerText()).toMatch(
    /has no keychain.*GNOME Keyring or KWallet/s,
  );

  await banner(first.page).getByRole('button', { name: 'Keep for this session only' }).click();
  await banner(first.page, 'session-only').waitFor();
  expect(await banner(first.page).innerText()).toMatch(/this session only.*nothing is stored/s);
  await saveForm(await typeConnection(first.page, pbx));
  await sync(first.page);
  await rows(first.page).first().waitFor();
  await first.close();
  expect(await tracesBelow(first.profileDir, [password])).toEqual({});

  const again = await openAgain(first);
  await banner(again.page, 'absent').waitFor();
  await sync(again.page);
  const problem = shown(again.page).locator('[data-problem]');
  await problem.waitFor();
  expect(await problem.getAttribute('data-problem')).toBe('keychain-absent');
  // What was read stays to be looked at.
  await rows(again.page).first().waitFor();
  await banner(again.page).getByRole('button', { name: 'Keep for this session only' }).click();
  await fromMenu(again.page, 'Tehran PBX', 'Edit…');
  const form = again.page.getByRole('dialog');
  await fillForm(form, { credentials: { user, password } });
  await saveForm(form);
  pbx.clearLog();
  await sync(again.page);
  await expect.poll(() => pbx.log.filter((one) => one.status === 200).length).toBeGreaterThan(0);
});

it('says that the keychain is locked, keeps what was typed in the form, and works once it is unlocked', async () => {
  const pbx = await simulator();
  const patchbay = await launchPatchbay({ locale: 'en', keyring: 'locked' });
  const { page, keyring } = patchbay;
  await banner(page, 'locked').waitFor();
  expect(await banner(page).innerText()).toMatch(/keychain is locked.*Unlock it/s);
  const form = await typeConnection(page, pbx);
  // The form's own test needs no keychain: what was typed is used.
  expect(await (await testConnection(form)).getAttribute('data-test-ok')).toBe('true');

  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.getByText('Waiting for the keychain.').waitFor();
  expect(await form.locator('[data-field="credential.password"]').inputValue()).toBe(password);
  await keyring.unlock();
  // The save that waited goes through by itself. But a keyring that starts again while its prompt stands may leave
  // libsecret waiting for the prompt that is gone; then the wait ends in its own time, says so, and Save goes again.
  const closed = form.waitFor({ state: 'detached', timeout: promptMs });
  const refused = form.locator('[data-problem^="keychain"]').waitFor({ timeout: promptMs });
  refused.catch(() => {});
  if ((await Promise.race([closed.then(() => 'closed'), refused.then(() => 'refused')])) === 'refused') {
    expect(await form.locator('[data-field="credential.password"]').inputValue()).toBe(password);
    await form.getByRole('button', { name: 'Save', exact: true }).click();
  }
  await closed;
  await banner(page).waitFor({ state: 'detached' });
  const entries = Object.values(await keyringEntries(keyring, serviceOf(patchbay)));
  expect(entries.map((entry) => readBound(entry)?.secret)).toContain(password);
  await sync(page);
  await rows(page).first().waitFor();
});

it('opens what was sealed after Retry, when the keychain was locked at the start', async () => {
  const pbx = await simulator();
  const first = await launchPatchbay({ locale: 'en' });
  await saveForm(await typeConnection(first.page, pbx));
  await sync(first.page);
  await rows(first.page).first().waitFor();
  await first.close();
  await first.keyring.lock();

  const again = await openAgain(first);
  await banner(again.page, 'locked').waitFor();
  await first.keyring.unlock();
  await banner(again.page).getByRole('button', { name: 'Retry' }).click();
  await banner(again.page).waitFor({ state: 'detached' });
  await openFromSide(again.page, 'Tehran PBX');
  await rows(again.page).first().dblclick();
  await shown(again.page).getByRole('button', { name: 'Reveal SIP secret' }).click();
  const secret = shown(again.page).locator('[data-field="secret"]');
  await expect.poll(() => secret.inputValue()).toBe(pbx.records()[0]?.secret);
});

it('notices a keychain that is locked in the middle of the work, and loses nothing of what was typed', async () => {
  const pbx = await simulator();
  const { page, keyring } = await launchPatchbay({ locale: 'en' });
  await page.getByRole('navigation').waitFor();
  await keyring.lock();
  const form = await typeConnection(page, pbx);
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  // A prompt that nobody answers: the form offers the way out while it waits.
  await form.getByRole('button', { name: 'Keep for this session only' }).click();
  await form.waitFor({ state: 'detached' });
  await banner(page, 'session-only').waitFor();
  // Saved once, however often it was tried.
  expect(await page.locator('nav [data-connection]').count()).toBe(1);
  await sync(page);
  await rows(page).first().waitFor();
});

async function simulator(): Promise<SimotelSimulator> {
  const pbx = await startSimotel({ size: 6 });
  onTestFinished(() => pbx.stop());
  return pbx;
}

/** Opens the form and types all that the simulator needs; nothing is saved yet. */
async function typeConnection(page: Page, pbx: SimotelSimulator) {
  const form = await openNewConnection(page);
  await fillForm(form, {
    name: 'Tehran PBX',
    site: 'Behin Co',
    baseUrl: pbx.url,
    credentials: { user, password },
  });
  return form;
}

function banner(page: Page, state?: string) {
  return page.locator(state ? `section[data-keychain="${state}"]` : 'section[data-keychain]');
}

async function sync(page: Page): Promise<void> {
  await openFromSide(page, 'Tehran PBX');
  await shown(page).getByRole('button', { name: /^Sync/ }).first().click();
}

function rows(page: Page) {
  return page.locator('[data-record]:visible');
}
