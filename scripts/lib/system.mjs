import { existsSync } from 'node:fs';
import path from 'node:path';
import { run, Stop, say } from './run.mjs';

/** The libraries that Electron needs to open a window, with the Debian packages that contain them. */
const WINDOW = [
  { lib: 'libgtk-3.so.0', package: 'libgtk-3-0' },
  { lib: 'libnss3.so', package: 'libnss3' },
  { lib: 'libgbm.so.1', package: 'libgbm1' },
  { lib: 'libasound.so.2', package: 'libasound2' },
  { lib: 'libatk-bridge-2.0.so.0', package: 'libatk-bridge2.0-0' },
  { lib: 'libcups.so.2', package: 'libcups2' },
  { lib: 'libXss.so.1', package: 'libxss1' },
  { lib: 'libsecret-1.so.0', package: 'libsecret-1-0' },
];
const VIRTUAL_DISPLAY = [{ bin: 'Xvfb', package: 'xvfb' }];
const PRIVATE_KEYRING = [
  { bin: 'dbus-daemon', package: 'dbus' },
  { bin: 'gnome-keyring-daemon', package: 'gnome-keyring' },
];

/** @returns {boolean} whether the user has a display */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Makes sure of the system packages on Linux; elsewhere nothing needs installing.
 * @param {{window?: boolean, keyring?: boolean, virtualDisplay?: boolean}} [needs] `window`: opens windows; `keyring`:
 * starts private keyrings; `virtualDisplay`: needs one even where there is a real one. By default the first two.
 * @throws {Stop} with the exact command where we may not install
 */
export async function ensureSystem({ window = true, keyring = true, virtualDisplay = !hasDisplay() } = {}) {
  if (process.platform !== 'linux') return;
  const needs = [
    ...(window ? WINDOW : []),
    ...(window && virtualDisplay ? VIRTUAL_DISPLAY : []),
    ...(keyring ? PRIVATE_KEYRING : []),
  ];
  let missing = await missingOf(needs);
  if (missing.length === 0) return;

  const names = missing.map((need) => need.package);
  if (!findBin('apt-get')) {
    throw new Stop(
      `Missing on this system: ${missing.map((need) => need.lib ?? need.bin).join(', ')}.\n` +
        `Install them with your package manager (on Debian and Ubuntu they are in: ${names.join(' ')}), then try again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new Stop(
      `System packages are missing. Run this, then try again:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${(await aptNames(names)).join(' ')}`,
    );
  }
  say(`system packages: installing ${names.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await apt(['update'], env);
  await apt(['install', '-y', '--no-install-recommends', ...(await aptNames(names))], env);
  missing = await missingOf(needs);
  if (missing.length > 0) {
    throw new Stop(`Still missing after apt-get: ${missing.map((need) => need.lib ?? need.bin).join(', ')}.`);
  }
}

async function apt(args, env) {
  // Another apt-get may be running, as on a machine that has just started: wait for its lock.
  const { code, output } = await run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env,
    quiet: true,
  });
  if (code !== 0) throw new Stop(`apt-get ${args[0]} failed:\n${output.trim()}`);
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries with the suffix t64: returns the names that this system knows. */
async function aptNames(names) {
  const chosen = [];
  for (const name of names) {
    const { output } = await run('apt-cache', ['policy', `${name}t64`], { quiet: true });
    chosen.push(/Candidate: (?!\(none\))/.test(output) ? `${name}t64` : name);
  }
  return chosen;
}

async function missingOf(needs) {
  const { output } = await run(findBin('ldconfig') ?? 'ldconfig', ['-p'], { quiet: true });
  return needs.filter((need) => (need.lib ? !output.includes(`${need.lib} `) : !findBin(need.bin)));
}

/** @returns {string | undefined} the path of a command */
export function findBin(name) {
  // A user's PATH often lacks the sbin folders, where ldconfig is.
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
