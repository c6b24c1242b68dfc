/** What a page in the window cannot do, even if somebody else's script ran in it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchPatchbay, type Patchbay } from '../e2e/harness';
import { type SimotelSimulator, startSimotel } from '../simulators';

let patchbay: Patchbay;
let server: SimotelSimulator;

beforeAll(async () => {
  server = await startSimotel({ size: 1 });
  patchbay = await launchPatchbay({ locale: 'en' });
  await patchbay.page.getByRole('navigation').waitFor();
});
afterAll(async () => {
  await patchbay.dispose();
  await server.stop();
});

it('has no Node in its page: no require, no process, no module, no Electron', async () => {
  const found = await patchbay.page.evaluate(() =>
    ['require', 'process', 'module', 'global', 'Buffer', 'ipcRenderer', 'electron', '__dirname'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
});

it('gives its page the requests of the contract and no way to name another channel', async () => {
  const bridge = await patchbay.page.evaluate(() => {
    const found: string[] = [];
    const given: unknown = Reflect.get(globalThis, 'patchbay');
    const walk = (value: unknown, path: string) => {
      if (typeof value === 'function') found.push(path);
      else if (value !== null && typeof value === 'object')
        for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
    };
    walk(given, '');
    return found;
  });
  const { contract, events } = await import('../../shared/contract/contract');
  const requests = Object.entries(contract).flatMap(([group, members]) =>
    Object.keys(members).map((name) => `${group}.${name}`),
  );
  expect(bridge.sort()).toEqual([...requests, ...Object.keys(events).map((name) => `on.${name}`)].sort());
});

it('runs no script that it did not bring: no inline script, no new Function, no javascript: link', async () => {
  const ran = await patchbay.page.evaluate(async () => {
    const marks = globalThis as { injected?: string };
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = "inline"';
    document.head.append(script);
    const link = document.createElement('a');
    link.href = 'javascript:globalThis.injected="link"';
    document.body.append(link);
    link.click();
    document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="globalThis.injected=\'handler\'">');
    await new Promise((resolve) => setTimeout(resolve, 300));
    link.remove();
    return marks.injected ?? 'nothing';
  });
  expect(ran).toBe('nothing');
  // Asked in a task of the page's own: what a debugger evaluates is exempt from the policy.
  const evaluated = await patchbay.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            resolve(String(new Function('return 1')()));
          } catch (error) {
            resolve(error instanceof Error ? error.name : 'refused');
          }
        });
      }),
  );
  expect(evaluated).toBe('EvalError');
});

it('opens no window and goes nowhere', async () => {
  const { page, app } = patchbay;
  const before = page.url();
  expect(await page.evaluate((url) => window.open(url) === null, server.url)).toBe(true);
  server.clearLog();
  for (const target of [
    `${server.url}/phish`,
    'https://example.invalid/',
    'file:///etc/passwd',
    'data:text/html,x',
  ]) {
    await page.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      document.body.append(link);
      link.click();
      link.remove();
      location.href = to;
    }, target);
  }
  await page.evaluate((url) => {
    const form = document.createElement('form');
    form.action = url;
    document.body.append(form);
    form.submit();
    form.remove();
  }, server.url);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  expect(page.url()).toBe(before);
  expect(app.windows().length).toBe(1);
  expect(server.log).toEqual([]);
  // Asked of the document: after a navigation that was refused a locator waits for it for ever.
  expect(await page.evaluate(() => document.querySelector('nav') !== null)).toBe(true);
});

it('is denied every permission', async () => {
  const { page } = patchbay;
  const asked = await page.evaluate(async () => {
    const answers: Record<string, string> = {};
    const state = async (name: string) => {
      try {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        answers[name] = state;
      } catch {
        answers[name] = 'denied';
      }
    };
    for (const name of ['geolocation', 'camera', 'microphone', 'notifications', 'clipboard-read', 'midi'])
      await state(name);
    answers.media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    );
    answers.clipboard = await navigator.clipboard.readText().then(
      () => 'granted',
      () => 'denied',
    );
    return answers;
  });
  expect(
    Object.values(asked).every((answer) => answer === 'denied'),
    JSON.stringify(asked),
  ).toBe(true);
});

it('is sandboxed and isolated, as the program itself reports it', async () => {
  const preferences = await patchbay.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const contents = window?.webContents;
    // Not in Electron's types; the one way to ask what a window really got.
    const ask: unknown = contents ? Reflect.get(contents, 'getLastWebPreferences') : undefined;
    return typeof ask === 'function' ? Reflect.apply(ask, contents, []) : null;
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  expect(preferences.webviewTag).not.toBe(true);
  expect(preferences.webSecurity).not.toBe(false);
});

it('serves nothing outside of its own folder', async () => {
  const paths = [
    '/../main/main.js',
    '/..%2fmain/main.js',
    '/%2e%2e/main/main.js',
    '/..%5cmain%5cmain.js',
    '/assets/../../main/main.js',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%2fetc/passwd',
    '//etc/passwd',
    '/%00',
    '/%',
  ];
  const answers = await patchbay.app.evaluate(async ({ net }, all) => {
    const found: [string, number, string][] = [];
    for (const path of all) {
      try {
        const answer = await net.fetch(`app://patchbay${path}`);
        found.push([path, answer.status, (await answer.text()).slice(0, 60)]);
      } catch (error) {
        found.push([path, 0, String(error)]);
      }
    }
    const index = await net.fetch('app://patchbay/');
    const other = await net.fetch('app://elsewhere/index.html');
    return { found, index: index.status, other: other.status };
  }, paths);
  expect(answers.index).toBe(200);
  expect(answers.other).toBe(404);
  expect(answers.found.filter(([, status]) => status === 200)).toEqual([]);
});
