/** One program to a profile, and a database that is newer or damaged is never written over. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { ensureElectron } from '../../scripts/lib/electron.mjs';
import { launchPatchbay } from '../e2e/harness';
import { repository } from '../e2e/harness/repository';

it('a second start on the same profile quits and brings the first window to the front', async () => {
  const { app, page, profileDir, keyring } = await launchPatchbay({ locale: 'en' });
  await page.getByRole('navigation').waitFor();
  await app.evaluate(({ BrowserWindow }) => {
    const [own] = BrowserWindow.getAllWindows();
    // Under a bare X server nobody has the focus: what is asked is whether it was called for.
    if (own) own.focus = () => Object.assign(globalThis, { focused: true });
  });
  const electron = await ensureElectron();
  const args = [...electron.args, '--disable-gpu', `--user-data-dir=${profileDir}`, repository];
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const second = spawn(electron.executable, args, { env: { ...env, ...keyring.env }, stdio: 'ignore' });
  onTestFinished(() => void second.kill('SIGKILL'));
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'focused'))).toBe(true);
  expect(app.windows().length).toBe(1);
  // The first goes on as before.
  expect((await page.evaluate(() => Reflect.get(globalThis, 'patchbay').connections.list())).ok).toBe(true);
});

it('refuses a database of a newer version with a page that says so, and leaves the file as it was', async () => {
  const profileDir = await profile();
  const file = path.join(profileDir, 'patchbay.db');
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE of_the_future (x TEXT); PRAGMA user_version = 999');
  database.close();
  const before = await readFile(file);

  const patchbay = await launchPatchbay({ locale: 'en', profileDir });
  const problem = patchbay.page.locator('[data-problem="database-newer"]');
  await problem.waitFor();
  expect(await problem.innerText()).toMatch(/belongs to a newer Patchbay.*Start the newer version/s);
  const answer = await patchbay.page.evaluate(() => Reflect.get(globalThis, 'patchbay').connections.list());
  expect(answer).toMatchObject({ ok: false, problem: { code: 'database-newer' } });
  await patchbay.close();
  expect((await readFile(file)).equals(before)).toBe(true);
  expect((await readdir(profileDir)).filter((name) => name.startsWith('patchbay.db'))).toEqual([
    'patchbay.db',
  ]);
});

it('sets a damaged database aside whole, says where it is, and starts with an empty one', async () => {
  const profileDir = await profile();
  const damaged = Buffer.from(`not a database at all ${'x'.repeat(9_000)}`);
  await writeFile(path.join(profileDir, 'patchbay.db'), damaged);

  const patchbay = await launchPatchbay({ locale: 'en', profileDir });
  const notice = patchbay.page.locator('[data-problem="database-set-aside"]');
  await notice.waitFor();
  const aside = (await readdir(profileDir)).find((name) => name.startsWith('patchbay.db.damaged-'));
  if (!aside) throw new Error('nothing was set aside');
  expect(await notice.innerText()).toContain(aside);
  expect((await readFile(path.join(profileDir, aside))).equals(damaged)).toBe(true);
  await patchbay.page.getByText('No connection yet').waitFor();
  expect(
    (await patchbay.page.evaluate(() => Reflect.get(globalThis, 'patchbay').connections.list())).value,
  ).toEqual([]);
});

async function profile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pb-profile-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}
