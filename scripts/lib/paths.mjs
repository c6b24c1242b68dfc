import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Reads package.json as it is on disk. */
export function readPackage() {
  return createRequire(import.meta.url)(path.join(root, 'package.json'));
}

/**
 * A per-user cache, outside the repository, so that every fresh clone finds what an earlier one fetched.
 * @returns {string}
 */
export function cacheDir() {
  const base = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.join(base, 'patchbay');
}
