/** The harness itself, on a program of a few lines: what it promises to the other tests. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchPatchbay, screenshot } from './harness';

let appDir = '';
const PROGRAM = `
const { app, BrowserWindow } = require('electron');
const fs = require('node:fs'), path = require('node:path');
console.log('program started');
app.on('will-quit', () => fs.writeFileSync(path.join(app.getPath('userData'), 'quit.txt'), 'properly'));
app.whenReady().then(() => new BrowserWindow({ width: 400, height: 300 }).loadURL('data:text/html,<title>T</title><h1>Hello</h1>'));
`;

beforeAll(async () => {
  appDir = await mkdtemp(path.join(tmpdir(), 'pb-app-'));
  const about = { name: 'trial', productName: 'Trial', version: '1.2.3', main: 'main.js' };
  await writeFile(path.join(appDir, 'package.json'), JSON.stringify(about));
  await writeFile(path.join(appDir, 'main.js'), PROGRAM);
});
afterAll(() => rm(appDir, { recursive: true, force: true }));

it('runs the program named in package.json, on the given profile, in the given size', async () => {
  const trial = await launchPatchbay({ appDir, keyring: 'absent', size: { width: 900, height: 600 } });
  const about = await trial.app.evaluate(({ app }) => [
    app.getName(),
    app.getVersion(),
    app.getPath('userData'),
  ]);
  expect(about).toEqual(['Trial', '1.2.3', trial.profileDir]);
  expect(await trial.page.evaluate(() => innerWidth)).toBe(900);
  expect(existsSync(await screenshot(trial.page, 'harness trial'))).toBe(true);
});

it('closes as a person would, and kills as a power cut would', async () => {
  const first = await launchPatchbay({ appDir });
  await first.kill9();
  const quit = path.join(first.profileDir, 'quit.txt');
  expect(existsSync(quit)).toBe(false);

  const again = await launchPatchbay({ appDir, profileDir: first.profileDir, keyring: first.keyring });
  await again.close();
  expect(await readFile(quit, 'utf8')).toBe('properly');
  expect(again.logs()).toContain('program started');
});

it('gives the program the private keyring and nobody’s home', async () => {
  const trial = await launchPatchbay({ appDir, keyring: 'locked' });
  const [home, bus] = await trial.app.evaluate(() => [
    process.env.HOME,
    process.env.DBUS_SESSION_BUS_ADDRESS,
  ]);
  expect(home).toContain(trial.keyring.dir);
  expect(bus).toBe(trial.keyring.env.DBUS_SESSION_BUS_ADDRESS);
});
