/** The licences of what is in the program: read from the builds' lists and Electron's own files, found by name and text. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Licences } from '../../electron/about/licences';
import { isNewer, versionOf } from '../../electron/about/versions';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pb-licences-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function licences(): Licences {
  return new Licences({
    built: path.join(folder, 'out'),
    electron: [path.join(folder, 'electron'), path.join(folder, 'resources')],
    electronVersion: '45.0.0',
  });
}

const zod = { name: 'zod', version: '4.0.0', identifier: 'MIT', text: 'Copyright Colin' };
const keytar = { name: 'keytar', version: '7.0.0', identifier: 'MIT', text: 'Copyright GitHub' };
const chromium = `<html><body>
<div class="product">
<span class="title">Abseil &amp; friends</span>
<div class="license"><pre>Apache &quot;License&quot; &lt;2.0&gt; &amp;lt;</pre></div>
</div>
<div class="product"><span class="title">zlib</span><div class="license"><pre>No warranty</pre></div></div>
</body></html>`;

it('are those of all builds once each, of Electron, and of everything in Chromium', async () => {
  put('out/main/licences.json', JSON.stringify([zod]));
  put('out/main/native-licences.json', JSON.stringify([keytar]));
  put('out/renderer/licences.json', JSON.stringify([zod, { name: 'react', version: '19.0.0' }]));
  put('resources/LICENSE.electron.txt', 'Copyright Electron contributors');
  put('electron/LICENSES.chromium.html', chromium);
  const all = licences();
  const { total, items } = await all.find('');
  expect(total).toBe(6);
  expect(items.map(({ name }) => name)).toEqual([
    'keytar',
    'react',
    'zod',
    'Electron',
    'Abseil & friends',
    'zlib',
  ]);
  expect(await all.text(3)).toMatchObject({ version: '45.0.0', text: 'Copyright Electron contributors' });
  expect((await all.text(4)).text).toBe('Apache "License" <2.0> &lt;');
});

it('are found by a part of the name or of the text, whatever its case', async () => {
  put('out/main/licences.json', JSON.stringify([zod, keytar]));
  put('electron/LICENSES.chromium.html', chromium);
  const names = async (text: string) => (await licences().find(text)).items.map(({ name }) => name);
  expect(await names('ZOD')).toEqual(['zod']);
  expect(await names('warranty')).toEqual(['zlib']);
  expect(await names('copyright g')).toEqual(['keytar']);
  expect(await names('nothing of the kind')).toEqual([]);
});

it('are what is there where a list is missing or damaged, and one that is not there is told so', async () => {
  put('out/main/licences.json', '[{"name": 3}]');
  put('out/preload/licences.json', JSON.stringify([zod]));
  const all = licences();
  expect((await all.find('')).items.map(({ name }) => name)).toEqual(['zod', 'Electron']);
  await expect(all.text(99)).rejects.toMatchObject({ problem: { code: 'not-found' } });
});

it('a version is one of three numbers, and a release comes after what led to it', () => {
  expect(versionOf('v1.02.3')).toBe('1.2.3');
  expect(versionOf(' 1.2.3-rc.1 ')).toBe('1.2.3-rc.1');
  for (const tag of ['1.2', 'latest', '1.2.3.4', '1.2.3\u202e', '']) expect(versionOf(tag)).toBeNull();
  expect(isNewer('0.10.0', '0.9.9')).toBe(true);
  expect(isNewer('1.0.0', '1.0.0')).toBe(false);
  expect(isNewer('1.0.0', '1.0.0-rc.1')).toBe(true);
  expect(isNewer('1.0.0-rc.1', '1.0.0')).toBe(false);
  expect(isNewer('1.0.0-rc.10', '1.0.0-rc.9')).toBe(true);
  expect(isNewer('0.9.0', '1.0.0')).toBe(false);
});
