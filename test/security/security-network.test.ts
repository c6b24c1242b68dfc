/** The window reaches no network, by whatever way a page has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('its page reaches no network', () => {
  const ways: readonly [string, (url: string) => Promise<string>][] = [
    [
      'fetch',
      (url) =>
        fetch(url).then(
          () => 'sent',
          () => 'refused',
        ),
    ],
    [
      'XMLHttpRequest',
      (url) =>
        new Promise((resolve) => {
          const request = new XMLHttpRequest();
          request.onload = () => resolve('sent');
          request.onerror = () => resolve('refused');
          request.open('GET', url);
          request.send();
        }),
    ],
    [
      'an image',
      (url) =>
        new Promise((resolve) => {
          const image = new Image();
          image.onload = () => resolve('sent');
          image.onerror = () => resolve('refused');
          image.src = `${url}/picture.png`;
        }),
    ],
    [
      'a WebSocket',
      (url) =>
        new Promise((resolve) => {
          try {
            const socket = new WebSocket(url.replace('http', 'ws'));
            socket.onopen = () => resolve('sent');
            socket.onerror = () => resolve('refused');
          } catch {
            resolve('refused');
          }
        }),
    ],
    ['a beacon', async (url) => (navigator.sendBeacon(url, 'secret') ? 'queued' : 'refused')],
  ];
  it.each(ways)('by %s', async (_name, way) => {
    server.clearLog();
    expect(await patchbay.page.evaluate(way, server.url)).not.toBe('sent');
    // What counts is what arrived: a beacon says that it is queued, and is dropped.
    expect(server.log).toEqual([]);
  });
});

it('has two walls before the network: the page’s policy, and a filter that would hold without it', async () => {
  server.clearLog();
  const violated = await patchbay.page.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
        void fetch(url).catch(() => setTimeout(() => resolve('no policy'), 20_000));
      }),
    server.url,
  );
  expect(violated).toBe('connect-src');
  // A window of the same session that has no policy at all.
  const without = await patchbay.app.evaluate(async ({ BrowserWindow }, url) => {
    const other = new BrowserWindow({ show: false });
    try {
      await other.loadURL('data:text/html,<title>no policy</title>');
      const script = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).then(() => 'sent', () => 'refused')`;
      return await other.webContents.executeJavaScript(script);
    } finally {
      other.destroy();
    }
  }, server.url);
  expect(without).toBe('refused');
  expect(server.log).toEqual([]);
});
