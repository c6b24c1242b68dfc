import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, powerMonitor } from 'electron';
import type { EventName, EventPayload } from '../shared/contract/contract';
import { type Problem, ProblemError } from '../shared/model/problem';
import { SecretClipboard } from './app/clipboard';
import { denyTheRest, isOurs } from './app/guards';
import { AppKeychain } from './app/keychain';
import { openLog } from './app/log';
import { PreferenceStore } from './app/preferences';
import { declareScheme, serveRenderer } from './app/protocol';
import { fileDialogs } from './app/save-file';
import { closeNow, openWindow, stay } from './app/window';
import { closeAllDrivers, driverFor } from './drivers';
import { Envelopes } from './ipc/envelopes';
import { type AppPort, makeHandlers } from './ipc/handlers';
import { refusedHandlers } from './ipc/handlers/refused';
import { registerContract, sendEvent } from './ipc/register';
import { openProfile } from './keeping/open-profile';
import { makeServices } from './services';
import type { OpenedDatabase } from './storage/database';
import { problemOf } from './storage/problems';

/* Start-up in order: lock, database, services, window. */

declareScheme();

let window: BrowserWindow | undefined;

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  void app.whenReady().then(start);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const profile = app.getPath('userData');
  const log = openLog(join(profile, 'logs', 'patchbay.log'));
  log(`start ${app.getVersion()} electron ${process.versions.electron}`);

  const opened = tryOpen(join(profile, 'patchbay.db'));
  const refused = opened instanceof ProblemError ? opened.problem : null;
  const notices: Problem[] = opened instanceof ProblemError ? [] : [...opened.notices];
  for (const notice of notices) log(`notice ${notice.code}`);

  const emit = <N extends EventName>(name: N, payload: EventPayload<N>): void => {
    if (window) sendEvent(window.webContents, name, payload);
  };
  const preferences = new PreferenceStore();
  preferences.set({});
  const keychain = new AppKeychain({
    changed: (state) => emit('keychain', { state }),
    opened: () => void unlock(),
    log,
  });
  const clipboard = new SecretClipboard();
  const envelopes = await Envelopes.make();

  const services =
    opened instanceof ProblemError
      ? null
      : makeServices({
          database: opened.database,
          vault: keychain.vault,
          driverFor,
          emit,
          actor: `${userInfo().username}@${hostname()}`,
        });
  const unlock = async (): Promise<void> => {
    try {
      await services?.unlock();
    } catch (error) {
      log(`secrets closed: ${problemOf(error).code}`);
    }
  };
  const end = (): void => {
    services?.stop();
    keychain.close();
    void closeAllDrivers();
    if (!(opened instanceof ProblemError)) opened.database.close();
  };
  const port: AppPort = {
    info: () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      platform: process.platform,
      testRuntime: process.env.PATCHBAY_TEST_RUNTIME === '1',
    }),
    preferences: () => preferences.get(),
    setPreferences: (change) => preferences.set(change),
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
    copy: (secret) => clipboard.copy(secret),
    clipboardText: () => clipboard.text(),
    files: fileDialogs({ window: () => window, language: () => preferences.get().language }),
    readyToClose: async () => {
      await services?.runs.quiet();
      if (window) closeNow(window);
    },
    stay: () => window && stay(window),
    restart: () => {
      log('restart');
      app.relaunch();
      end();
      // Not `quit`: the window would be asked to store what was typed into a database that is about to be exchanged.
      app.exit(0);
    },
  };

  const handlers = services
    ? makeHandlers({ services, app: port, envelopes })
    : refusedHandlers(refused ?? internal, port, envelopes);
  denyTheRest();
  serveRenderer(join(__dirname, '../renderer'));
  registerContract({ handlers, isOurs: (event) => isOurs(event, window?.webContents), log });

  if (services) {
    try {
      const interrupted = services.recover();
      if (interrupted > 0) log(`interrupted writes: ${interrupted}`);
    } catch (error) {
      // A full disk, say. The window must come up to tell of it; what was in flight is closed at the next start.
      notices.push(problemOf(error));
    }
    services.keeping.start();
    // Not awaited: a keychain that asks, hangs or is missing must not keep the window from coming up.
    void keychain.vault.open();
  }

  window = openWindow({
    bounds: () => preferences.bounds(),
    saveBounds: (bounds) => preferences.saveBounds(bounds),
    beforeClose: () => {
      const applying = services?.runs.busy ?? false;
      emit('closing', { applying });
      return applying;
    },
  });
  // A sleeping computer cuts its connections: rows that have not begun wait for the person instead.
  powerMonitor.on('suspend', () => services?.runs.pauseAll('slept'));
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (clipboard.holds) {
      event.preventDefault();
      void clipboard.clear().finally(() => app.quit());
      return;
    }
    end();
    log('quit');
  });
}

const internal: Problem = { code: 'internal', params: {} };

function tryOpen(path: string): OpenedDatabase | ProblemError {
  try {
    return openProfile(path);
  } catch (error) {
    return error instanceof ProblemError ? error : new ProblemError(problemOf(error));
  }
}
