import { randomBytes } from 'node:crypto';
import {
  accountOf,
  type CredentialRef,
  PROBE_ACCOUNT,
  type RememberedAccount,
  SEALING_ACCOUNT,
} from './accounts';
import { LongSecrets } from './long-secrets';
import type { CallOptions, KeychainFailure, KeychainPort, KeychainReason, KeychainResult } from './port';
import { type Kept, type KeyMark, type SealingKey, toKey } from './sealing-key';
import { SessionSecrets } from './session-secrets';

/**
 * `unknown` before the first attempt and after an error that says nothing about the keychain; else the last result.
 * `other`: it is open, but lacks this profile's key.
 */
export type VaultState =
  | 'unknown'
  | 'ready'
  | 'locked'
  | 'absent'
  | 'denied'
  | 'timed-out'
  | 'other'
  | 'session-only';

export interface VaultOptions {
  /** The most bytes (UTF-8) that one entry of this system's keychain takes; longer secrets are kept in parts. */
  entryBytes?: number;
  /** Called after each change of state; `detail` is for the log and holds no secret. */
  onState?: (state: VaultState, detail: string) => void;
}

const PROBE = 'open';

/**
 * The only access to secrets: credentials and the sealing key in the OS keychain, or, if the user chose so, in memory
 * for this session. Nothing is ever written elsewhere.
 */
export class Vault {
  readonly #port: KeychainPort;
  readonly #onState: NonNullable<VaultOptions['onState']>;
  readonly #secrets: LongSecrets;
  readonly #session = new SessionSecrets();
  #mark: KeyMark | undefined;
  /** Set once the user chose to continue with this keychain's key, or a new one. */
  #anyKey = false;
  #isOther = false;
  #state: VaultState = 'unknown';
  #lastFailure: KeychainFailure = { ok: false, reason: 'failed', detail: 'not tried yet' };
  #durableKey: SealingKey | undefined;
  #creatingKey: Promise<KeychainResult<SealingKey>> | undefined;

  constructor(port: KeychainPort, options: VaultOptions = {}) {
    // Every failure updates the state, so that a keyring locked later is noticed.
    this.#port = {
      get: (...call) => this.#note(port.get(...call)),
      set: (...call) => this.#note(port.set(...call)),
      delete: (...call) => this.#note(port.delete(...call)),
      has: (...call) => this.#note(port.has(...call)),
    };
    this.#onState = options.onState ?? (() => {});
    const entryBytes = options.entryBytes ?? Number.POSITIVE_INFINITY;
    this.#secrets = new LongSecrets(this.#port, entryBytes, (account) => this.#read(account));
  }

  get state(): VaultState {
    return this.#state;
  }

  /** Takes what the profile knows about its key: no other key is accepted, and none is created in its place. */
  useMark(mark: KeyMark): void {
    this.#mark = mark;
  }

  /** Accepts this keychain's key, or a new one, when the profile's own is missing. */
  async acceptKey(): Promise<VaultState> {
    this.#anyKey = true;
    try {
      await this.sealingKey();
    } finally {
      this.#anyKey = false;
    }
    return this.#state;
  }

  /** Finds out whether the keychain is open, without waiting long for a prompt. For start-up. */
  async open(): Promise<VaultState> {
    return this.#probe({});
  }

  /** Tries again at the user's request, with time for the prompt. Success ends session-only mode. */
  async retry(): Promise<VaultState> {
    const wasSession = this.#state === 'session-only';
    this.#isOther = false;
    if (wasSession) this.#state = 'unknown';
    const state = await this.#probe({ interactive: true });
    // The choice holds until the keychain really opens; only success may end it.
    if (wasSession && state !== 'ready') this.#enter('session-only', 'still chosen');
    return this.#state;
  }

  /** Keeps what is set from now on in memory until the program ends. */
  useSession(): void {
    this.#enter('session-only', 'chosen');
  }

  /** Stores a credential, replacing an older one; ok only after reading the same back from the keychain. */
  async set(ref: CredentialRef, secret: string): Promise<KeychainResult<{ kept: Kept }>> {
    const account = accountOf(ref);
    if (this.#state === 'session-only') {
      this.#session.set(account, secret);
      return { ok: true, kept: 'session' };
    }
    const written = await this.#secrets.store(account, secret);
    if (!written.ok) return written;
    this.#session.delete(account);
    return { ok: true, kept: 'keychain' };
  }

  /** Like `set`, but refuses when there is nothing to replace. */
  async replace(ref: CredentialRef, secret: string): Promise<KeychainResult<{ kept: Kept }>> {
    const found = await this.has(ref);
    if (!found.ok && this.#state !== 'session-only') return found;
    if (found.ok && !found.has) return { ok: false, reason: 'failed', detail: 'there is none to replace' };
    return this.set(ref, secret);
  }

  /** Removes a credential from wherever it is kept; `cleared` says whether there was one. */
  async clear(ref: CredentialRef): Promise<KeychainResult<{ cleared: boolean }>> {
    const account = accountOf(ref);
    const wasInMemory = this.#session.delete(account);
    if (this.#state === 'session-only') {
      return wasInMemory ? { ok: true, cleared: true } : this.#lastFailure;
    }
    const deleted = await this.#secrets.drop(account);
    if (!deleted.ok) return wasInMemory ? { ok: true, cleared: true } : deleted;
    if (!deleted.deleted && !wasInMemory) {
      const empty = await this.#confirmOpen({ interactive: true });
      if (empty) return empty;
    }
    return { ok: true, cleared: deleted.deleted || wasInMemory };
  }

  /** Whether there is one. Fails while the keychain is out of reach, since that is then unknown. */
  async has(ref: CredentialRef): Promise<KeychainResult<{ has: boolean; kept?: Kept }>> {
    const found = await this.get(ref);
    if (!found.ok) return found;
    return found.secret === null ? { ok: true, has: false } : { ok: true, has: true, kept: found.kept };
  }

  /** Reads a credential. Main process only: no contract has it. `secret: null` means that there is certainly none. */
  async get(ref: CredentialRef): Promise<KeychainResult<{ secret: string | null; kept: Kept }>> {
    const account = accountOf(ref);
    const inMemory = this.#session.get(account);
    if (inMemory !== undefined) return { ok: true, secret: inMemory, kept: 'session' };
    if (this.#state === 'session-only') return this.#lastFailure;
    const read = await this.#secrets.read(account);
    return read.ok ? { ok: true, secret: read.secret, kept: 'keychain' } : read;
  }

  /**
   * Returns the key that seals secrets at rest: from the keychain, created on first use. In session-only mode, a key
   * of this session with its own id. Never created while the keychain cannot say for certain that there is none.
   */
  async sealingKey(): Promise<KeychainResult<SealingKey>> {
    if (this.#durableKey) return { ok: true, ...this.#durableKey };
    if (this.#state === 'session-only') {
      return { ok: true, ...this.#session.sealingKey() };
    }
    // Two callers at first use must not make two keys.
    this.#creatingKey ??= this.#loadOrCreateKey().finally(() => {
      this.#creatingKey = undefined;
    });
    return this.#creatingKey;
  }

  /** Removes the session-only secrets from memory: the caller then holds the only copy. @returns null if there are none */
  takeSession(): string | null {
    return this.#session.take();
  }

  /** Brings back what `takeSession` gave. @returns the secrets in it */
  giveSession(text: string): readonly string[] {
    return this.#session.give(text);
  }

  /** Drops the key from memory; the keychain has it. A session's own key exists nowhere else: see `takeSession`. */
  forgetKey(): void {
    this.#durableKey = undefined;
  }

  /** Returns the key that something was sealed with; undefined means that it cannot be opened now. */
  async openingKey(id: string): Promise<SealingKey | undefined> {
    if (this.#session.key?.id === id) return this.#session.key;
    if (this.#durableKey?.id === id) return this.#durableKey;
    if (this.#state === 'session-only') return undefined;
    const key = await this.sealingKey();
    return key.ok && key.id === id ? key : undefined;
  }

  /**
   * Stores a short, non-secret text that only the keychain's owner can write: the head of a journal, the trusted
   * authorities. Fails in session-only mode.
   */
  async remember(account: RememberedAccount, text: string): Promise<KeychainResult<object>> {
    if (this.#state !== 'ready') return this.#lastFailure;
    return this.#port.set(account, text);
  }

  /** Returns what was remembered; null if there is none, or what the keychain answers. */
  async recall(account: RememberedAccount): Promise<KeychainResult<{ text: string | null }>> {
    if (this.#state !== 'ready') return this.#lastFailure;
    const read = await this.#read(account);
    return read.ok ? { ok: true, text: read.secret } : read;
  }

  async #loadOrCreateKey(): Promise<KeychainResult<SealingKey>> {
    const closed = this.#state === 'ready' ? undefined : await this.#confirmOpen({});
    if (closed) return closed;
    const read = await this.#read(SEALING_ACCOUNT);
    if (!read.ok) return read;
    let bytes = read.secret === null ? undefined : Buffer.from(read.secret, 'base64');
    // Not ours to overwrite: what it sealed may still be needed.
    if (bytes && bytes.length !== 32)
      return { ok: false, reason: 'failed', detail: 'the sealing key has a wrong length' };
    const fits = bytes ? this.#mark?.fits(bytes) !== false : this.#mark?.expects() !== true;
    if (!fits && !this.#anyKey) return this.#other(bytes ? 'has another key' : 'has no key');
    if (!bytes) {
      bytes = randomBytes(32);
      const written = await this.#port.set(SEALING_ACCOUNT, bytes.toString('base64'), { interactive: true });
      if (!written.ok) return written;
    }
    this.#mark?.keep(bytes);
    this.#isOther = false;
    if (this.#state === 'other') this.#enter('ready', 'another key was accepted');
    this.#durableKey = toKey(bytes, 'keychain');
    return { ok: true, ...this.#durableKey };
  }

  /** The keychain is open but a different one. The state holds until a retry, or until the user accepts it. */
  #other(detail: string): KeychainFailure {
    this.#isOther = true;
    this.#lastFailure = { ok: false, reason: 'other', detail: `the keychain ${detail}` };
    if (this.#state !== 'session-only') this.#enter('other', this.#lastFailure.detail);
    return this.#lastFailure;
  }

  /** Reads, and accepts "none" only from a keychain that proves to be open before and after. */
  async #read(account: string): Promise<KeychainResult<{ secret: string | null }>> {
    const first = await this.#port.get(account);
    if (!first.ok || first.secret !== null) return first;
    const closed = await this.#confirmOpen({});
    if (closed) return closed;
    // It may have been locked at the first request and unlocked by now.
    return this.#port.get(account);
  }

  async #confirmOpen(options: CallOptions): Promise<KeychainFailure | undefined> {
    const state = await this.#probe(options);
    return state === 'ready' || state === 'other' ? undefined : this.#lastFailure;
  }

  async #probe(options: CallOptions): Promise<VaultState> {
    const read = await this.#port.get(PROBE_ACCOUNT, options);
    if (!read.ok) return this.#state;
    if (read.secret === null) {
      // The first start, or a locked keyring that does not say so: only an open one can be written to.
      const written = await this.#port.set(PROBE_ACCOUNT, PROBE, options);
      if (!written.ok) return this.#state;
    }
    if (this.#state !== 'session-only') this.#enter(this.#isOther ? 'other' : 'ready', '');
    return this.#state;
  }

  async #note<T extends KeychainResult<object>>(call: Promise<T>): Promise<T> {
    const result = await call;
    if (!result.ok) {
      this.#lastFailure = result;
      // A call already in progress must not undo the user's choice of session-only mode.
      if (this.#state !== 'session-only')
        this.#enter(stateOf(result.reason), `${result.reason}: ${result.detail}`);
    }
    return result;
  }

  #enter(state: VaultState, detail: string): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onState(state, detail);
  }
}

function stateOf(reason: KeychainReason): VaultState {
  return reason === 'mismatch' || reason === 'failed' ? 'unknown' : reason;
}
