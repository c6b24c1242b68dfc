import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Runs a tool of node_modules by its JavaScript entry with this Node: no npx, no shell, the same on Windows.
 * @param {string} name the package's name
 * @param {string[]} args
 * @param {Parameters<typeof run>[2] & {node?: string}} [options] `node`: another Node than this one
 */
export function runTool(name, args, options) {
  return run(options?.node ?? process.execPath, [toolEntry(name), ...args], options);
}

function toolEntry(name) {
  const home = path.join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const [first] = Object.values(typeof bin === 'string' ? { bin } : bin);
  const entry = typeof bin === 'object' ? (bin[TOOL_BIN[name] ?? name] ?? first) : first;
  return createRequire(import.meta.url).resolve(path.join(home, entry));
}

/** Where the command is not called like its package. */
const TOOL_BIN = { typescript: 'tsc', '@biomejs/biome': 'biome' };
