/**
 * One whole run with secrets that occur nowhere else, and then a search for them: in every file of the profile, in what
 * the program logged and printed, and in everything that crossed between window and main process.
 */
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { startEdge, startSimotel } from '../simulators';
import {
  applyTicked,
  field,
  fillForm,
  launchPatchbay,
  openFromSide,
  openNewConnection,
  openPage,
  openRecord,
  planAll,
  readAgain,
  recordWire,
  saved,
  saveForm,
  shown,
  testConnection,
  tracesBelow,
  tracesIn,
  wireOf,
} from './harness';

// Characters that look different in JSON, in a URL and in Base64, so that an escaped secret is another text.
const account = { user: 'canary-user-4411', password: 'Cnr"Pass\\9/ü+=4412' };
const token = 'cnr-token-4413/+==';
const sip = 'CnrSip-4414&x=<1>';
const newSip = 'CnrNewSip-4415%20"q"';
const options = 'fromuser=1\r\nsecret=CnrOption-4416\r\n';
const newPassword = 'CnrPanel-4417!';
const refusedPassword = 'CnrRefused-4418!';
const notShown = [account.password, token, sip, newSip, 'CnrOption-4416', newPassword, refusedPassword];
/** No secret: where this is not found, the search does not look. */
const control = 'Cnr-Control-Name-4419';

it('leaves no secret in a file, a log or a message between window and main process', async () => {
  const pbx = await startSimotel({ size: 5, auth: account, modes: { updateAnswerOld: 'old' } });
  const panel = await startEdge({ size: 5, token });
  onTestFinished(() => Promise.all([pbx.stop(), panel.stop()]).then(() => undefined));
  const pbxId = String(pbx.records()[0]?._id);
  const panelId = String(panel.records()[0]?.user_id);
  pbx.patch(pbxId, { secret: sip, more_options: options });
  const patchbay = await launchPatchbay({ locale: 'en' });
  const { app, page, profileDir } = patchbay;
  await page.getByRole('navigation').waitFor();
  await recordWire(app);

  await connectByForm(page, 'Tehran PBX', { baseUrl: pbx.url, credentials: account });
  await connectByForm(page, 'Message panel', {
    kind: 'Edge panel',
    baseUrl: panel.url,
    credentials: { token },
  });

  await edit(page, 'Tehran PBX', pbxId);
  await field(page, 'name').fill(control);
  await shown(page).getByRole('button', { name: 'Reveal SIP secret' }).click();
  await expect.poll(() => field(page, 'secret').inputValue()).toBe(sip);
  await shown(page).getByRole('button', { name: 'Copy SIP secret' }).click();
  await page.getByText('SIP secret copied').waitFor();
  await shown(page).getByRole('button', { name: 'Hide', exact: true }).click();
  await field(page, 'secret').focus();
  await page.keyboard.type(newSip);
  await openPage(page, 'Advanced');
  await shown(page).getByRole('button', { name: 'Reveal More options' }).click();
  await expect.poll(() => field(page, 'more_options').inputValue()).toContain('CnrOption');
  await saved(page);

  await edit(page, 'Message panel', panelId);
  await openPage(page, 'Access');
  await typePassword(page, refusedPassword);
  // A server that quotes the password in its refusal.
  panel.failNext(
    {
      kind: 'status',
      status: 422,
      contentType: 'application/json',
      body: JSON.stringify({
        data: null,
        meta: { status: false, message: `bad password ${refusedPassword}` },
      }),
    },
    { path: '/user/update' },
  );
  await planAll(page);
  await shown(page).getByRole('button', { name: 'Show requests' }).click();
  await shown(page).getByRole('region', { name: 'Request' }).first().waitFor();
  await applyTicked(page);
  await shown(page).getByText('Done', { exact: true }).waitFor();
  expect(pbx.record(pbxId)?.secret).toBe(newSip);

  await page
    .getByRole('tablist', { name: 'Open tabs' })
    .getByRole('tab', { name: /Message panel/ })
    .last()
    .click();
  await typePassword(page, newPassword);
  await planAll(page);
  await readAgain(page);
  await applyTicked(page);
  await shown(page).locator('[data-status="applied"]').first().waitFor();
  await expect.poll(() => panel.record(panelId)?.password).toBe(newPassword);
  await openFromSide(page, 'History');
  await shown(page).locator('[aria-expanded="false"]').first().click();

  const wire = await wireOf(app);
  const whileRunning = await tracesBelow(profileDir, notShown);
  await patchbay.close();
  expect(wire.filter((line) => tracesIn(line, notShown).length > 0).map((line) => line.slice(0, 80))).toEqual(
    [],
  );
  expect(whileRunning).toEqual({});
  expect(await tracesBelow(profileDir, notShown)).toEqual({});
  expect(tracesIn(patchbay.logs(), notShown)).toEqual([]);

  // The control: the same search finds what is no secret, in each of the places where it must be.
  expect(tracesIn(wire.join('\n'), [control])).toEqual([control]);
  expect(wire.some((line) => line.startsWith('> patchbay:changes.setField'))).toBe(true);
  expect(wire.some((line) => line.startsWith('< patchbay:directory.reveal'))).toBe(true);
  expect(wire.some((line) => line.startsWith('! patchbay:on.applyProgress'))).toBe(true);
  expect(Object.keys(await tracesBelow(profileDir, [control]))).toContain('patchbay.db');
  expect(Object.keys(await tracesBelow(profileDir, ['apply.start', 'start 0.']))).toContain(
    'logs/patchbay.log',
  );
  for (const text of notShown)
    for (const form of [
      text,
      JSON.stringify(text),
      encodeURIComponent(text),
      btoa(`xy${unescape(encodeURIComponent(text))}z`),
    ])
      expect(tracesIn(`before ${form} after`, [text])).toEqual([text]);
});

async function connectByForm(page: Page, name: string, text: Parameters<typeof fillForm>[1]): Promise<void> {
  const form = await openNewConnection(page);
  await fillForm(form, { name, site: 'Behin Co', ...text });
  expect(await (await testConnection(form)).getAttribute('data-test-ok')).toBe('true');
  await saveForm(form);
  await openFromSide(page, name);
  await shown(page).getByRole('button', { name: /^Sync/ }).first().click();
  await page.locator('[data-record]:visible').first().waitFor();
}

async function edit(page: Page, connection: string, id: string): Promise<void> {
  await openFromSide(page, connection);
  await openRecord(page, id, '');
}

async function typePassword(page: Page, text: string): Promise<void> {
  await field(page, 'password').focus();
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
  await saved(page);
}
