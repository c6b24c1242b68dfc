import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { ensureElectron } from '../../../scripts/lib/electron.mjs';
import { type Keyring, type KeyringState, startKeyring } from '../../../scripts/lib/keyring.mjs';
import { evaluateAgain } from './evaluate';
import { whenTestEnds } from './finish';
import { ProgramLog } from './log';
import { screenshot } from './output';
import { repository } from './repository';

export interface LaunchOptions {
  /** A profile to open again; a fresh one unless given. */
  profileDir?: string;
  /** A state to start a private keyring in, or the keyring of an earlier launch. `working` unless given. */
  keyring?: KeyringState | Keyring;
  /** As Chromium's --lang: `en`, `fa`. */
  locale?: string;
  env?: Record<string, string>;
  size?: { width: number; height: number };
  /** Further switches. */
  args?: string[];
  /** Another program than the one built here: for testing the harness. */
  appDir?: string;
}

export interface Patchbay {
  app: ElectronApplication;
  page: Page;
  profileDir: string;
  keyring: Keyring;
  /** What the program wrote to its standard output and error so far. */
  logs(): string;
  /** Quits as a person would. Leaves profile and keyring for a next launch in the same test. */
  close(): Promise<void>;
  /** Ends it as a power cut would: no handler runs. Leaves profile and keyring too. */
  kill9(): Promise<void>;
  /** Closes and removes everything. Done by itself at the end of a test; only beforeAll users call it. */
  dispose(): Promise<void>;
}

const QUIT_MS = 40_000;
/** Long for a busy machine, and short enough that a failure says so before its test's own time is up. */
const WAIT_MS = 60_000;

/**
 * Starts the built program on a profile and a keyring of its own and waits for its window. Called inside a test, it
 * cleans up at the test's end, and shows the program's output and a picture when the test fails.
 */
export async function launchPatchbay(options: LaunchOptions = {}): Promise<Patchbay> {
  const electron = await ensureElectron();
  const ownsProfile = options.profileDir === undefined;
  const profileDir = options.profileDir ?? (await mkdtemp(path.join(tmpdir(), 'pb-profile-')));
  const asked = options.keyring ?? 'working';
  const keyring = typeof asked === 'string' ? await startKeyring(asked, { display: displayEnv() }) : asked;
  const cleanUp = async () => {
    if (typeof asked === 'string') await keyring.stop();
    if (ownsProfile) await rm(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };

  const log = new ProgramLog(path.join(keyring.dir, `output-${Date.now()}.log`));
  try {
    const app = await _electron.launch({
      executablePath: log.executableFor(electron.executable),
      args: [
        ...electron.args,
        '--disable-gpu',
        `--user-data-dir=${profileDir}`,
        ...(options.locale ? [`--lang=${options.locale}`] : []),
        ...(options.args ?? []),
        options.appDir ?? repository,
      ],
      env: { ...plainEnv(), ...keyring.env, ...log.env(electron.executable), ...options.env },
      timeout: 120_000,
    });
    evaluateAgain(app);
    const child = app.process();
    log.follow(child);
    const page = await app.firstWindow();
    page.setDefaultTimeout(WAIT_MS);
    page.on('console', (message) => {
      if (message.type() === 'error') log.add(`[renderer] ${message.text()}`);
    });
    page.on('pageerror', (error) => {
      log.add(`[renderer] uncaught ${error.message}`);
    });
    if (options.size) await resize(app, options.size);

    const kill9 = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    };
    const close = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // A program that does not quit is a finding, but must not keep the rest of the suite from running.
      const late = setTimeout(() => {
        log.add(`[harness] did not quit within ${QUIT_MS} ms and was killed`);
        child.kill('SIGKILL');
      }, QUIT_MS);
      await app.close().catch(() => {});
      clearTimeout(late);
    };
    const dispose = async () => {
      await close();
      await cleanUp();
    };
    attachToTest(log, page, dispose);
    return { app, page, profileDir, keyring, logs: () => log.text(), close, kill9, dispose };
  } catch (error) {
    const output = log.text();
    await cleanUp();
    throw new Error(`the program did not start\n${output}`, { cause: error });
  }
}

/** Outside a test (in beforeAll) vitest refuses these hooks: the caller disposes then. */
function attachToTest(log: ProgramLog, page: Page, dispose: () => Promise<void>): void {
  const name = expect.getState().currentTestName;
  whenTestEnds(async ({ task }) => {
    // Here and not in onTestFailed, which comes when the window is gone already.
    if (task.result?.state === 'fail') {
      const picture = await screenshot(page, `failed-${name}`).catch(() => 'none, the window is gone');
      console.error(`--- the program's output in "${name}" (picture: ${picture})\n${log.text()}---`);
    }
    await dispose();
  });
}

async function resize(app: ElectronApplication, size: { width: number; height: number }): Promise<void> {
  const window = await app.browserWindow(await app.firstWindow());
  await window.evaluate((own: { setContentSize(width: number, height: number): void }, { width, height }) => {
    own.setContentSize(width, height);
  }, size);
}

/** Ours, without what would lead the program to another Electron, or to be Node. */
function plainEnv(): Record<string, string> {
  const left = new Set([
    'ELECTRON_RUN_AS_NODE',
    'ELECTRON_RENDERER_URL',
    'NODE_OPTIONS',
    'VITEST',
    'NODE_ENV',
  ]);
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !left.has(name)) env[name] = value;
  }
  return env;
}

function displayEnv(): Record<string, string> {
  return process.env.DISPLAY ? { DISPLAY: process.env.DISPLAY } : {};
}
