import { dirname, join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { fail, type Problem } from '../../shared/model/problem';
import { Licences } from '../about/licences';
import type { AppPort } from '../ipc/handlers/parts';
import type { UnderWay } from '../ipc/under-way';
import type { Services } from '../services';
import type { SecretClipboard } from './clipboard';
import { confirmAuthority } from './confirm-authority';
import { confirmMove } from './confirm-move';
import { Diagnostics } from './diagnostics';
import type { AppKeychain } from './keychain';
import type { AppLock } from './lock';
import type { Log } from './log';
import type { Masks } from './masks';
import type { PreferenceStore } from './preferences';
import { fileDialogs } from './save-file';
import { supportFacts } from './support-facts';
import { showAtSize } from './window';
import { closeNow, stay } from './window-life';

export interface AppPortParts {
  /** None where the profile cannot be used. */
  readonly services: Services | null;
  readonly lock: AppLock | null;
  readonly window: () => BrowserWindow | undefined;
  readonly preferences: PreferenceStore;
  readonly notices: readonly Problem[];
  readonly keychain: AppKeychain;
  /** Opens what the keychain's key opens. */
  readonly unlock: () => Promise<void>;
  readonly clipboard: SecretClipboard;
  readonly underWay: UnderWay;
  readonly log: Log;
  readonly masks: Masks;
  /** The database's schema; 0 where there is none. */
  readonly schema: () => number;
  readonly end: () => void;
}

/** Makes the port through which handlers reach the program around the services. */
export function makeAppPort(parts: AppPortParts): AppPort {
  const { services, lock, window, preferences, notices, keychain, unlock, clipboard, log, masks } = parts;
  const language = () => preferences.get().language;
  /** Asks the user. An answer given after the window locked is ignored: somebody else may have sat down. */
  const asks =
    <A extends unknown[], T>(question: (...of: A) => Promise<T>) =>
    (...of: A): Promise<T> =>
      parts.underWay.ask(
        () => question(...of),
        () => lock?.locked && fail('locked'),
      );
  const dialogs = fileDialogs({ window, language });
  const files = { ...dialogs, askSave: asks(dialogs.askSave), askOpen: asks(dialogs.askOpen) };
  const diagnostics = new Diagnostics({
    log,
    masks,
    version: app.getVersion(),
    schema: parts.schema,
    facts: async () => {
      const { shortcuts, ...plain } = preferences.get();
      return {
        keychain: keychain.state,
        ...plain,
        shortcuts: Object.keys(shortcuts).length,
        ...(services ? await supportFacts(services) : {}),
      };
    },
    askSave: () =>
      files.askSave(`patchbay-diagnostics-${new Date().toISOString().slice(0, 10)}.txt`, 'diagnostics'),
  });
  return {
    info: () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      platform: process.platform,
      testRuntime: process.env.PATCHBAY_TEST_RUNTIME === '1' || app.getVersion().includes('-test.electron.'),
    }),
    preferences: () => preferences.get(),
    setPreferences: (change) => {
      const set = preferences.set(change);
      const shown = window();
      if (change.size !== undefined && shown) showAtSize(shown, set.size);
      return set;
    },
    notices: () => notices,
    keychainState: () => keychain.state,
    retryKeychain: async () => {
      await keychain.vault.retry();
      await unlock();
      return keychain.state;
    },
    useSession: async () => {
      keychain.vault.useSession();
      await unlock();
      return keychain.state;
    },
    copy: (text) => clipboard.copy(text),
    clipboardText: () => clipboard.text(),
    confirmMove: asks((connection, move) => confirmMove(window(), language(), connection, move)),
    confirmAuthority: asks((facts) => confirmAuthority(window(), language(), facts)),
    files,
    lock: {
      settings: () => lock?.settings() ?? fail('locked'),
      setAfter: (minutes) => lock?.setAfter(minutes) ?? fail('locked'),
      setPassphrase: async (next, current) => (await lock?.setPassphrase(next, current)) ?? fail('locked'),
      lock: () => lock?.lock(),
      unlock: async (passphrase) => lock?.unlock(passphrase),
      state: () => ({ locked: lock?.locked ?? false, unlockPrompt: lock?.hasPrompt ?? false }),
    },
    about: {
      licences: new Licences({
        built: join(__dirname, '..'),
        electron: [dirname(process.execPath), process.resourcesPath],
        electronVersion: process.versions.electron,
      }),
    },
    support: {
      tail: (lines) => log.tail(lines),
      make: () => diagnostics.make(),
      save: (token) => diagnostics.save(token),
    },
    readyToClose: async () => {
      await services?.runs.quiet();
      const open = window();
      if (open) closeNow(open);
    },
    stay: () => {
      const open = window();
      if (open) stay(open);
    },
    restart: () => {
      log.write('restart');
      app.relaunch();
      parts.end();
      // Not `quit`, which would make the window store what was typed into a database about to be replaced.
      app.exit(0);
    },
  };
}
