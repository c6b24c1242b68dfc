import { createHash, randomBytes } from 'node:crypto';
import type { CallOptions, KeychainFailure, KeychainPort, KeychainReason, KeychainResult } from './port';

/** `unknown` before the first try and after an error that says nothing about the keychain; else what it was last. */
export type VaultState = 'unknown' | 'ready' | 'locked' | 'absent' | 'denied' | 'timed-out' | 'session-only';

/** One secret of one connection: each has its own keychain entry. */
export interface CredentialRef {
  connectionId: string;
  /** password, apiKey, token … */
  part: string;
}

/** Where a credential lies. `session` ones are gone when the program ends. */
export type Kept = 'keychain' | 'session';

export interface SealingKey {
  /** 32 bytes. Stays in main. */
  key: Uint8Array;
  /** Short and not secret: stored beside what was sealed, to find the key again. */
  id: string;
  kept: Kept;
}

export interface VaultOptions {
  /** Called after each change of state; `detail` is for the log and holds no secret. */
  onState?: (state: VaultState, detail: string) => void;
}

const SEALING_ACCOUNT = 'sealing-key';
/** An entry of no secrecy. That it can be read proves the keychain open, and so makes "there is none" believable. */
const PROBE_ACCOUNT = 'probe';
const PROBE = 'open';

/**
 * The secrets' one door: credentials and the sealing key in the OS keychain, or, when a person chose so, in memory for
 * this session. Nothing is ever written elsewhere.
 */
export class Vault {
  readonly #port: KeychainPort;
  readonly #onState: NonNullable<VaultOptions['onState']>;
  readonly #session = new Map<string, string>();
  #state: VaultState = 'unknown';
  #lastFailure: KeychainFailure = { ok: false, reason: 'failed', detail: 'not tried yet' };
  #durableKey: SealingKey | undefined;
  #sessionKey: SealingKey | undefined;
  #creatingKey: Promise<KeychainResult<SealingKey>> | undefined;

  constructor(port: KeychainPort, options: VaultOptions = {}) {
    this.#port = port;
    this.#onState = options.onState ?? (() => {});
  }

  get state(): VaultState {
    return this.#state;
  }

  /** Finds out whether the keychain is open, without waiting long for a prompt. For start-up. */
  async open(): Promise<VaultState> {
    return this.#probe({});
  }

  /** Tries again because a person asked to, leaving them time for the prompt. Success ends session-only mode. */
  async retry(): Promise<VaultState> {
    const wasSession = this.#state === 'session-only';
    if (wasSession) this.#state = 'unknown';
    const state = await this.#probe({ interactive: true });
    // The choice holds until the keychain really opens; only the success was worth a change.
    if (wasSession && state !== 'ready') this.#enter('session-only', 'still chosen');
    return this.#state;
  }

  /** A person's choice: what is set from now on stays in memory until the program ends. */
  useSession(): void {
    this.#enter('session-only', 'chosen');
  }

  /** Stores a credential; ok only after the keychain gave the same back. Overwrites an older one. */
  async set(ref: CredentialRef, secret: string): Promise<KeychainResult<{ kept: Kept }>> {
    const account = accountOf(ref);
    if (this.#state === 'session-only') {
      this.#session.set(account, secret);
      return { ok: true, kept: 'session' };
    }
    const written = await this.#note(this.#port.set(account, secret, { interactive: true }));
    if (!written.ok) return written;
    this.#session.delete(account);
    return { ok: true, kept: 'keychain' };
  }

  /** As `set`, but refuses when there is nothing to replace. */
  async replace(ref: CredentialRef, secret: string): Promise<KeychainResult<{ kept: Kept }>> {
    const found = await this.has(ref);
    if (!found.ok && this.#state !== 'session-only') return found;
    if (found.ok && !found.has) return { ok: false, reason: 'failed', detail: 'there is none to replace' };
    return this.set(ref, secret);
  }

  /** Removes a credential wherever it lies; `cleared` says whether there was one. */
  async clear(ref: CredentialRef): Promise<KeychainResult<{ cleared: boolean }>> {
    const account = accountOf(ref);
    const wasInMemory = this.#session.delete(account);
    if (this.#state === 'session-only') {
      return wasInMemory ? { ok: true, cleared: true } : this.#lastFailure;
    }
    const deleted = await this.#note(this.#port.delete(account, { interactive: true }));
    if (!deleted.ok) return wasInMemory ? { ok: true, cleared: true } : deleted;
    if (!deleted.deleted && !wasInMemory) {
      const empty = await this.#confirmOpen({ interactive: true });
      if (empty) return empty;
    }
    return { ok: true, cleared: deleted.deleted || wasInMemory };
  }

  /** Whether there is one. While the keychain is out of reach that is not known, and the answer says so. */
  async has(ref: CredentialRef): Promise<KeychainResult<{ has: boolean; kept?: Kept }>> {
    const found = await this.get(ref);
    if (!found.ok) return found;
    return found.secret === null ? { ok: true, has: false } : { ok: true, has: true, kept: found.kept };
  }

  /** Reads a credential. For main only: it is in no contract. `secret: null` means that there really is none. */
  async get(ref: CredentialRef): Promise<KeychainResult<{ secret: string | null; kept: Kept }>> {
    const account = accountOf(ref);
    const inMemory = this.#session.get(account);
    if (inMemory !== undefined) return { ok: true, secret: inMemory, kept: 'session' };
    if (this.#state === 'session-only') return this.#lastFailure;
    const read = await this.#read(account);
    return read.ok ? { ok: true, secret: read.secret, kept: 'keychain' } : read;
  }

  /**
   * The key that seals secrets at rest: from the keychain, made on first use. In session-only mode a key of this
   * session, with its own id. Never made anew while the keychain cannot say for certain that there is none.
   */
  async sealingKey(): Promise<KeychainResult<SealingKey>> {
    if (this.#durableKey) return { ok: true, ...this.#durableKey };
    if (this.#state === 'session-only') {
      this.#sessionKey ??= toKey(randomBytes(32), 'session');
      return { ok: true, ...this.#sessionKey };
    }
    // Two callers at first use must not make two keys.
    this.#creatingKey ??= this.#loadOrCreateKey().finally(() => {
      this.#creatingKey = undefined;
    });
    return this.#creatingKey;
  }

  /** The key that something was sealed with, if this session has it: undefined means that it cannot be opened now. */
  async openingKey(id: string): Promise<SealingKey | undefined> {
    if (this.#sessionKey?.id === id) return this.#sessionKey;
    if (this.#durableKey?.id === id) return this.#durableKey;
    if (this.#state === 'session-only') return undefined;
    const key = await this.sealingKey();
    return key.ok && key.id === id ? key : undefined;
  }

  /**
   * Keeps a short text of no secrecy where only the keychain's owner writes: the head of a journal. Fails while
   * credentials are kept for the session only.
   */
  async remember(account: `journal-head/${string}`, text: string): Promise<KeychainResult<object>> {
    if (this.#state !== 'ready') return this.#lastFailure;
    return this.#note(this.#port.set(account, text));
  }

  /** What was remembered; null where there is none, or the keychain says so. */
  async recall(account: `journal-head/${string}`): Promise<KeychainResult<{ text: string | null }>> {
    if (this.#state !== 'ready') return this.#lastFailure;
    const read = await this.#read(account);
    return read.ok ? { ok: true, text: read.secret } : read;
  }

  async #loadOrCreateKey(): Promise<KeychainResult<SealingKey>> {
    if (this.#state !== 'ready' && (await this.open()) !== 'ready') return this.#lastFailure;
    const read = await this.#read(SEALING_ACCOUNT);
    if (!read.ok) return read;
    let bytes = read.secret === null ? undefined : Buffer.from(read.secret, 'base64');
    if (!bytes) {
      bytes = randomBytes(32);
      const written = await this.#note(
        this.#port.set(SEALING_ACCOUNT, bytes.toString('base64'), { interactive: true }),
      );
      if (!written.ok) return written;
    }
    // Not ours to overwrite: what it sealed may still be wanted.
    if (bytes.length !== 32)
      return { ok: false, reason: 'failed', detail: 'the sealing key has a wrong length' };
    this.#durableKey = toKey(bytes, 'keychain');
    return { ok: true, ...this.#durableKey };
  }

  /** Reads, and believes "none" only of a keychain that shows itself open both before and after. */
  async #read(account: string): Promise<KeychainResult<{ secret: string | null }>> {
    const first = await this.#note(this.#port.get(account));
    if (!first.ok || first.secret !== null) return first;
    const closed = await this.#confirmOpen({});
    if (closed) return closed;
    // It may have been locked at the first question and unlocked by now.
    return this.#note(this.#port.get(account));
  }

  async #confirmOpen(options: CallOptions): Promise<KeychainFailure | undefined> {
    return (await this.#probe(options)) === 'ready' ? undefined : this.#lastFailure;
  }

  async #probe(options: CallOptions): Promise<VaultState> {
    const read = await this.#note(this.#port.get(PROBE_ACCOUNT, options));
    if (!read.ok) return this.#state;
    if (read.secret === null) {
      // The first start, or a locked keyring that keeps still: only an open one can be written to.
      const written = await this.#note(this.#port.set(PROBE_ACCOUNT, PROBE, options));
      if (!written.ok) return this.#state;
    }
    if (this.#state !== 'session-only') this.#enter('ready', '');
    return this.#state;
  }

  /** Lets every failure move the state, so that a keyring locked in the middle of the day is noticed. */
  async #note<T extends KeychainResult<object>>(call: Promise<T>): Promise<T> {
    const result = await call;
    if (!result.ok) {
      this.#lastFailure = result;
      // A call that was under way when the person chose session-only must not undo the choice.
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

function accountOf({ connectionId, part }: CredentialRef): string {
  return `connection/${connectionId}/${part}`;
}

function stateOf(reason: KeychainReason): VaultState {
  return reason === 'mismatch' || reason === 'failed' ? 'unknown' : reason;
}

function toKey(key: Uint8Array, kept: Kept): SealingKey {
  return { key, kept, id: createHash('sha256').update(key).digest('hex').slice(0, 12) };
}
