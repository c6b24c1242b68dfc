import type { Topic } from '../../shared/contract/request';
import { type ProblemCode, ProblemError } from '../../shared/model/problem';
import type { Authorities } from '../connections/authorities';
import type { OldCredentials } from '../connections/bind-old';
import { keychainProblem } from '../connections/credentials';
import type { JournalHead } from '../journal/head';
import type { Journal } from '../journal/journal';
import type { Vault, VaultState } from '../keychain/vault';
import type { Database } from '../storage/database';
import type { keyMarkOf } from '../storage/key-mark';
import type { Sealer } from '../storage/sealing';
import { sealWithPresentKey } from '../values/anew';
import { Binding } from '../values/binding';

export interface KeysParts {
  readonly database: Database;
  readonly vault: Vault;
  readonly sealer: Sealer;
  readonly keyMark: ReturnType<typeof keyMarkOf>;
  readonly journal: Journal;
  readonly head: JournalHead;
  readonly authorities: Authorities;
  readonly oldCredentials: OldCredentials;
  readonly directory: { readonly forgetGrids: () => void };
  readonly changed: (topics: readonly Topic[]) => void;
  /** What waits for a key can be tried. */
  readonly opened: () => void;
}

/** Opening and closing what the keys of the keychain open. */
export function makeKeys(parts: KeysParts) {
  const { database, vault, sealer, journal, head, changed } = parts;
  const binding = new Binding({
    database,
    sealer,
    head,
    words: () => journal.index.foldsAnew && journal.catchUp(),
    done: () => {
      parts.directory.forgetGrids();
      changed(['directory', 'changes', 'bulk']);
    },
  });

  /** Takes the sealing key from the vault where it can be had; without it secrets stay closed and are not stored. */
  const open = async (): Promise<void> => {
    const key = await vault.sealingKey();
    // Another keychain: secrets stay closed until a person decides, and all else works. The vault's state says so.
    if (!key.ok && key.reason === 'other') return changed(['directory', 'changes', 'credentials']);
    if (!key.ok) throw new ProblemError({ code: keychainProblem(key), params: {} });
    if (key.kept === 'session') parts.keyMark.keepNone();
    const before = sealer.keyId;
    sealer.useKey(key.key);
    if (before !== null && before !== sealer.keyId) sealWithPresentKey(database, sealer, before);
    changed(['directory', 'changes', 'credentials']);
    // Behind everything else: a keychain that asks must not keep the start waiting.
    void parts.oldCredentials.bind();
    void parts.authorities.look();
    // Kept for the session only, a key proves nothing to a later start.
    journal.useKey(key.kept === 'keychain' ? await head.open(key.key) : null);
    if (key.kept === 'keychain') void binding.begin();
    parts.opened();
    // What was added last time may have been too late for the keychain.
    head.touched();
  };

  let opening: Promise<void> | null = null;
  const unlock = (): Promise<void> => {
    const mine = open().finally(() => {
      if (opening === mine) opening = null;
    });
    opening = mine;
    return mine;
  };

  /**
   * Waits for the keys where they are being opened, or were not asked for yet: right after the start nobody knows whether
   * the keychain is locked.
   */
  const keysAnswered = async (): Promise<void> => {
    if (!sealer.ready && (opening || vault.state === 'unknown')) await (opening ?? unlock()).catch(() => {});
  };

  /** Has no key in memory any more, until `unlock`. */
  const close = (): void => {
    binding.stop();
    sealer.close();
    vault.forgetKey();
    journal.useKey(null);
    head.close();
  };
  return { binding, unlock, keysAnswered, close };
}

/** Why there is no sealing key. "Locked" is said until the vault has told what it really is. */
export function whyClosed(state: VaultState): ProblemCode {
  switch (state) {
    case 'absent':
      return 'keychain-absent';
    case 'denied':
      return 'keychain-denied';
    case 'timed-out':
      return 'keychain-timed-out';
    case 'other':
      return 'keychain-other';
    default:
      return 'keychain-locked';
  }
}
