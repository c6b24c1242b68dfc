import { spawn } from 'node:child_process';
import { Stop } from './run.mjs';
import { hasDisplay } from './system.mjs';

const START_MS = 60_000;

/**
 * @typedef {object} Display
 * @property {boolean} isVirtual
 * @property {Record<string, string>} env what a program needs to open its window there
 * @property {() => Promise<void>} stop ends what was started here, and nothing else
 */

/**
 * The user's display if there is one, else a virtual one of our own.
 * @param {{size?: string, always?: boolean}} [options] `size` in Xvfb's format; `always` starts a virtual one on Linux
 * even where a display exists, so that tests do not take over a desktop
 * @returns {Promise<Display>}
 * @throws {Stop} when Xvfb does not start
 */
export async function ensureDisplay({ size = '1600x1000x24', always = false } = {}) {
  if (process.platform !== 'linux' || (hasDisplay() && !always)) {
    return { isVirtual: false, env: {}, stop: async () => {} };
  }
  // Xvfb itself picks a free number and writes it to fd 3: guessing one races with other runs.
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const stop = ender(child);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const number = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Stop(`Xvfb did not start in time.\n${errors}`)), START_MS);
    let written = '';
    child.stdio[3].on('data', (chunk) => {
      written += chunk;
      if (written.endsWith('\n')) {
        clearTimeout(timer);
        resolve(written.trim());
      }
    });
    child.once('error', (error) => reject(new Stop(`Xvfb could not be started: ${error.message}`)));
    child.once('exit', (code) => reject(new Stop(`Xvfb ended with code ${code}.\n${errors}`)));
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { isVirtual: true, env: { DISPLAY: `:${number}`, WAYLAND_DISPLAY: '' }, stop };
}

/** Ends a child, also when this process exits first. */
function ender(child) {
  const kill = () => child.kill('SIGTERM');
  const gone = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  process.once('exit', kill);
  return async () => {
    process.removeListener('exit', kill);
    kill();
    await gone;
  };
}
