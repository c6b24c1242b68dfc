/**
 * The OS keychain as the rest of the program sees it: four calls with results as values, never a thrown error. No
 * result's detail holds a secret.
 */

/** Why a call failed. Each has its own message in the window. */
export type KeychainReason =
  /** There is no keychain service here (no D-Bus session, no Secret Service, no libsecret). */
  | 'absent'
  /** It exists and is locked, and nobody answered its prompt. */
  | 'locked'
  /** It refused us, or the user pressed Deny or Cancel. */
  | 'denied'
  /** It did not answer at all. */
  | 'timed-out'
  /** What was read back is not what was written. */
  | 'mismatch'
  /** It is open, but lacks the key that this profile was sealed with. */
  | 'other'
  /** Anything else: see the detail. */
  | 'failed';

export interface KeychainFailure {
  ok: false;
  reason: KeychainReason;
  /** For the log and for support. Never a secret. */
  detail: string;
}

export type KeychainResult<T> = ({ ok: true } & T) | KeychainFailure;

export interface CallOptions {
  /**
   * The user asked for this and can answer the keychain's prompt: use the long time-out. Otherwise a prompt that
   * nobody expects ends the call after the short one.
   */
  interactive?: boolean;
}

export interface KeychainPort {
  /** Writes, reads back and compares: ok means that the keychain holds it. */
  set(account: string, secret: string, options?: CallOptions): Promise<KeychainResult<object>>;
  /**
   * `secret: null` says that the keychain gave none. A locked Linux keyring whose prompt was dismissed says the same,
   * so nothing may be created on this answer alone: see Vault.
   */
  get(account: string, options?: CallOptions): Promise<KeychainResult<{ secret: string | null }>>;
  delete(account: string, options?: CallOptions): Promise<KeychainResult<{ deleted: boolean }>>;
  has(account: string, options?: CallOptions): Promise<KeychainResult<{ has: boolean }>>;
}
