import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './paths.mjs';
import { registryNode } from './registry-node.mjs';
import { run, say } from './run.mjs';

/** Debian's wine64 package installs the program outside the PATH. */
function findWine() {
  const folders = ['/usr/lib/wine', ...(process.env.PATH ?? '').split(path.delimiter)];
  return folders.map((folder) => path.join(folder, 'wine64')).find((file) => existsSync(file));
}

/** @returns {string | undefined} why tests cannot run under it */
export function withoutWine() {
  return findWine() ? undefined : 'there is no wine64 (on Debian: apt-get install wine64)';
}

/**
 * Runs test/wine/native.cjs with a Node for Windows under Wine, in a private prefix. Its results come in a file: a pipe
 * out of Wine fails.
 * @returns {Promise<import('./suites.mjs').Count>}
 */
export async function wine() {
  const node = await registryNode('windows');
  const work = await mkdtemp(path.join(tmpdir(), 'pb-wine-'));
  const results = path.join(work, 'results.json');
  try {
    // Wine reports an older Windows than Node requires.
    const env = {
      ...process.env,
      WINEPREFIX: path.join(work, 'prefix'),
      WINEDEBUG: '-all',
      DISPLAY: '',
      NODE_SKIP_PLATFORM_CHECK: '1',
    };
    const log = path.join(work, 'output.log');
    const asked = [findWine(), node, windowsPath(path.join(root, 'test/wine/native.cjs')), windowsPath(work)];
    const { code } = await run('sh', ['-c', 'exec "$@" >"$0" 2>&1 </dev/null', log, ...asked], {
      env,
      quiet: true,
      timeoutMs: 600_000,
    });
    if (!existsSync(results)) {
      say(`wine: no result came (code ${code})\n${(await readFile(log, 'utf8')).trim()}`);
      return { passed: 0, failed: 1, skipped: 0 };
    }
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const { name, error } of JSON.parse(await readFile(results, 'utf8'))) {
      say(`${error ? '×' : '✓'} ${name}${error ? `\n  ${error}` : ''}`);
      count[error ? 'failed' : 'passed'] += 1;
    }
    return count;
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Wine has the whole file system as drive Z. */
function windowsPath(file) {
  return `Z:${file.replaceAll('/', '\\')}`;
}
