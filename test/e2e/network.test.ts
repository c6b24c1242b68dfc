/** CA certificates of the technician's own, and a proxy of a connection, through the window. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Bridge } from '../../shared/contract/contract';
import { authority, demoSimotelAccount, startProxy, startSimotel } from '../simulators';
import {
  answerDialogs,
  answerQuestions,
  dialog,
  expectProblem,
  fillForm,
  fromMenu,
  history,
  launchPatchbay,
  openNewConnection,
  openOffice,
  saveForm,
  screenshot,
  testConnection,
} from './harness';

declare const window: { readonly patchbay: Bridge };

const { user, password } = demoSimotelAccount;
const credentials = { user, password };

it('a CA certificate is added in the settings after the system asked, counts at once, and is removed again', async () => {
  const tls = await startSimotel({ size: 3, tls: 'signed' });
  onTestFinished(() => tls.stop());
  const { app, page, profileDir } = await launchPatchbay({ locale: 'en' });
  const asked = await answerQuestions(app);
  const open = () => page.evaluate(() => window.patchbay.keychain.retry().then((one) => one.ok && one.value));
  await expect.poll(open, { timeout: 60_000 }).toBe('ready');
  const form = await openNewConnection(page);
  await fillForm(form, { baseUrl: tls.url, credentials });
  await expectProblem(form, 'tls-untrusted', /not one this system trusts/);
  expect(tls.log).toEqual([]);
  await form.getByRole('button', { name: 'Close' }).click();
  await form.getByRole('button', { name: 'Close', exact: true }).last().click();
  await form.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.locator('[data-authorities="0"]').waitFor();
  const file = join(profileDir, 'customer-ca.pem');
  writeFileSync(file, `${authority('authority')}${authority('authority')}`);
  await answerDialogs(app, file);
  await page.getByRole('button', { name: 'Add from a file…' }).click();
  const card = page.locator('[data-authority="used"]');
  await card.waitFor();
  expect(await card.innerText()).toMatch(/Patchbay test authority[\s\S]*([0-9A-F]{2}:){31}[0-9A-F]{2}/);
  await page.locator('[data-left="duplicate"]').waitFor();
  expect(await asked()).toEqual([
    expect.stringMatching(/Patchbay test authority[\s\S]*SHA-256: ([0-9A-F]{2}:){31}/),
  ]);
  await screenshot(page, 'settings-authorities-en');

  await openNewConnection(page);
  await fillForm(form, { baseUrl: tls.url, name: 'Signed', credentials });
  expect(await (await testConnection(form)).getAttribute('data-test-ok')).toBe('true');
  await saveForm(form);
  await page.getByRole('button', { name: 'Settings' }).first().click();
  const language = page.locator('[data-field="language"]');
  await language.getByText('فارسی', { exact: true }).click();
  await page.getByText('گواهی‌های CA', { exact: true }).waitFor();
  await card.scrollIntoViewIfNeeded();
  await screenshot(page, 'settings-authorities-fa');
  await language.getByText('English', { exact: true }).click();

  await page.getByRole('button', { name: /^Remove .*Patchbay test authority/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await page.locator('[data-authorities="0"]').waitFor();
  tls.clearLog();
  await fromMenu(page, 'Signed', 'Edit…');
  await expectProblem(form, 'tls-untrusted', /not one this system trusts/);
  expect(tls.log).toEqual([]);
  const types = (await history(page)).map(({ type }) => type);
  expect(types.slice(0, 2)).toEqual(['authority-removed', 'authority-added']);
}, 300_000);

it('a proxy stands in the form with what it sees, is told of by its name, and asks as a moved credential does', async () => {
  const login = { user: 'tech', password: 'proxy-secret-7' };
  const proxy = await startProxy({ login });
  onTestFinished(() => proxy.stop());
  const { app, page, pbx } = await openOffice({ synced: false });
  const asked = await answerQuestions(app);
  const { host, origin } = new URL(proxy.url);
  await fromMenu(page, 'Tehran PBX', 'Edit…');
  const form = dialog(page);
  await form.locator('[data-credential="password"][data-where="keychain"]').waitFor();
  await fillForm(form, { proxy: `http://tech:x@${host}` });
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText('write no user and password here').waitFor();
  await fillForm(form, { proxy: host });
  await form.locator('[data-proxy-sees="all"]').waitFor();
  await form.locator('[data-proxy-near]').waitFor();
  await form.locator('[data-field="credential.proxyPassword"]').scrollIntoViewIfNeeded();
  await screenshot(page, 'connection-proxy-en');

  // What is kept was never confirmed for this proxy, which reads plain http.
  await expectProblem(form, 'credential-elsewhere', /proxy/);
  expect(proxy.log).toEqual([]);
  await fillForm(form, { credentials: { proxyUser: login.user, proxyPassword: login.password } });
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  const question = page.getByRole('dialog').filter({ has: page.locator('[data-move="to"]') });
  await question.waitFor();
  expect(await question.locator('[data-move="to"]').innerText()).toContain(origin);
  await question.getByRole('button', { name: 'Send them there from now on' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await asked()).toEqual([expect.stringContaining(origin)]);

  await fromMenu(page, 'Tehran PBX', 'Edit…');
  await form.locator('[data-credential="proxyPassword"][data-where="keychain"]').waitFor();
  pbx.clearLog();
  expect(await (await testConnection(form)).getAttribute('data-test-ok')).toBe('true');
  expect(proxy.log.at(-1)?.target).toContain(pbx.url);
  expect(pbx.log.length).toBe(1);
  await proxy.stop();
  const said = await expectProblem(form, 'proxy-unreachable', /nothing answers there/);
  expect(await said.innerText()).toContain(host);
  expect(await page.content()).not.toContain(login.password);
});

it('the end of a certificate is told in the window thirty days ahead', async () => {
  const tls = await startSimotel({ size: 3, tls: 'first' });
  onTestFinished(() => tls.stop());
  const { app, page } = await launchPatchbay({ locale: 'en' });
  const form = await openNewConnection(page);
  await fillForm(form, { baseUrl: tls.url, name: 'Old PBX', credentials });
  await testConnection(form);
  await form.getByRole('button', { name: 'Trust this certificate' }).click();
  await app.evaluate(() => {
    const end = Date.parse('2126-10-28T17:46:14Z');
    Date.now = () => end - 29 * 24 * 60 * 60 * 1_000;
  });
  await testConnection(form);
  await page.locator('[data-problem="tls-expires"]').waitFor();
  expect(await page.locator('[data-problem="tls-expires"]').innerText()).toContain('Old PBX');
});
