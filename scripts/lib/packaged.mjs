import { existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pack } from './packaging.mjs';
import { root } from './paths.mjs';
import { run, Stop, say } from './run.mjs';
import { findBin } from './system.mjs';

/** The sources of a package. */
const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'electron-builder.config.ts',
];

/** @returns {string | undefined} why the package cannot be tested here */
export function withoutPackaged() {
  if (process.platform !== 'linux') return 'it tries the Debian package, on Linux';
  return findBin('dpkg-deb') ? undefined : 'dpkg-deb is not here';
}

/**
 * Unpacks the deb, made first if `dist/` has none newer than the sources, and makes a test build beside it: the same
 * program in the same package, but for the one constant that permits a debugging port.
 * @returns {Promise<{env: Record<string, string>, remove: () => Promise<void>}>}
 * @throws {Stop} when a step fails
 */
export async function preparePackaged() {
  const deb = freshDeb() ?? (await makeDeb());
  say(`the package: ${path.relative(root, deb)}`);
  const test = await pack({ targets: ['dir'], output: 'test-output/test-build', testBuild: true });
  // Readable by others: it runs as an ordinary user.
  const home = await mkdtemp(path.join(tmpdir(), 'pb-installed-'));
  await chmod(home, 0o755);
  await must('dpkg-deb', ['--extract', deb, path.join(home, 'shipped')]);
  await must('cp', ['-r', test.unpacked, path.join(home, 'test')]);
  return {
    env: { PATCHBAY_INSTALLED: home, PATCHBAY_DEB: deb },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

/** Returns the deb made by `npm run package`, unless a source has changed since. */
function freshDeb() {
  const dist = path.join(root, 'dist');
  const name = existsSync(dist) && readdirSync(dist).find((one) => one.endsWith('.deb'));
  if (!name) return undefined;
  const deb = path.join(dist, name);
  const made = statSync(deb).mtimeMs;
  return SOURCES.some((one) => newest(path.join(root, one)) > made) ? undefined : deb;
}

async function makeDeb() {
  const { files } = await pack({
    targets: ['deb'],
    output: 'test-output/package',
    extra: ['--config.deb.compression=gz'],
  });
  const [deb] = files;
  if (!deb) throw new Stop('electron-builder made no deb');
  return deb;
}

function newest(file) {
  if (!existsSync(file)) return 0;
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}

async function must(command, args) {
  const { code, output } = await run(command, args, { quiet: true });
  if (code !== 0) throw new Stop(`${command} ended with code ${code}:\n${output.trim()}`);
}
