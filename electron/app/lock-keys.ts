import { say } from '../../shared/words';
import { keychainProblem } from '../connections/credentials';
import { closeAllDrivers } from '../drivers';
import type { UnderWay } from '../ipc/under-way';
import type { Services } from '../services';
import type { Database } from '../storage/database';
import type { SecretClipboard } from './clipboard';
import type { AppKeychain } from './keychain';
import { AppLock } from './lock';
import { LockStore } from './lock-store';
import { systemPrompt } from './lock-watch';
import type { Masks } from './masks';
import type { PreferenceStore } from './preferences';

export interface LockKeysParts {
  readonly database: Database;
  readonly services: Services;
  readonly keychain: AppKeychain;
  readonly clipboard: SecretClipboard;
  readonly preferences: PreferenceStore;
  readonly masks: Masks;
  readonly underWay: UnderWay;
  /** Whether a directory is being read. */
  readonly syncs: () => boolean;
  readonly unlock: () => Promise<void>;
  readonly reload: () => void;
  readonly log: (line: string) => void;
}

/** Makes the window's lock, which removes the keys from memory when it locks. */
export function makeLock(parts: LockKeysParts): AppLock {
  const { services, keychain, clipboard, preferences, masks, underWay, log } = parts;
  // Runs finish first, because they open the values they write row by row, and so do requests in progress.
  const closeKeys = async (): Promise<void> => {
    const goesOn = (): boolean =>
      underWay.works ||
      parts.syncs() ||
      services.later.works ||
      services.connections.list().some(({ id }) => services.runs.works(id));
    while (lock.locked && goesOn()) await new Promise((resolve) => setTimeout(resolve, 200));
    // So that the keychain's memory of the history's end includes what was just done.
    await services.head.save();
    if (!lock.locked) return;
    services.close();
    lock.putAway();
    await closeAllDrivers();
    masks.forget();
    log('keys closed');
  };
  const lock = new AppLock({
    store: new LockStore(parts.database),
    keychain: keychain.entries,
    keychainOpen: async () => ['ready', 'other'].includes(await keychain.vault.open()),
    problemOf: keychainProblem,
    now: () => performance.now(),
    session: {
      take: () => keychain.vault.takeSession(),
      give: (text) => {
        for (const value of keychain.vault.giveSession(text)) masks.register(value);
      },
    },
    prompt: systemPrompt(() => say(preferences.get().language, 'system:unlock')),
    locked: () => {
      log('locked');
      void clipboard.clear();
      parts.reload();
      void closeKeys();
    },
    unlocked: async () => {
      log('unlocked');
      await keychain.vault.open();
      await parts.unlock();
      parts.reload();
    },
  });
  return lock;
}
