import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { type LockAfter, type LockSettings, shortestLockPassphrase } from '../../shared/model/lock';
import { fail, type ProblemCode, ProblemError } from '../../shared/model/problem';
import type { KeychainFailure, KeychainPort } from '../keychain/port';
import { LockBox } from './lock-box';

export interface LockParts {
  readonly store: { load(): LockSettings; save(settings: LockSettings): LockSettings };
  readonly keychain: Pick<KeychainPort, 'get' | 'set' | 'delete'>;
  /** Whether the keychain is certainly open, so that an absent entry can be trusted. */
  readonly keychainOpen: () => Promise<boolean>;
  readonly problemOf: (failure: KeychainFailure) => ProblemCode;
  /** A monotonic clock in milliseconds, independent of the computer's clock. */
  readonly now: () => number;
  /** The system's own prompt, if it has one. */
  readonly prompt: (() => Promise<boolean>) | null;
  /** Session-only credentials, which exist only in memory. */
  readonly session: { take(): string | null; give(text: string): void };
  /** The window was locked or unlocked. */
  readonly locked: () => void;
  readonly unlocked: () => Promise<void>;
}

const account = 'app-lock';
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const freeTries = 3;
const firstWaitMs = 5_000;
const longestWaitMs = 300_000;

/**
 * The lock on the window. Only a verifier of its passphrase is in the keychain; each wrong attempt waits longer. A
 * profile with a passphrase starts locked, so restarting does not bypass it.
 */
export class AppLock {
  #locked: boolean;
  #times = 0;
  #tries = 0;
  #until = 0;
  readonly #box = new LockBox(async (passphrase, salt) => (await derived(passphrase, salt)).boxKey);

  constructor(private readonly parts: LockParts) {
    this.#locked = parts.store.load().set;
  }

  get locked(): boolean {
    return this.#locked;
  }

  /** How often it was locked since the start. */
  get times(): number {
    return this.#times;
  }

  /** Whether the system's prompt can be used. It yields no passphrase, without which the box stays closed. */
  get hasPrompt(): boolean {
    return this.parts.prompt !== null && !this.#box.holds;
  }

  settings(): LockSettings {
    return this.parts.store.load();
  }

  /** @throws ProblemError `lock-not-set` */
  setAfter(afterMinutes: LockAfter): LockSettings {
    const { set } = this.settings();
    if (!set && afterMinutes !== 0) fail('lock-not-set');
    return this.parts.store.save({ set, afterMinutes });
  }

  /**
   * Sets a new passphrase, or removes it; the current one is required.
   * @throws ProblemError `passphrase-short`, `lock-passphrase-wrong`, `lock-wait`, the keychain's
   */
  async setPassphrase(next: string | null, current: string | null): Promise<LockSettings> {
    const { set, afterMinutes } = this.settings();
    if (next !== null && [...next].length < shortestLockPassphrase)
      fail('passphrase-short', { least: shortestLockPassphrase });
    if (set) await this.#check(current ?? '');
    if (next === null) {
      const deleted = await this.parts.keychain.delete(account, { interactive: true });
      if (!deleted.ok) fail(this.parts.problemOf(deleted));
      this.#box.forget();
      return this.parts.store.save({ set: false, afterMinutes: 0 });
    }
    const { text, made } = await verifierOf(next);
    const written = await this.parts.keychain.set(account, text, { interactive: true });
    if (!written.ok) fail(this.parts.problemOf(written));
    this.#box.prepare(made.salt, made.boxKey);
    return this.parts.store.save({ set: true, afterMinutes });
  }

  /** Locks the window. @throws ProblemError `lock-not-set` */
  lock(): void {
    if (!this.settings().set) fail('lock-not-set');
    if (this.#locked) return;
    this.#locked = true;
    this.#times += 1;
    this.parts.locked();
  }

  /**
   * Seals the session-only secrets once nothing in progress needs them; the passphrase brings them back. Without a
   * passphrase typed since the start they stay in memory, since sealing would lose them.
   */
  putAway(): void {
    if (!this.#locked || !this.#box.ready) return;
    const text = this.parts.session.take();
    if (text !== null) this.#box.put(text);
  }

  /**
   * Unlocks the window by the passphrase, or by the system's prompt if none is given.
   * @throws ProblemError `lock-passphrase-wrong`, `lock-wait`, the keychain's
   */
  async unlock(passphrase: string | null): Promise<void> {
    if (!this.#locked) return;
    if (passphrase === null) {
      if (!this.hasPrompt || !(await this.parts.prompt?.())) fail('locked');
    } else await this.#check(passphrase);
    this.#locked = false;
    await this.parts.unlocked();
  }

  async #check(passphrase: string): Promise<void> {
    const { now } = this.parts;
    if (now() < this.#until) fail('lock-wait', { seconds: Math.ceil((this.#until - now()) / 1000) });
    // Counted before any await, so that concurrent attempts all count.
    this.#tries += 1;
    if (this.#tries >= freeTries)
      this.#until = now() + Math.min(longestWaitMs, firstWaitMs * 2 ** (this.#tries - freeTries));
    if (this.#box.holds) await this.#openBox(passphrase);
    else await this.#compare(passphrase);
    this.#tries = 0;
    this.#until = 0;
  }

  /** Opens the box with the passphrase; needs no answer from the keychain. */
  async #openBox(passphrase: string): Promise<void> {
    this.parts.session.give((await this.#box.take(passphrase)) ?? fail('lock-passphrase-wrong'));
  }

  async #compare(passphrase: string): Promise<void> {
    const { keychain, keychainOpen, problemOf, store } = this.parts;
    const found = await keychain.get(account, { interactive: true });
    if (!found.ok) throw new ProblemError({ code: problemOf(found), params: {} });
    if (found.secret === null) {
      if (!(await keychainOpen())) fail('keychain-locked');
      // Another computer's keychain, or a recreated one: what the passphrase protected is not in it either.
      store.save({ set: false, afterMinutes: 0 });
    } else {
      const made = (await fitting(found.secret, passphrase)) ?? fail('lock-passphrase-wrong');
      if (!this.#box.ready) this.#box.prepare(made.salt, made.boxKey);
    }
  }
}

/** Two keys derived from a passphrase: one is stored for verifying, the other opens the box and is stored nowhere. */
interface Derived {
  readonly salt: Buffer;
  readonly verifier: Buffer;
  readonly boxKey: Buffer;
}

async function verifierOf(passphrase: string): Promise<{ readonly text: string; readonly made: Derived }> {
  const made = await derived(passphrase, randomBytes(16));
  const text = `scrypt1:${made.salt.toString('base64url')}:${made.verifier.toString('base64url')}`;
  return { text, made };
}

/** Returns the key made of the passphrase if it fits the verifier; else null. */
async function fitting(verifier: string, passphrase: string): Promise<Derived | null> {
  const [version, salt = '', hash = ''] = verifier.split(':');
  const wanted = Buffer.from(hash, 'base64url');
  if (version !== 'scrypt1' || wanted.length !== 32) return null;
  const made = await derived(passphrase, Buffer.from(salt, 'base64url'));
  return timingSafeEqual(made.verifier, wanted) ? made : null;
}

async function derived(passphrase: string, salt: Buffer): Promise<Derived> {
  const key = await derive(passphrase, salt);
  return { salt, verifier: Buffer.from(key.subarray(0, 32)), boxKey: Buffer.from(key.subarray(32)) };
}

/**
 * Derives in a thread of its own. The passphrase is normalised, so that composed letters match. A longer key begins
 * like a shorter one.
 */
function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 64, cost, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
