/** How far the connection form trusts what it is given: redirects, certificates, pasted addresses. */
import { expect, it, onTestFinished } from 'vitest';
import { demoSimotelAccount, startEdge, startSimotel } from '../simulators';
import { expectProblem, fillForm, launchPatchbay, openNewConnection, testConnection } from './harness';

const { user, password } = demoSimotelAccount;
const credentials = { user, password };

it('does not follow a redirect, with credentials or without', async () => {
  const pbx = await startSimotel({ size: 3 });
  const panel = await startEdge({ size: 3 });
  onTestFinished(() => Promise.all([pbx.stop(), panel.stop()]).then(() => undefined));
  pbx.failOn({}, { kind: 'redirect', location: `${panel.url}/elsewhere` });
  const form = await openForm();
  await fillForm(form, { baseUrl: pbx.url, credentials });
  await expectProblem(form, 'redirect', /127\.0\.0\.1/);
  expect(pbx.log.length).toBe(1);
  expect(panel.log).toEqual([]);
});

it('shows a certificate that signed itself, lets it be trusted, and refuses another one afterwards', async () => {
  const tls = await startSimotel({ size: 3, tls: 'first' });
  onTestFinished(() => tls.stop());
  const form = await openForm();
  await fillForm(form, { baseUrl: tls.url, credentials });
  const result = await expectProblem(form, 'tls-untrusted', /not one this system trusts/);
  const fingerprint = /([0-9A-F]{2}:){31}[0-9A-F]{2}/;
  const first = fingerprint.exec(await result.innerText())?.[0];
  expect(first).toBeDefined();
  // Who it is for and for how long, to be compared with what the server's owner says.
  const facts =
    /Issued to[\s\S]*simulator-first[\s\S]*localhost[\s\S]*Valid from[\s\S]*2026[\s\S]*Valid until[\s\S]*2126/;
  expect(await result.innerText()).toMatch(facts);
  expect(tls.log).toEqual([]);

  await form.getByRole('button', { name: 'Trust this certificate' }).click();
  expect(await form.locator('[data-field="certificate"]').innerText()).toContain(first);
  expect(await (await testConnection(form)).getAttribute('data-test-ok')).toBe('true');

  await tls.restart({ tls: 'second' });
  tls.clearLog();
  const changed = await expectProblem(form, 'tls-changed', /no longer the one you trusted/);
  expect(fingerprint.exec(await changed.innerText())?.[0]).not.toBe(first);
  // The one that was trusted stands beside it, with what is known of it.
  const former = await changed.locator('[data-certificate="former"]').innerText();
  expect(former).toContain(first);
  expect(former).toMatch(/simulator-first[\s\S]*Valid from/);
  expect(tls.log).toEqual([]);
});

it('shows how a pasted address is used, marks plain http, and refuses what is no address', async () => {
  const form = await openForm();
  const used = form.locator('[data-url-as-used]');
  const pasted: readonly [string, string, boolean][] = [
    ['  pbx.example:8088/ ', 'http://pbx.example:8088/api/v4', true],
    ['https://pbx.example/api/v4/pbx/users/search', 'https://pbx.example/api/v4', false],
    ['http://۱۹۲.۱۶۸.۵۱.۲۰', 'http://192.168.51.20/api/v4', true],
  ];
  for (const [text, url, plain] of pasted) {
    await fillForm(form, { baseUrl: text });
    await expect.poll(() => used.innerText()).toContain(url);
    expect((await used.innerText()).includes('not encrypted')).toBe(plain);
  }
  await fillForm(form, { baseUrl: 'ftp://pbx.example' });
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText('it has to begin with http:// or https://').waitFor();
});

async function openForm() {
  const { page } = await launchPatchbay({ locale: 'en' });
  return openNewConnection(page);
}
