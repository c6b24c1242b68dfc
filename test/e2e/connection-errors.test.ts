/** What the form's Test button says of everything that can be wrong, in words. One window for all of them. */
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import {
  demoEdgeAccount,
  demoSimotelAccount,
  type EdgeSimulator,
  type SimotelSimulator,
  startEdge,
  startSimotel,
} from '../simulators';
import {
  expectProblem,
  type FormText,
  fillForm,
  launchPatchbay,
  openNewConnection,
  type Patchbay,
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
    says: /Nothing answers at 127\.0\.0\.1:9/,
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
