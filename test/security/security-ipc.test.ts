/** Who may speak to the main process, and what it takes from them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bridge } from '../../shared/contract/contract';
import { launchPatchbay, type Patchbay } from '../e2e/harness';
import { repository } from '../e2e/harness/repository';

declare const window: { readonly patchbay: Bridge };
type Loose = Record<
  string,
  Record<string, (input?: unknown) => Promise<{ ok: boolean; problem?: { code: string } }>>
>;

let patchbay: Patchbay;
const preload = path.join(repository, 'out/preload/preload.js');

beforeAll(async () => {
  patchbay = await launchPatchbay({ locale: 'en' });
  await patchbay.page.getByRole('navigation').waitFor();
});
afterAll(() => patchbay.dispose());

it('answers its own page', async () => {
  expect((await patchbay.page.evaluate(() => window.patchbay.app.info())).ok).toBe(true);
});

it.each(['app://patchbay/', 'data:text/html,<title>another</title>'])(
  'refuses another window with the same preload script at %s',
  async (url) => {
    const answer = await patchbay.app.evaluate(
      async ({ BrowserWindow }, { preload, url }) => {
        const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
        try {
          await other.loadURL(url);
          return await other.webContents.executeJavaScript('window.patchbay.app.info()');
        } finally {
          other.destroy();
        }
      },
      { preload, url },
    );
    expect(answer).toEqual({ ok: false, problem: { code: 'sender-refused', params: {} } });
  },
);

it('refuses a frame inside its own page', async () => {
  const { app } = patchbay;
  // The policy lets no frame in; one is put there past it, with the bridge in it, to see the second wall hold.
  const answer = await app.evaluate(async ({ BrowserWindow, ipcMain }, channel) => {
    const [own] = BrowserWindow.getAllWindows();
    const handlers: unknown = Reflect.get(ipcMain, '_invokeHandlers');
    const handler = handlers instanceof Map ? handlers.get(channel) : undefined;
    if (!own || typeof handler !== 'function') throw new Error('no handler to ask');
    const foreign = { url: 'app://patchbay/', parent: own.webContents.mainFrame };
    return handler({ sender: own.webContents, senderFrame: foreign }, undefined);
  }, 'patchbay:app.info');
  expect(answer).toMatchObject({ ok: false, problem: { code: 'sender-refused' } });
  const framed = await patchbay.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = 'app://patchbay/';
        frame.onload = () => {
          // A frame that was refused is a page of the browser's own, into which nobody sees.
          try {
            resolve(frame.contentWindow && 'patchbay' in frame.contentWindow ? 'has the bridge' : 'empty');
          } catch {
            resolve('refused');
          }
          frame.remove();
        };
        document.body.append(frame);
      }),
  );
  expect(framed).not.toBe('has the bridge');
});

it('refuses what is too large, and what the contract does not allow, and says so in its log', async () => {
  const codes = await patchbay.page.evaluate(async () => {
    const loose = window.patchbay as unknown as Loose;
    const ask = async (group: string, name: string, input?: unknown) => {
      try {
        const answer = await loose[group]?.[name]?.(input);
        return answer?.ok ? 'taken' : (answer?.problem?.code ?? 'nothing');
      } catch {
        return 'not sent';
      }
    };
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const id = '00000000-0000-4000-8000-000000000000';
    return {
      large: await ask('connections', 'create', { name: 'x'.repeat(2_000_000) }),
      deep: await ask('app', 'saveWorkspace', { tabs: [], active: 0, columns: {}, more: 1 }),
      wrongType: await ask('directory', 'sync', { connectionId: 7 }),
      notAnId: await ask('directory', 'sync', { connectionId: "x' OR 1=1 --" }),
      missing: await ask('changes', 'setField', { connectionId: id }),
      text: await ask('plan', 'make', 'everything'),
      nothing: await ask('plan', 'make'),
      circle: await ask('connections', 'create', circle),
      proto: await ask('directory', 'sync', JSON.parse(`{"connectionId":"${id}","__proto__":{"x":1}}`)),
      afterAll: await ask('app', 'info'),
    };
  });
  const { afterAll: last, ...refused } = codes;
  expect(last).toBe('taken');
  for (const [what, code] of Object.entries(refused)) expect([what, code]).not.toEqual([what, 'taken']);
  expect(refused.large).toBe('invalid-input');
  expect(refused.wrongType).toBe('invalid-input');
  expect(refused.text).toBe('invalid-input');
  const log = await readFile(path.join(patchbay.profileDir, 'logs/patchbay.log'), 'utf8');
  // What is too large never leaves the page's side of the bridge; main's own measure has unit tests.
  expect(log).not.toContain('connections.create');
  expect(log).toContain('directory.sync refused: input does not parse');
  // Its name and never its content.
  expect(log).not.toContain('OR 1=1');
});

it('has no handler and no listener beyond the contract', async () => {
  const { contract } = await import('../../shared/contract/contract');
  const { handlers, listeners } = await patchbay.app.evaluate(({ ipcMain }) => {
    const map: unknown = Reflect.get(ipcMain, '_invokeHandlers');
    return {
      handlers: map instanceof Map ? [...map.keys()].map(String) : [],
      listeners: ipcMain.eventNames().map(String),
    };
  });
  const wanted = Object.entries(contract).flatMap(([group, members]) =>
    Object.keys(members).map((name) => `patchbay:${group}.${name}`),
  );
  expect(handlers.sort()).toEqual(wanted.sort());
  expect(listeners.filter((name) => !name.startsWith('-ms-') && name !== 'error')).toEqual([]);
});
