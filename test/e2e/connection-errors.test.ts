/** What the form's Test button says of everything that can be wrong, in words. One window for all of them. */
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  demoEdgeAccount,
  demoSimotelAccount,
  type EdgeSimulator,
  type SimotelSimulator,
  startEdge,
  startSimotel,
} from '../simulators';
import {
  type FormText,
  fillForm,
  launchPatchbay,
  openNewConnection,
  type Patchbay,
  testConnection,
} from './harness';

const { user, password } = demoSimotelAccount;
let patchbay: Patchbay;
let pbx: SimotelSimulator;
let panel: EdgeSimulator;
let tls: SimotelSimulator;

beforeAll(async () => {
  [pbx, panel, tls] = await Promise.all([
    startSimotel({ size: 3 }),
    startEdge({ size: 3 }),
    startSimotel({ size: 3, tls: 'first' }),
  ]);
  patchbay = await launchPatchbay({ locale: 'en' });
});
afterAll(async () => {
  await patchbay.dispose();
  await Promise.all([pbx.stop(), panel.stop(), tls.stop()]);
});
afterEach(async () => {
  await Promise.all([pbx.reset(), panel.reset()]);
  const form = patchbay.page.getByRole('dialog');
  if ((await form.count()) === 0) return;
  await form.getByRole('button', { name: 'Cancel' }).click();
  await form.getByRole('button', { name: 'Throw away' }).click();
  await form.waitFor({ state: 'detached' });
});

interface Case {
  readonly what: string;
  readonly code: string;
  /** In the words shown. */
  readonly says: RegExp;
  readonly server?: () => void;
  readonly text: () => FormText;
}

const onPbx = (): FormText => ({ baseUrl: pbx.url, credentials: { user, password } });
const onPanel = (token: string = demoEdgeAccount.token): FormText => ({
  kind: 'Edge panel',
  baseUrl: panel.url,
  credentials: { token },
});

const cases: readonly Case[] = [
  {
    what: 'a name that nobody knows',
    code: 'name-not-found',
    says: /name of no-such-pbx\.invalid.* was not found/,
    text: () => ({ ...onPbx(), baseUrl: 'http://no-such-pbx.invalid' }),
  },
  {
    what: 'a port on which nothing listens',
    code: 'refused',
    says: /Nothing listens at 127\.0\.0\.1:9/,
    text: () => ({ ...onPbx(), baseUrl: 'http://127.0.0.1:9' }),
  },
  {
    what: 'a server that does not answer in time',
    code: 'timeout',
    says: /No answer in time from/,
    server: () => pbx.failOn({}, 'hangBeforeApply'),
    text: () => ({ ...onPbx(), timeoutSeconds: '1' }),
  },
  {
    what: 'http where the server speaks TLS only',
    code: 'reset',
    says: /broke off|encrypted/,
    text: () => ({ ...onPbx(), baseUrl: tls.url.replace('https', 'http') }),
  },
  {
    what: 'a web page where data should be',
    code: 'html-answer',
    says: /a web page instead of data/,
    server: () => pbx.failOn({}, 'html'),
    text: onPbx,
  },
  {
    what: 'an API version that the server does not have',
    code: 'wrong-address',
    says: /no such API.*\/api\/v9/s,
    text: () => ({ ...onPbx(), baseUrl: `${pbx.url}/api/v9` }),
  },
  {
    what: 'another way to log in than the server wants',
    code: 'unauthorized-mode',
    says: /another way to log in.*X-APIKEY/s,
    server: () => pbx.setMode({ authMode: 'apikey' }),
    text: onPbx,
  },
  {
    what: 'a wrong password',
    code: 'unauthorized',
    says: /does not accept these credentials/,
    text: () => ({ ...onPbx(), credentials: { user, password: 'not-the-password' } }),
  },
  {
    what: 'an API account without the tick for the path',
    code: 'path-not-ticked',
    says: /may not use this path: .*users\/search/,
    server: () => pbx.setMode({ deniedPaths: ['/pbx/users/search'] }),
    text: onPbx,
  },
  {
    what: 'a computer whose address is not permitted',
    code: 'ip-not-permitted',
    says: /does not allow this computer.s IP address/,
    server: () => pbx.setMode({ ipPermitted: 'no' }),
    text: onPbx,
  },
  {
    what: 'a redirect',
    code: 'redirect',
    says: /sends us on to/,
    server: () => pbx.failOn({}, { kind: 'redirect', location: `${panel.url}/elsewhere` }),
    text: onPbx,
  },
  {
    what: 'an account that is no reseller and is refused',
    code: 'not-reseller',
    says: /Not a reseller/,
    server: () => panel.setMode({ account: 'forbidden' }),
    text: () => onPanel(),
  },
  {
    what: 'an account that is no reseller and sees an empty list',
    code: 'not-reseller',
    says: /Not a reseller/,
    server: () => panel.setMode({ account: 'ordinary' }),
    text: () => onPanel(),
  },
  {
    what: 'a token with Bearer in front',
    code: 'unauthorized-prefix',
    says: /a word in front of it: .*Bearer/,
    text: () => onPanel(`Bearer ${demoEdgeAccount.token}`),
  },
];

describe('the connection form says in words', () => {
  it.each(cases)('$what', async ({ code, says, server, text }) => {
    server?.();
    const form = await openNewConnection(patchbay.page);
    await fillForm(form, text());
    await expectProblem(form, code, says);
  });
});

it('does not follow a redirect, with credentials or without', async () => {
  pbx.failOn({}, { kind: 'redirect', location: `${panel.url}/elsewhere` });
  const form = await openNewConnection(patchbay.page);
  await fillForm(form, onPbx());
  await expectProblem(form, 'redirect', /127\.0\.0\.1/);
  expect(pbx.log.length).toBe(1);
  expect(panel.log).toEqual([]);
});

it('shows a certificate that signed itself, lets it be trusted, and refuses another one afterwards', async () => {
  const form = await openNewConnection(patchbay.page);
  await fillForm(form, { baseUrl: tls.url, credentials: { user, password } });
  const result = await expectProblem(form, 'tls-untrusted', /not one this system trusts/);
  const fingerprint = /([0-9A-F]{2}:){31}[0-9A-F]{2}/;
  const first = fingerprint.exec(await result.innerText())?.[0];
  expect(first).toBeDefined();
  expect(tls.log).toEqual([]);

  await form.getByRole('button', { name: 'Trust this certificate' }).click();
  expect(await form.locator('[data-field="certificate"]').innerText()).toContain(first);
  expect(await (await testConnection(form)).getAttribute('data-test-ok')).toBe('true');

  await tls.restart({ tls: 'second' });
  tls.clearLog();
  const changed = await expectProblem(form, 'tls-changed', /no longer the one you trusted/);
  expect(fingerprint.exec(await changed.innerText())?.[0]).not.toBe(first);
  expect(tls.log).toEqual([]);
});

it('shows how a pasted address is used, marks plain http, and refuses what is no address', async () => {
  const form = await openNewConnection(patchbay.page);
  const used = form.locator('[data-url-as-used]');
  const pasted: readonly [string, string, boolean][] = [
    ['  pbx.example:8088/ ', 'http://pbx.example:8088/api/v4', true],
    ['https://pbx.example/api/v4/pbx/users/search', 'https://pbx.example/api/v4', false],
    ['http://۱۹۲.۱۶۸.۵۱.۲۰', 'http://192.168.51.20/api/v4', true],
  ];
  for (const [text, url, plain] of pasted) {
    await fillForm(form, { baseUrl: text });
    await expect.poll(() => used.innerText()).toContain(url);
    expect((await used.innerText()).includes('plain http')).toBe(plain);
  }
  await fillForm(form, { baseUrl: 'ftp://pbx.example' });
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText('it has to begin with http:// or https://').waitFor();
});

/** Tests what stands in the form; the problem has the code, and is said in a sentence and not by its code. */
async function expectProblem(form: Locator, code: string, says: RegExp): Promise<Locator> {
  const result = await testConnection(form);
  const problem = result.locator('[data-problem]');
  expect(await problem.getAttribute('data-problem')).toBe(code);
  const words = await problem.innerText();
  expect(words).toMatch(says);
  // A code of one word may well occur in a sentence; what is not translated ends in `.title`.
  expect(words).not.toContain(code.includes('-') ? code : `${code}.title`);
  expect(words).not.toMatch(/\{\{|undefined|\[object/);
  return result;
}
