/** The unpacked package, started as an ordinary user would: not as root, and in Chromium's sandbox where it can be. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Keyring, startKeyring } from '../../scripts/lib/keyring.mjs';
import { atEnd, removeFolder } from '../support/endings';

/** Root runs no browser in a sandbox, and nobody works as root: `nobody` is there on every system. */
const nobody = { uid: 65_534, gid: 65_534 };
export const user = process.getuid?.() === 0 ? nobody : undefined;

/** Whether this machine lets an ordinary user have namespaces, from which the sandbox is made. */
export const hasNamespaces = spawnSync('unshare', ['--user', 'true'], { ...user, cwd: '/' }).status === 0;

const home = process.env.PATCHBAY_INSTALLED ?? '';
/** Where the deb puts the program, below a root of its own. */
export const shippedRoot = path.join(home, 'shipped');
export const shipped = path.join(shippedRoot, 'opt/Patchbay');
/** The same package, but with the one constant of a test build. */
export const testBuild = path.join(home, 'test');

export interface Started {
  readonly child: ChildProcess;
  readonly profile: string;
  /** All that it wrote to its standard output and error. */
  readonly said: () => string;
}

export interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly keyring?: Keyring;
}

/** A folder that the user of the program may write to; gone with the test. */
export function ownFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pb-own-'));
  if (user) chownSync(folder, user.uid, user.gid);
  atEnd(() => removeFolder(folder));
  return folder;
}

/** A keyring of that user's; gone with the test. */
export async function ownKeyring(): Promise<Keyring> {
  const keyring = await startKeyring('working', user ? { user } : {});
  atEnd(() => keyring.stop());
  return keyring;
}

/** Starts the program of a folder on a profile of its own; ended with the test. */
export function start(folder: string, { args = [], env = {}, keyring }: StartOptions = {}): Started {
  const own = ownFolder();
  const profile = path.join(own, 'profile');
  mkdirSync(profile, { mode: 0o700 });
  if (user) chownSync(profile, user.uid, user.gid);
  const child = spawn(
    path.join(folder, 'patchbay'),
    [...(hasNamespaces ? [] : ['--no-sandbox']), '--disable-gpu', `--user-data-dir=${profile}`, ...args],
    { ...user, cwd: own, env: { ...plain(own), ...keyring?.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  atEnd(() => end(child));
  return { child, profile, said: () => said };
}

/** Ends a program as a test does that has seen enough. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** The environment of a desktop, and nothing of the test's own: no HOME of root, no Node or Electron to obey. */
function plain(own: string): Record<string, string> {
  const { PATH = '/usr/bin:/bin', DISPLAY = '', LANG = 'C.UTF-8' } = process.env;
  return { PATH, DISPLAY, LANG, HOME: own, NO_AT_BRIDGE: '1' };
}

/** What the program has written to its log. */
export function logOf({ profile }: Started): string {
  const file = path.join(profile, 'logs/patchbay.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
