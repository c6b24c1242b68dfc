/** The keychain service against a real gnome-keyring on a bus of its own: working, locked, absent. */
import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { KeychainClient, type KeychainClientOptions } from '../../electron/keychain/client';
import { overChildProcess } from '../../electron/keychain/transport';
import { Vault, type VaultState } from '../../electron/keychain/vault';
import { ensureDisplay } from '../../scripts/lib/display.mjs';
import { type Keyring, type KeyringState, startKeyring } from '../../scripts/lib/keyring.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const onLinux = process.platform === 'linux';
let workerDir = '';
const cleanups: Array<() => void | Promise<void>> = [];

beforeAll(async () => {
  // Inside the repository, so that the worker finds keytar in node_modules.
  workerDir = await mkdtemp(path.join(root, 'node_modules/.keychain-worker-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      outDir: workerDir,
      minify: false,
      ssr: path.join(root, 'electron/keychain/worker.ts'),
      target: 'node20',
      rolldownOptions: { external: ['keytar'], output: { format: 'cjs', entryFileNames: 'worker.cjs' } },
    },
    ssr: { noExternal: true, external: ['keytar'] },
  });
});
afterAll(() => rm(workerDir, { recursive: true, force: true }));
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function keyring(state: KeyringState, display: Record<string, string> = {}): Promise<Keyring> {
  const started = await startKeyring(state, { display });
  cleanups.push(() => started.stop());
  return started;
}

/** Many times what a worker needs to start and answer, so that a busy machine is not taken for a keyring that hangs. */
const answersMs = 20_000;

/** A client as the program makes it, over a forked Node in place of a utility process. */
function client(
  ring: Keyring,
  options: Partial<KeychainClientOptions> = {},
  script = path.join(workerDir, 'worker.cjs'),
): KeychainClient & { spawned: number } {
  // Left out on purpose unless the keyring has one: a prompt must not appear on somebody's desktop.
  const { DISPLAY, WAYLAND_DISPLAY, ...env } = process.env;
  const made = Object.assign(
    new KeychainClient({
      service: 'Patchbay/test',
      timeoutMs: answersMs,
      // Longer than any test: a busy machine must not look as if nobody asked any more.
      idleMs: 600_000,
      spawn: () => {
        made.spawned += 1;
        return overChildProcess(
          fork(script, {
            env: { ...env, ...ring.env },
            execArgv: [],
            stdio: 'ignore',
          }),
        );
      },
      ...options,
    }),
    { spawned: 0 },
  );
  cleanups.push(() => made.close());
  return made;
}

const PASSWORD = { connectionId: 'c1', part: 'password' };

describe.runIf(onLinux)('with a working keyring', () => {
  it('writes, reads back, tells and removes an entry', async () => {
    const keychain = client(await keyring('working'));
    expect(await keychain.set('a', 'رمز 007 "x"')).toEqual({ ok: true });
    expect(await keychain.get('a')).toEqual({ ok: true, secret: 'رمز 007 "x"' });
    expect(await keychain.has('a')).toEqual({ ok: true, has: true });
    expect(await keychain.delete('a')).toEqual({ ok: true, deleted: true });
    expect(await keychain.get('a')).toEqual({ ok: true, secret: null });
    expect(keychain.spawned).toBe(1);
  });

  it('reaches a keyring that was restarted, without being told', async () => {
    const ring = await keyring('working');
    const keychain = client(ring);
    await keychain.set('a', 's');
    await ring.unlock();
    expect(await keychain.get('a')).toEqual({ ok: true, secret: 's' });
  });

  it('needs no process while nobody asks, and has another for the next who does', async () => {
    const keychain = client(await keyring('working'), { idleMs: 10 });
    await keychain.set('a', 's');
    await expect
      .poll(
        async () => {
          expect(await keychain.get('a')).toEqual({ ok: true, secret: 's' });
          return keychain.spawned;
        },
        { interval: 100, timeout: answersMs },
      )
      .toBeGreaterThan(1);
  });

  it('keeps two profiles apart', async () => {
    const ring = await keyring('working');
    await client(ring, { service: 'Patchbay/one' }).set('a', 'first');
    expect(await client(ring, { service: 'Patchbay/two' }).get('a')).toEqual({ ok: true, secret: null });
  });

  it('answers many calls at once one by one, each with its own value', async () => {
    const keychain = client(await keyring('working'));
    const names = Array.from({ length: 20 }, (_, i) => `n${i}`);
    await Promise.all(names.map((name) => keychain.set(name, `secret of ${name}`)));
    const read = await Promise.all(names.map((name) => keychain.get(name)));
    expect(read).toEqual(names.map((name) => ({ ok: true, secret: `secret of ${name}` })));
  });

  it('gives the same sealing key to a later start, and credentials too', async () => {
    const ring = await keyring('working');
    const first = new Vault(client(ring));
    const key = await first.sealingKey();
    expect(await first.set(PASSWORD, 'p')).toEqual({ ok: true, kept: 'keychain' });

    const later = new Vault(client(ring));
    expect(await later.open()).toBe('ready');
    expect(await later.sealingKey()).toEqual(key);
    expect(await later.get(PASSWORD)).toEqual({ ok: true, secret: 'p', kept: 'keychain' });
    expect(await later.clear(PASSWORD)).toEqual({ ok: true, cleared: true });
    expect(await later.has(PASSWORD)).toEqual({ ok: true, has: false });
  });
});

describe.runIf(onLinux)('with a worker that comes up slowly, as on a busy machine', () => {
  it('counts the time for an answer from when the worker is up, and calls no open keyring locked', async () => {
    const script = path.join(workerDir, 'slow.cjs');
    await writeFile(script, 'setTimeout(() => require("./worker.cjs"), 6_000)');
    const waited: boolean[] = [];
    const keychain = client(
      await keyring('working'),
      { timeoutMs: 5_000, waitingAfterMs: 5_000, onWaiting: (waiting) => waited.push(waiting) },
      script,
    );
    const vault = new Vault(keychain);
    expect(await vault.open()).toBe('ready');
    expect(keychain.spawned).toBe(1);
    // Nobody was told to look for a prompt.
    expect(waited).toEqual([]);
  });

  it('says that a worker did not come up, and starts another at the next call', async () => {
    const script = path.join(workerDir, 'never-up.cjs');
    await writeFile(script, 'setInterval(() => {}, 1_000)');
    const keychain = client(await keyring('working'), { startMs: 200 }, script);
    expect(await keychain.get('a')).toMatchObject({
      ok: false,
      reason: 'timed-out',
      detail: expect.stringContaining('did not start'),
    });
    expect(await keychain.get('a')).toMatchObject({ ok: false, reason: 'timed-out' });
    expect(keychain.spawned).toBe(2);
  });
});

describe.runIf(onLinux)('with a locked keyring', () => {
  it('says locked, and makes no second sealing key, although the keyring answers "none"', async () => {
    const ring = await keyring('working');
    const key = await new Vault(client(ring)).sealingKey();
    await ring.lock();

    const vault = new Vault(client(ring, { promptTimeoutMs: answersMs }));
    expect(await vault.open()).toBe('locked');
    expect(await vault.sealingKey()).toMatchObject({ ok: false, reason: 'locked' });
    expect(await vault.has(PASSWORD)).toMatchObject({ ok: false, reason: 'locked' });

    await ring.unlock();
    expect(await vault.retry()).toBe('ready');
    expect(await vault.sealingKey()).toEqual(key);
  });

  it('says locked in its time while a prompt is on the screen, and tells that it waits', async () => {
    const display = await ensureDisplay({ always: true });
    cleanups.push(() => display.stop());
    const ring = await keyring('working', display.env);
    await client(ring).set('a', 's');
    await ring.lock();

    const waited: boolean[] = [];
    const keychain = client(ring, {
      timeoutMs: 6_000,
      waitingAfterMs: 500,
      onWaiting: (waiting) => waited.push(waiting),
    });
    const started = performance.now();
    expect(await keychain.get('a')).toMatchObject({ ok: false, reason: 'locked' });
    // Long before the time that a person has for a prompt: this call is one that nobody waits for.
    expect(performance.now() - started).toBeLessThan(50_000);
    expect(waited).toEqual([true, false]);
    // The blocked worker was killed, and another answered.
    expect(keychain.spawned).toBe(2);
  });

  it('notices a keyring that is locked in the middle of the day', async () => {
    const ring = await keyring('working');
    const states: VaultState[] = [];
    const vault = new Vault(client(ring, { promptTimeoutMs: answersMs }), {
      onState: (state) => states.push(state),
    });
    await vault.open();
    await ring.lock();
    expect(await vault.set(PASSWORD, 'p')).toMatchObject({ ok: false, reason: 'locked' });
    expect(states).toEqual(['ready', 'locked']);
  });
});

describe.runIf(onLinux)('with no keyring', () => {
  it('says absent without waiting for its time to be up, and keeps secrets for the session only when that is chosen', async () => {
    const vault = new Vault(client(await keyring('absent')));
    const started = performance.now();
    expect(await vault.open()).toBe('absent');
    expect(performance.now() - started).toBeLessThan(answersMs / 2);
    expect(await vault.set(PASSWORD, 'p')).toMatchObject({ ok: false, reason: 'absent' });

    vault.useSession();
    expect(await vault.set(PASSWORD, 'p')).toEqual({ ok: true, kept: 'session' });
    expect(await vault.get(PASSWORD)).toEqual({ ok: true, secret: 'p', kept: 'session' });
    expect(await vault.retry()).toBe('session-only');
    expect(await vault.get(PASSWORD)).toEqual({ ok: true, secret: 'p', kept: 'session' });
  });
});

it('survives a worker that ends by itself', async () => {
  let spawned = 0;
  const script = path.join(await mkdtemp(path.join(tmpdir(), 'pb-worker-')), 'ends.cjs');
  cleanups.push(() => rm(path.dirname(script), { recursive: true }));
  await writeFile(script, 'process.on("message", () => process.exit(1)); process.send({ ready: true })');
  const keychain = new KeychainClient({
    service: 'Patchbay/test',
    spawn: () => {
      spawned += 1;
      return overChildProcess(fork(script, { execArgv: [], stdio: 'ignore' }));
    },
  });
  cleanups.push(() => keychain.close());
  expect(await keychain.get('a')).toMatchObject({ ok: false, reason: 'failed' });
  expect(await keychain.get('a')).toMatchObject({ ok: false, reason: 'failed' });
  expect(spawned).toBe(2);
});
