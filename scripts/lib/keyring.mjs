import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './run.mjs';

/**
 * A private Secret Service for one test or command; no user's keyring is touched.
 *
 * `working`: unlocked, empty. `locked`: there, but nobody answers its prompt. `absent`: no D-Bus at all.
 * @typedef {'working' | 'locked' | 'absent'} KeyringState
 *
 * @typedef {object} Keyring
 * @property {Record<string, string>} env the environment of a program that is to use the keyring
 * @property {string} dir the private folder that holds its files
 * @property {() => Promise<void>} lock locks it, as the screen lock of some desktops does
 * @property {() => Promise<void>} unlock starts it again, unlocked, with the same entries, like a new login
 * @property {() => Promise<void>} stop ends its processes and removes its files
 */

const START_MS = 60_000;
// Not empty: with an empty password gnome-keyring shows a prompt that nobody answers.
const PASSWORD = 'test';
const LOGIN = '/org/freedesktop/secrets/collection/login';

/**
 * Starts a private keyring in a state.
 * @param {KeyringState} [state]
 * @param {{display?: Record<string, string>, user?: {uid: number, gid: number}}} [options] `display`: where prompts
 * appear; by default nowhere. `user`: its owner, where root starts it for another user
 * @returns {Promise<Keyring>}
 */
export async function startKeyring(state = 'working', { display = {}, user = {} } = {}) {
  // Short, since it contains sockets, whose paths may have 107 bytes at most.
  const dir = await mkdtemp(path.join(tmpdir(), 'pb-keyring-'));
  const env = await privateEnv(dir, user);
  const children = [];
  const killAll = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', killAll);

  const stop = async () => {
    process.removeListener('exit', killAll);
    for (const child of children.reverse()) await end(child);
    await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const noDaemon = async () => {};
  if (state === 'absent') {
    // A dead address: with none at all, libsecret would start a bus through the X display.
    env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${path.join(dir, 'no-bus')}`;
    return { env, dir, stop, lock: noDaemon, unlock: noDaemon };
  }
  try {
    const full = { ...withoutSession(process.env), ...display, ...env };
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=1'], {
      env: full,
      stdio: ['ignore', 'pipe', 'ignore'],
      ...user,
    });
    children.push(bus);
    env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus, 'dbus-daemon');
    full.DBUS_SESSION_BUS_ADDRESS = env.DBUS_SESSION_BUS_ADDRESS;

    const startDaemon = async () => {
      const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
        env: full,
        stdio: ['pipe', 'ignore', 'ignore'],
        ...user,
      });
      children.push(daemon);
      daemon.stdin.end(PASSWORD);
      await untilServed(full, user);
    };
    await startDaemon();
    // A running daemon takes a password only from its own prompt; a new one finds the same entries on disk.
    const unlock = async () => {
      await end(children.pop());
      await startDaemon();
    };
    const keyring = { env, dir, stop, lock: () => setLocked(full, user), unlock };
    if (state === 'locked') await keyring.lock();
    return keyring;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function privateEnv(dir, { uid, gid }) {
  const own = async (folder) => {
    if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
  };
  await own(dir);
  const folder = async (name) => {
    const full = path.join(dir, name);
    await mkdir(full, { mode: 0o700 });
    await own(full);
    return full;
  };
  return {
    HOME: await folder('home'),
    XDG_RUNTIME_DIR: await folder('run'),
    XDG_DATA_HOME: await folder('data'),
    XDG_CONFIG_HOME: await folder('config'),
    XDG_CACHE_HOME: await folder('cache'),
    // Without it, GTK would start the accessibility bus, which outlives its starter.
    NO_AT_BRIDGE: '1',
  };
}

/** The user's session must not leak into the daemons: a prompt would appear on their desktop. */
function withoutSession(env) {
  const { DISPLAY, WAYLAND_DISPLAY, DBUS_SESSION_BUS_ADDRESS, GNOME_KEYRING_CONTROL, ...rest } = env;
  return rest;
}

async function firstLine(child, name) {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with code ${code}`);
  });
  failed.catch(() => {});
  const line = (async () => {
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
      if (text.includes('\n')) break;
    }
    return text.trim();
  })();
  const late = sleep(START_MS, undefined, { ref: false }).then(() => {
    throw new Error(`${name} did not start in ${START_MS} ms`);
  });
  return Promise.race([line, failed, late]);
}

async function untilServed(env, user) {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    const { output } = await call(
      { env, user },
      'org.freedesktop.DBus',
      '/',
      'org.freedesktop.DBus.NameHasOwner',
      ['string:org.freedesktop.secrets'],
    );
    if (output.includes('boolean true')) {
      const found = await call(
        { env, user },
        'org.freedesktop.secrets',
        LOGIN,
        'org.freedesktop.DBus.Properties.Get',
        ['string:org.freedesktop.Secret.Collection', 'string:Locked'],
      );
      if (found.output.includes('boolean false')) return;
    }
    await sleep(50);
  }
  throw new Error(`the keyring did not come up unlocked in ${START_MS} ms`);
}

async function setLocked(env, user) {
  const method = 'org.freedesktop.Secret.Service.Lock';
  const { code, output } = await call(
    { env, user },
    'org.freedesktop.secrets',
    '/org/freedesktop/secrets',
    method,
    [`array:objpath:${LOGIN}`],
  );
  if (code !== 0) throw new Error(`the keyring could not be locked: ${output}`);
}

function call(as, to, object, method, args) {
  return run('dbus-send', ['--session', '--print-reply', `--dest=${to}`, object, method, ...args], {
    ...as,
    quiet: true,
    timeoutMs: 30_000,
  });
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 2_000);
  await gone;
  clearTimeout(late);
}
