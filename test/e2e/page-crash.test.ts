/** A page that crashes is loaded again by itself, with all that was typed. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  fill,
  fillForm,
  type Office,
  openFromSide,
  openNewConnection,
  openOffice,
  openRecord,
  saved,
} from './harness';

// The driver's page is gone with the process: from then on the window itself is asked.
async function inWindow(app: ElectronApplication, script: string): Promise<string> {
  const found: unknown = await app.evaluate(({ BrowserWindow }, code) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents || contents.isCrashed() || contents.isLoading()) return '';
    // A page that goes meanwhile never answers.
    const late = new Promise((resolve) => setTimeout(() => resolve(''), 3_000));
    return Promise.race([contents.executeJavaScript(code).catch(() => ''), late]);
  }, script);
  return String(found ?? '');
}
const text = (app: ElectronApplication) => inWindow(app, 'document.body.innerText');
const fieldValue = (app: ElectronApplication, name: string) =>
  inWindow(app, `[...document.querySelectorAll('[data-field="${name}"]')].map((one) => one.value).join()`);

async function crash({ app }: Office): Promise<void> {
  // Not awaited in there: the driver waits for the page that goes.
  await app.evaluate(({ BrowserWindow }) => {
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(), 50);
  });
}

it('comes back by itself after a crash, with what was typed in an editor and in the form, says so and logs it', async () => {
  const office = await openOffice();
  const { app, page, pbx, profileDir } = office;
  const id = String(pbx.records()[0]?._id);
  await openFromSide(page, 'Tehran PBX');
  await openRecord(page, id, '');
  await fill(page, 'name', 'Typed before the crash');
  await saved(page);
  const form = await openNewConnection(page);
  await fillForm(form, {
    name: 'Half typed',
    baseUrl: 'https://pbx.example',
    credentials: { password: 'not-to-be-kept-1' },
  });
  await crash(office);

  await expect.poll(() => text(app)).toContain('The window was started again');
  await expect.poll(() => fieldValue(app, 'baseUrl')).toBe('https://pbx.example');
  // Among the fields of that name: the open editor's and the open form's.
  await expect.poll(() => fieldValue(app, 'name')).toContain('Half typed');
  await expect.poll(() => fieldValue(app, 'name')).toContain('Typed before the crash');
  // A password is kept nowhere but in the keychain.
  expect(await fieldValue(app, 'credential.password')).toBe('');
  expect(await readFile(path.join(profileDir, 'logs', 'patchbay.log'), 'utf8')).toContain('page gone: ');
});

it('is loaded again a few times, and then asks what to do', async () => {
  const office = await openOffice({ synced: false });
  const { app } = office;
  // The system's dialog cannot be pressed from here: it is answered with "load again".
  await app.evaluate(({ dialog }) => {
    Object.assign(globalThis, { asked: 0 });
    Object.assign(dialog, {
      showMessageBox: async () => {
        Reflect.set(globalThis, 'asked', Reflect.get(globalThis, 'asked') + 1);
        return { response: 0, checkboxChecked: false };
      },
    });
  });
  const asked = () => app.evaluate(() => Number(Reflect.get(globalThis, 'asked')));
  for (const times of [0, 0, 0, 1]) {
    await expect.poll(() => text(app)).toContain('Tehran PBX');
    await inWindow(app, 'document.body.dataset.before = "yes"');
    await crash(office);
    await expect.poll(() => inWindow(app, 'String(document.body?.dataset.before)')).toBe('undefined');
    await expect.poll(() => text(app)).toContain('Tehran PBX');
    expect(await asked()).toBe(times);
  }
});
