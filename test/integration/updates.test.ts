/** Looking for updates, against real servers: what is asked, what is refused, and that nothing else happens. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkForUpdate } from '../../electron/about/updates';
import { ok, openHouse, refused } from '../support/house';

const pem = (which: string) =>
  readFileSync(path.resolve(import.meta.dirname, `../simulators/certs/${which}.pem`), 'utf8');
const trust = { pin: new X509Certificate(pem('first.cert')).fingerprint256, expired: null, authorities: [] };

const release = {
  tag_name: 'v0.3.0',
  html_url: 'https://releases.example.org/patchbay/v0.3.0',
  published_at: '2026-11-01T10:00:00Z',
  body: 'Line one\r\nLine two',
  assets: [{ browser_download_url: 'https://elsewhere.example/patchbay.deb' }],
};

let asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = [];
const closing: (() => Promise<void>)[] = [];
beforeEach(() => {
  asked = [];
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A feed that answers as told. @returns its address */
async function feed(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer({ cert: pem('first.cert'), key: pem('first.key') }, (request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    answer(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(
    () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/releases/latest`;
}

const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

const check = (address: string, current = '0.2.0', timeoutMs = 20_000) =>
  checkForUpdate({ feed: address, current, timeoutMs, trust });
const problemOf = (address: string, timeoutMs?: number) =>
  check(address, '0.2.0', timeoutMs).then(
    () => expect.unreachable('it was answered'),
    (error: unknown) => error,
  );

it('shows the newest release, and asks once, for one thing, telling nothing of this machine', async () => {
  const address = await feed(json(release));
  expect(await check(address)).toEqual({
    current: '0.2.0',
    newest: '0.3.0',
    newer: true,
    published: Date.parse(release.published_at),
    notes: 'Line one\nLine two',
    page: release.html_url,
  });
  expect(asked.map(({ path: one }) => one)).toEqual(['/releases/latest']);
  expect(asked[0]?.headers['user-agent']).toBe('Patchbay');
  expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual([
    'accept',
    'accept-encoding',
    'cache-control',
    'connection',
    'host',
    'pragma',
    'user-agent',
  ]);
});

it.each(['0.3.0', '0.4.0', '1.0.0'])('is no newer than %s', async (current) => {
  expect(await check(await feed(json(release)), current)).toMatchObject({ newer: false });
});

it.each([301, 302, 303, 307, 308])('does not follow a %i elsewhere, nor to itself', async (status) => {
  const address = await feed((response) => {
    response.writeHead(status, { location: '/other' });
    response.end();
  });
  expect(await problemOf(address)).toMatchObject({ problem: { code: 'update-elsewhere' } });
  expect(asked).toHaveLength(1);
});

it.each([
  ['a web page', '<html>'],
  ['a list', []],
  ['null', null],
  ['no version', { ...release, tag_name: 'latest' }],
  ['a version with something in it that is not seen', { ...release, tag_name: '0.3.0\u202e' }],
  ['a version that is no text', { ...release, tag_name: { toString: 'x' } }],
  ['a page that is a script', { ...release, html_url: 'javascript:alert(1)' }],
  ['a page that is a file', { ...release, html_url: 'file:///etc/passwd' }],
  ['a page without encryption', { ...release, html_url: 'http://releases.example.org/' }],
  ['a page with a name in front of it', { ...release, html_url: 'https://github.com@evil.example/' }],
  ['a page too long to be one', { ...release, html_url: `https://a.example/${'x'.repeat(3_000)}` }],
])('an answer with %s is unreadable', async (_what, body) => {
  expect(await problemOf(await feed(json(body)))).toMatchObject({ problem: { code: 'update-unreadable' } });
});

it.each([204, 401, 404, 500])('a status of %i is said', async (status) => {
  expect(await problemOf(await feed(json(release, status)))).toMatchObject({
    problem: { code: 'update-unreadable', params: { status } },
  });
});

it('notes that are too long are cut, and half a character in them is marked', async () => {
  const long = await check(await feed(json({ ...release, body: `${'a'.repeat(19_999)}😀 and more` })));
  expect(long.notes.length).toBeLessThanOrEqual(20_000);
  expect(long.notes.endsWith('a')).toBe(true);
  const half = await check(
    await feed(json(JSON.stringify({ ...release, body: 'x' }).replace('"x"', '"\\ud800 \\u0000"'))),
  );
  expect(half.notes).toBe('\ufffd \ufffd');
});

it('an answer that is too large, or never ends, is given up', async () => {
  const large = await feed((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  expect(await problemOf(large)).toMatchObject({ problem: { code: 'too-large' } });
  const slow = await feed((response) => void response.write('{'));
  expect(await problemOf(slow, 500)).toMatchObject({ problem: { code: 'timeout' } });
});

it('a certificate that nobody trusts is refused before anything is asked', async () => {
  const address = await feed(json(release));
  await expect(checkForUpdate({ feed: address, current: '0.2.0' })).rejects.toMatchObject({
    problem: { code: 'tls-untrusted' },
  });
  expect(asked).toEqual([]);
});

it('is off until an https address is set, and off again when it is taken away', async () => {
  const house = await openHouse();
  expect(await ok(house.ask.about.feed())).toEqual({ feed: null });
  expect((await refused(house.ask.about.check())).code).toBe('update-address');
  for (const wrong of [
    'http://a.example/',
    'ftp://a.example',
    'a.example',
    'https://u:p@a.example/',
    'javascript:1',
  ])
    expect((await refused(house.ask.about.setFeed({ feed: wrong }))).code).toBe('update-address');
  expect(await ok(house.ask.about.setFeed({ feed: ' https://a.example/releases/latest ' }))).toEqual({
    feed: 'https://a.example/releases/latest',
  });
  expect(await ok(house.ask.about.setFeed({ feed: '' }))).toEqual({ feed: null });
});
