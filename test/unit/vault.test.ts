/**
 * The vault's decisions. The port is a fake here for what no real keyring on a test machine can be made to do on
 * demand: a person pressing Deny, a keychain that gives back something else than was written, and one that falls
 * silent. What a real one can do is in test/integration/keychain.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { classifyKeychainError } from '../../electron/keychain/classify';
import type { KeychainFailure, KeychainPort, KeychainReason } from '../../electron/keychain/port';
import { Vault, type VaultState } from '../../electron/keychain/vault';

class FakeKeychain implements KeychainPort {
  readonly entries = new Map<string, string>();
  fails: KeychainReason | undefined;
  failsToSet: KeychainReason | undefined;

  #failure(reason: KeychainReason): KeychainFailure {
    return { ok: false, reason, detail: 'as the test asked' };
  }
  async set(account: string, secret: string) {
    const reason = this.fails ?? this.failsToSet;
    if (reason) return this.#failure(reason);
    this.entries.set(account, secret);
    return { ok: true as const };
  }
  async get(account: string) {
    return this.fails
      ? this.#failure(this.fails)
      : { ok: true as const, secret: this.entries.get(account) ?? null };
  }
  async delete(account: string) {
    return this.fails
      ? this.#failure(this.fails)
      : { ok: true as const, deleted: this.entries.delete(account) };
  }
  async has(account: string) {
    return this.fails ? this.#failure(this.fails) : { ok: true as const, has: this.entries.has(account) };
  }
}

const TOKEN = { connectionId: 'c1', part: 'token' };

function setUp(fails?: KeychainReason) {
  const keychain = new FakeKeychain();
  keychain.fails = fails;
  const states: VaultState[] = [];
  const vault = new Vault(keychain, { onState: (state) => states.push(state) });
  return { keychain, vault, states };
}

describe('states', () => {
  for (const reason of ['absent', 'locked', 'denied', 'timed-out'] as const) {
    it(`is ${reason} when the keychain is, makes no sealing key then, and recovers on retry`, async () => {
      const { keychain, vault, states } = setUp(reason);
      expect(await vault.open()).toBe(reason);
      expect(await vault.sealingKey()).toMatchObject({ ok: false, reason });
      expect(await vault.set(TOKEN, 't')).toMatchObject({ ok: false, reason });
      expect(keychain.entries.size).toBe(0);

      keychain.fails = undefined;
      expect(await vault.retry()).toBe('ready');
      expect(await vault.sealingKey()).toMatchObject({ ok: true, kept: 'keychain' });
      expect(states).toEqual([reason, 'ready']);
    });
  }

  it('says mismatch, and not saved, when what is read back differs', async () => {
    const { keychain, vault } = setUp();
    await vault.open();
    keychain.failsToSet = 'mismatch';
    expect(await vault.set(TOKEN, 't')).toMatchObject({ ok: false, reason: 'mismatch' });
    expect(await vault.has(TOKEN)).toEqual({ ok: true, has: false });
  });
});

describe('credentials', () => {
  it('are one entry each, replaced only when there is one, and gone when cleared', async () => {
    const { keychain, vault } = setUp();
    expect(await vault.replace(TOKEN, 't')).toMatchObject({ ok: false, reason: 'failed' });
    expect(await vault.set(TOKEN, 't')).toEqual({ ok: true, kept: 'keychain' });
    expect(await vault.replace(TOKEN, 'u')).toEqual({ ok: true, kept: 'keychain' });
    expect(keychain.entries.get('connection/c1/token')).toBe('u');
    expect(await vault.has(TOKEN)).toEqual({ ok: true, has: true, kept: 'keychain' });
    expect(await vault.clear(TOKEN)).toEqual({ ok: true, cleared: true });
    expect(await vault.clear(TOKEN)).toEqual({ ok: true, cleared: false });
  });

  it('are not called missing while the keychain is out of reach', async () => {
    const { vault } = setUp('denied');
    expect(await vault.has(TOKEN)).toMatchObject({ ok: false, reason: 'denied' });
    vault.useSession();
    expect(await vault.has(TOKEN)).toMatchObject({ ok: false });
  });
});

describe('session-only', () => {
  it('keeps secrets in memory alone, and keeps them when the keychain comes back', async () => {
    const { keychain, vault } = setUp('absent');
    await vault.open();
    vault.useSession();
    expect(await vault.set(TOKEN, 't')).toEqual({ ok: true, kept: 'session' });
    keychain.fails = undefined;
    expect(await vault.retry()).toBe('ready');
    expect([...keychain.entries.values()]).not.toContain('t');
    expect(await vault.get(TOKEN)).toEqual({ ok: true, secret: 't', kept: 'session' });
    expect(await vault.set(TOKEN, 't')).toEqual({ ok: true, kept: 'keychain' });
  });

  it('stays chosen when a call that was under way fails afterwards, and when a retry fails', async () => {
    const { vault, states } = setUp('locked');
    const underWay = vault.open();
    vault.useSession();
    await underWay;
    expect(vault.state).toBe('session-only');
    expect(await vault.retry()).toBe('session-only');
    expect(states.at(-1)).toBe('session-only');
  });

  it('seals with a key of its own id, which still opens what it sealed once the keychain is back', async () => {
    const { keychain, vault } = setUp('absent');
    await vault.open();
    vault.useSession();
    const session = await vault.sealingKey();
    if (!session.ok) throw new Error('no session key');
    expect(session.kept).toBe('session');
    keychain.fails = undefined;
    await vault.retry();
    const durable = await vault.sealingKey();
    expect(durable).toMatchObject({ ok: true, kept: 'keychain' });
    if (durable.ok) expect(durable.id).not.toBe(session.id);
    expect((await vault.openingKey(session.id))?.key).toEqual(session.key);
    expect(await vault.openingKey('000000000000')).toBeUndefined();
  });
});

describe('the sealing key', () => {
  it('is 32 bytes, made once even when asked for twice at the same moment, and the same at the next start', async () => {
    const { keychain, vault } = setUp();
    const [one, two] = await Promise.all([vault.sealingKey(), vault.sealingKey()]);
    expect(one).toEqual(two);
    if (!one.ok) throw new Error('no key');
    expect(one.key).toHaveLength(32);
    expect(await new Vault(keychain).sealingKey()).toEqual(one);
  });

  it('is never made while an open keychain has not been proved, although it answers "none"', async () => {
    const { keychain, vault } = setUp();
    keychain.failsToSet = 'locked';
    expect(await vault.sealingKey()).toMatchObject({ ok: false, reason: 'locked' });
    expect(vault.state).toBe('locked');
  });

  it('is not overwritten when it is damaged', async () => {
    const { keychain, vault } = setUp();
    keychain.entries.set('sealing-key', 'c2hvcnQ=');
    expect(await vault.sealingKey()).toMatchObject({ ok: false, reason: 'failed' });
    expect(keychain.entries.get('sealing-key')).toBe('c2hvcnQ=');
  });
});

describe('what is remembered of a journal', () => {
  const account = 'journal-head/j1';

  it('is given back by the next start, beside the secrets and under its own name', async () => {
    const { keychain, vault } = setUp();
    await vault.open();
    expect(await vault.recall(account)).toEqual({ ok: true, text: null });
    expect(await vault.remember(account, '{"seq":7}')).toMatchObject({ ok: true });
    expect(keychain.entries.get(account)).toBe('{"seq":7}');
    const next = new Vault(keychain);
    await next.open();
    expect(await next.recall(account)).toEqual({ ok: true, text: '{"seq":7}' });
    expect(await next.recall('journal-head/j2')).toEqual({ ok: true, text: null });
  });

  it('is not taken for nothing while the keychain is closed, and is not overwritten either', async () => {
    const { keychain, vault } = setUp();
    await vault.open();
    await vault.remember(account, 'first');
    keychain.fails = 'locked';
    expect(await vault.recall(account)).toMatchObject({ ok: false, reason: 'locked' });
    expect(await vault.remember(account, 'second')).toMatchObject({ ok: false, reason: 'locked' });
    keychain.fails = undefined;
    // Nobody has opened it again yet: it is not asked behind the person's back.
    expect(await vault.remember(account, 'second')).toMatchObject({ ok: false });
    await vault.retry();
    expect(await vault.recall(account)).toEqual({ ok: true, text: 'first' });
  });

  it('is neither written nor read while credentials are kept for the session only', async () => {
    const { keychain, vault } = setUp();
    keychain.entries.set(account, 'first');
    vault.useSession();
    expect(await vault.remember(account, 'second')).toMatchObject({ ok: false });
    expect(await vault.recall(account)).toMatchObject({ ok: false });
    expect(keychain.entries.get(account)).toBe('first');
  });

  it('says what failed where the keychain takes something else than was given', async () => {
    const { keychain, vault } = setUp();
    await vault.open();
    keychain.failsToSet = 'mismatch';
    expect(await vault.remember(account, 'x')).toMatchObject({ ok: false, reason: 'mismatch' });
  });
});

describe('error messages', () => {
  for (const [message, reason] of [
    ['Cannot create an item in a locked collection', 'locked'],
    ['Could not connect: No such file or directory', 'absent'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'absent'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'absent'],
    ['Failed to load keytar native addon, checked []', 'absent'],
    ['User interaction is not allowed.', 'locked'],
    ['User canceled the operation.', 'denied'],
    ['The user name or passphrase you entered is not correct.', 'denied'],
    ['Access is denied.', 'denied'],
    ['A specified logon session does not exist. It may already have been terminated.', 'absent'],
    ['The stub received bad data.', 'failed'],
  ] as const) {
    it(`"${message}" means ${reason}`, () => expect(classifyKeychainError(message)).toBe(reason));
  }
});
