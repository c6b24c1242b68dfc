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
  /** Retries what waits for a key. */
  readonly opened: () => void;
}

/** Opens and closes what the keychain's keys protect. */
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

  /** Gets the sealing key from the vault if possible; without it secrets stay closed and are not stored. */
  const open = async (): Promise<void> => {
    const key = await vault.sealingKey();
    // Another keychain: secrets stay closed until the user decides, and all else works. The vault's state says so.
    if (!key.ok && key.reason === 'other') return changed(['directory', 'changes', 'credentials']);
    if (!key.ok) throw new ProblemError({ code: keychainProblem(key), params: {} });
    if (key.kept === 'session') parts.keyMark.keepNone();
    const before = sealer.keyId;
    sealer.useKey(key.key);
    if (before !== null && before !== sealer.keyId) sealWithPresentKey(database, sealer, before);
    changed(['directory', 'changes', 'credentials']);
    // In the background: a keychain that asks must not delay the start.
    void parts.oldCredentials.bind();
    void parts.authorities.look();
    // A session-only key proves nothing to a later start.
    journal.useKey(key.kept === 'keychain' ? await head.open(key.key) : null);
    if (key.kept === 'keychain') void binding.begin();
    parts.opened();
    // The last entries may have come too late for the keychain.
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
   * Waits while the keys are being opened or were not asked for yet: right after the start nobody knows whether the
   * keychain is locked.
   */
  const keysAnswered = async (): Promise<void> => {
    if (!sealer.ready && (opening || vault.state === 'unknown')) await (opening ?? unlock()).catch(() => {});
  };

  /** Drops the keys from memory until `unlock`. */
  const close = (): void => {
    binding.stop();
    sealer.close();
    vault.forgetKey();
    journal.useKey(null);
    head.close();
  };
  return { binding, unlock, keysAnswered, close };
}

/** Returns why there is no sealing key; "locked" until the vault has reported its state. */
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
