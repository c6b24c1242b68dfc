import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './paths.mjs';

/** An error for the user: its message is printed without a stack. */
export class Stop extends Error {}

/** Prints a line about what the scripts are doing. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Runs a command to its end, by default with our own terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, lines?: boolean, timeoutMs?: number}} [options]
 *   `quiet` collects the output instead of showing it; `lines` shows it by whole lines, so that two that run at the
 *   same time can be read.
 * @returns {Promise<{code: number, output: string}>} never rejects: a command that cannot start has code 127,
 *   one that ran out of time 124, one ended by a signal 128 plus its number
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      ...options.user,
      stdio: options.quiet || options.lines ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
      // npm and npx are .cmd files on Windows, which only a shell can start.
      shell: process.platform === 'win32' && /^(npm|npx)$/.test(command),
    });
    let output = '';
    const take = (chunk) => {
      output += chunk;
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (options.lines) showLines(stream);
      else stream?.on('data', take);
    }
    child.once('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.once('close', (code, signal) => {
      const timedOut = options.timeoutMs !== undefined && signal === 'SIGKILL';
      resolve({ code: code ?? (timedOut ? 124 : 128 + (constants.signals[signal] ?? 0)), output });
    });
  });
}

function showLines(stream) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const text = rest + chunk;
    const end = text.lastIndexOf('\n') + 1;
    process.stdout.write(text.slice(0, end));
    rest = text.slice(end);
  });
  stream.once('end', () => rest && say(rest));
}

/**
 * Runs a script's main function and turns its end into the exit code.
 * @param {() => Promise<number | void>} main
 */
export async function script(main) {
  // Ending by a signal would skip the exit handlers that end our daemons.
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ]) {
    process.once(signal, () => process.exit(128 + number));
  }
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Stop ? error.message : error?.stack || error}\n`);
    process.exitCode = 1;
  }
}
