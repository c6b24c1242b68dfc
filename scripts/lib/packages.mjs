import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { run, Stop, say } from './run.mjs';

/**
 * Installs the npm packages when they are missing or not those of package-lock.json.
 * @throws {Stop} when npm fails
 */
export async function ensurePackages() {
  const reason = whyInstall();
  if (!reason) return;
  say(`npm packages: ${reason}, running npm ci`);
  // Electron's own post-install download is no part of this: electron.mjs does it, with a bound on its time.
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund'], { env });
  if (code !== 0) throw new Stop(`npm ci failed with code ${code}; its output is above.`);
}

/** Compares npm's record of what it installed with the lock file, package by package. */
function whyInstall() {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return 'not installed yet';
  const wanted = readJson(path.join(root, 'package-lock.json')).packages;
  const installed = readJson(installedFile).packages;
  for (const [name, entry] of Object.entries(wanted)) {
    // Optional packages are those of other platforms: npm leaves them out here.
    if (name === '' || entry.optional || entry.devOptional || entry.peer) continue;
    if (installed[name]?.version !== entry.version) return `${name} is not ${entry.version}`;
  }
  return undefined;
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
