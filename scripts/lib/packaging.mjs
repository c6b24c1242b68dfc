import { cp, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { runTool } from './bin.mjs';
import { ensureElectron } from './electron.mjs';
import { root } from './paths.mjs';
import { Stop, say } from './run.mjs';
import { writeSbom } from './sbom.mjs';
import { findBin } from './system.mjs';

const CONFIG = 'electron-builder.config.ts';
/** Users fetch it over slow lines. A larger one contains something that does not belong there. */
const LARGEST_DEB = 110_000_000;

/**
 * @typedef {object} Packaged
 * @property {string} output the folder that holds the packages and the unpacked program
 * @property {string} unpacked the program as it is in every package
 * @property {string[]} files the packages
 * @property {boolean} isRelease false where an older Electron had to take the place of the one that ships
 */

/**
 * Builds what ships and packs it.
 * @param {{targets?: string[], output?: string, testBuild?: boolean, release?: boolean, extra?: string[]}} [options]
 *   `targets`: as electron-builder calls them, all that can be made here unless given; `testBuild`: takes a debugging
 *   port, for the test of the package; `release`: stops where only an older Electron can be had; `extra`: further arguments of electron-builder
 * @returns {Promise<Packaged>}
 * @throws {Stop} when a step fails
 */
export async function pack({
  targets = targetsHere(),
  output = 'dist',
  testBuild = false,
  release = false,
  extra = [],
} = {}) {
  const electron = await ensureElectron({ allowFallback: !release });
  const folder = path.resolve(root, output);
  const build = path.join(output, 'build');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const env = {
    ...process.env,
    PATCHBAY_SHIPPED: '1',
    PATCHBAY_OUT: build,
    PATCHBAY_TEST_BUILD: testBuild ? '1' : '',
    ...(await toolsOf(targets)),
  };
  await must('electron-vite', ['build'], env);
  say(`package: ${targets.join(', ') || 'as the config says'}, with Electron ${electron.version}`);
  const stand = electron.isFallback ? await standIn(electron, folder) : [];
  if (electron.isFallback) say(notARelease(electron.version));
  const options = ['--config', CONFIG, `--config.directories.output=${output}`, ...stand, ...extra];
  await must('electron-builder', [...platform(targets), ...options], env);
  const made = (await readdir(folder)).filter((name) => /\.(deb|rpm|zip|AppImage|dmg|exe)$/.test(name));
  for (const name of made.filter((one) => one.endsWith('.deb'))) {
    const { size } = await stat(path.join(folder, name));
    if (size > LARGEST_DEB)
      throw new Stop(`${name} has ${size} bytes; ${LARGEST_DEB} is the most it may have`);
  }
  if (!testBuild) for (const name of made) await writeSbom(path.join(folder, name), build, electron.version);
  if (electron.isFallback) say(notARelease(electron.version));
  return {
    output: folder,
    unpacked: path.join(folder, 'linux-unpacked'),
    files: made.map((name) => path.join(folder, name)),
    isRelease: !electron.isFallback,
  };
}

/** The targets that this machine can make without downloading a tool. */
function targetsHere() {
  if (process.platform !== 'linux') return [];
  const possible = [
    { name: 'dir' },
    { name: 'deb', bin: 'dpkg-deb', package: 'dpkg' },
    { name: 'rpm', bin: 'rpmbuild', package: 'rpm' },
    { name: 'zip', bin: '7za', package: 'p7zip-full' },
  ];
  const missing = possible.filter(({ bin }) => bin && !findBin(bin));
  for (const { name, bin, package: from } of missing)
    say(`package: no ${name}, since ${bin} is not here (on Debian and Ubuntu it is in ${from})`);
  return possible.filter((one) => !missing.includes(one)).map(({ name }) => name);
}

/** Other systems use the config's own targets. */
function platform(targets) {
  const name = { linux: '--linux', darwin: '--mac', win32: '--win' }[process.platform];
  return [name, ...targets];
}

/** This machine's tools in place of those that electron-builder would download. */
async function toolsOf(targets) {
  if (process.platform !== 'linux') return {};
  const sevenZip = findBin('7za');
  const packs = targets.some((target) => target === 'deb' || target === 'rpm');
  return {
    ...(packs && !findBin('fpm') ? { CUSTOM_FPM_PATH: path.join(import.meta.dirname, 'fpm.mjs') } : {}),
    ...(packs && findBin('fpm') ? { USE_SYSTEM_FPM: 'true' } : {}),
    ...(sevenZip ? { ELECTRON_BUILDER_7ZIP_PATH: sevenZip } : {}),
  };
}

/** The arguments that pack the fallback, under a name and version that nobody takes for a release. */
async function standIn(electron, folder) {
  const dist = path.join(folder, 'electron');
  // Without our launcher, which would be found before the program.
  const launcher = path.join(path.dirname(electron.executable), 'resources/app');
  await cp(path.dirname(electron.executable), dist, {
    recursive: true,
    filter: (from) => from !== launcher,
  });
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  return [
    `--config.electronDist=${dist}`,
    `--config.electronVersion=${electron.version}`,
    `--config.extraMetadata.version=${version}-test.electron.${electron.version}`,
    '--config.extraMetadata.name=patchbay-not-a-release',
    `--config.linux.synopsis=NOT A RELEASE: Patchbay on Electron ${electron.version}, for tests`,
  ];
}

function notARelease(version) {
  return (
    `package: NOT A RELEASE. The Electron of package.json cannot be had here, so ${version} went in, which gets no ` +
    'security updates. Version and package name say so.'
  );
}

async function must(tool, args, env) {
  const { code, output } = await runTool(tool, args, { env, quiet: true });
  if (code !== 0) throw new Stop(`${tool} ended with code ${code}:\n${output.trim().slice(-6000)}`);
}
