import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runTool } from './bin.mjs';
import { root } from './paths.mjs';

/**
 * @typedef {{passed: number, failed: number, skipped: number}} Count
 */

/** Runs a tool whose only result is its exit code, as one check. @returns {Promise<Count>} */
export async function check(tool, args) {
  const { code } = await runTool(tool, args, { lines: true });
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * Runs one vitest project and counts from its own report. A suite that crashes, has no tests, or exits with an error
 * although its tests passed counts as failed.
 * @param {string} name the folder under test/
 * @param {Record<string, string>} env
 * @param {string} [part] only this part of its files, as `1/3`
 * @param {string} [node] another Node than this one to run it with
 * @returns {Promise<Count>}
 */
export async function suite(name, env, part, node) {
  const file = part ? `${name}-${part.replace('/', '-of-')}` : name;
  const report = path.join(root, 'test-output', `${file}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const shard = part ? [`--shard=${part}`] : [];
  const { code } = await runTool('vitest', ['run', '--project', name, ...shard, ...reporters], {
    lines: true,
    node,
    env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true', ...env },
  });
  const count = countReport(report);
  const total = count.passed + count.failed + count.skipped;
  if (total === 0) process.stdout.write(`${name}: no test was run\n`);
  else if (code !== 0 && count.failed === 0)
    process.stdout.write(`${name}: ended with code ${code} beside its tests\n`);
  if (total === 0 || (code !== 0 && count.failed === 0)) count.failed += 1;
  return count;
}

/** @returns {Count} */
function countReport(report) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  if (!existsSync(report)) return count;
  for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) {
    // A file that could not be loaded has no tests to count.
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
      count.failed += 1;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') count.passed += 1;
      else if (test.status === 'failed') count.failed += 1;
      else count.skipped += 1;
    }
  }
  return count;
}
