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
  // Without Electron's post-install download, which electron.mjs does with a time limit.
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  const quiet = ['--no-audit', '--no-fund'];
  const clean = await run('npm', ['ci', ...quiet], { env, quiet: true });
  if (clean.code === 0) return;
  // npm writes a lock file without the builds for other systems when its registry lacks them, and then refuses that
  // file. This install still uses the versions in the lock, and does not write it.
  if (!/EUSAGE/.test(clean.output) || !/Missing: .* from lock file/.test(clean.output)) {
    throw new Stop(`npm ci failed with code ${clean.code}:\n${clean.output.trim()}`);
  }
  say('npm packages: the lock file lacks builds for other systems, so npm install takes the place of npm ci');
  const install = await run('npm', ['install', '--no-save', ...quiet], { env, quiet: true });
  if (install.code !== 0)
    throw new Stop(`npm install failed with code ${install.code}:\n${install.output.trim()}`);
}

/** Compares npm's record of what it installed with the lock file, package by package. */
function whyInstall() {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return 'not installed yet';
  const wanted = readJson(path.join(root, 'package-lock.json')).packages;
  const installed = readJson(installedFile).packages;
  for (const [name, entry] of Object.entries(wanted)) {
    // Optional packages are for other platforms: npm leaves them out here.
    if (name === '' || entry.optional || entry.devOptional || entry.peer) continue;
    if (installed[name]?.version !== entry.version) return `${name} is not ${entry.version}`;
  }
  return undefined;
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
