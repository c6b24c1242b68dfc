/**
 * Every view of the window in the Chromium of this system, which is newer than the Electron that tests can have: the built
 * page, its real policy, and a bridge whose requests go to the real handlers.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { contentSecurityPolicy } from '../../electron/app/protocol';
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs';
import { contract, events } from '../../shared/contract/contract';
import type { OpenTab, Preferences } from '../../shared/model/workspace';
import { connect, type House, ok, openHouse, type } from '../support/house';
import { panel, pbx } from '../support/servers';

// Only the policy is wanted of that module.
vi.mock('electron', () => ({ protocol: {} }));

const folder = path.resolve(import.meta.dirname, '../../out/renderer');
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

const site = createServer((request, response) => {
  const name = request.url === '/' || !request.url ? '/index.html' : request.url;
  readFile(path.join(folder, path.normalize(name))).then(
    (content) => {
      response.writeHead(200, {
        'content-type': types[path.extname(name)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy,
      });
      response.end(content);
    },
    // A browser asks for an icon of the site; the program's window does not.
    () => response.writeHead(name === '/favicon.ico' ? 204 : 404).end(),
  );
});

let browser: Browser;
beforeAll(async () => {
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  const executablePath = findChromium();
  if (!executablePath) throw new Error('there is no chromium here');
  browser = await chromium.launch({ executablePath, args: chromiumArgs() });
});
afterAll(async () => {
  await browser?.close();
  site.close();
  site.closeAllConnections();
});

/** Puts the bridge into a page: each request goes to the house; of events none come. */
async function bridge(page: Page, house: House, preferences: Preferences): Promise<void> {
  await page.exposeFunction('askHouse', async (group: string, name: string, input: unknown) => {
    const request: (given: unknown) => Promise<{ ok: boolean; value: object }> = Reflect.get(
      Reflect.get(house.ask, group),
      name,
    );
    // What has no input comes over as null.
    const answer = await request(input ?? undefined);
    if (`${group}.${name}` !== 'app.info') return answer;
    return { ...answer, value: { ...answer.value, preferences } };
  });
  const names = Object.entries(contract).map(([group, members]): [string, string[]] => [
    group,
    Object.keys(members),
  ]);
  await page.addInitScript(
    ({ requests, heard }) => {
      const ask: (group: string, name: string, input: unknown) => unknown = Reflect.get(
        globalThis,
        'askHouse',
      );
      const groups = requests.map(([group, members]) => [
        group,
        Object.fromEntries(members.map((name) => [name, (input: unknown) => ask(group, name, input)])),
      ]);
      const on = Object.fromEntries(heard.map((name) => [name, () => () => undefined]));
      Object.assign(globalThis, { patchbay: { ...Object.fromEntries(groups), on } });
    },
    { requests: names, heard: Object.keys(events) },
  );
}

it.each(['en', 'fa'] as const)('every view opens without an error, in %s', async (language) => {
  const server = await pbx();
  const house = await openHouse();
  const one = await connect(house, 'simotel', server, { timeoutMs: 60_000 });
  const other = await connect(house, 'edge', await panel(), { timeoutMs: 60_000 });
  const remoteId = String(server.records()[0]?._id);
  const second = String(server.records()[1]?._id);
  await type(house, one, remoteId, 'name', 'Reception');
  const workOrder = await ok(house.ask.workOrders.current());
  const tabs: OpenTab[] = [
    { type: 'overview' },
    { type: 'work-orders' },
    { type: 'history' },
    { type: 'settings' },
    { type: 'directory', connectionId: one.id },
    { type: 'directory', connectionId: other.id },
    { type: 'editor', connectionId: one.id, remoteId, title: 'Reception', page: null },
    { type: 'plan', workOrderId: workOrder.id, connectionId: null, changeId: null, title: '' },
    { type: 'bulk', connectionId: one.id },
    { type: 'sheet', connectionId: one.id },
    { type: 'templates' },
    {
      type: 'compare',
      items: [
        { connectionId: one.id, remoteId },
        { connectionId: one.id, remoteId: second },
      ],
    },
  ];
  await ok(house.ask.app.saveWorkspace({ tabs, active: 0, columns: {} }));

  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(60_000);
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error.stack ?? error)));
  await bridge(page, house, { language, theme: 'light', density: 'dense', size: 100, shortcuts: {} });
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);

  const strip = page.locator('[role="tablist"]').first();
  await strip.waitFor();
  expect(await page.locator('html').getAttribute('dir')).toBe(language === 'fa' ? 'rtl' : 'ltr');
  for (const at of tabs.keys()) {
    const tab = strip.locator('[role="tab"]').nth(at);
    await tab.click();
    const panelOf = page.locator('[role="tabpanel"]:visible').first();
    await panelOf.waitFor();
    // Something is drawn in it, and what loads has loaded.
    await expect
      .poll(async () => (await panelOf.innerText()).trim().length, { message: String(tabs[at]?.type) })
      .toBeGreaterThan(5);
    await expect.poll(() => panelOf.locator('.mantine-Loader-root').count()).toBe(0);
    expect(wrong, tabs[at]?.type).toEqual([]);
  }
  expect(house.noted.filter((line) => line.includes('internal'))).toEqual([]);
  await page.close();
});
