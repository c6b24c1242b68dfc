// First of all: nothing may run in a program that is asked to open itself.
import './app/refuse-unwanted';

import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, powerMonitor } from 'electron';
import type { EventName, EventPayload } from '../shared/contract/contract';
import { type Problem, ProblemError, problem, problemSchema } from '../shared/model/problem';
import { makeAppPort } from './app/app-port';
import { SecretClipboard } from './app/clipboard';
import { denyTheRest, isOurs } from './app/guards';
import { AppKeychain } from './app/keychain';
import type { AppLock } from './app/lock';
import { makeLock } from './app/lock-keys';
import { watchForLock } from './app/lock-watch';
import { Log } from './app/log';
import { logOwnErrors, logPageErrors } from './app/log-errors';
import { Masks } from './app/masks';
import { setMenu } from './app/menu';
import { canWrite, sayNoStart } from './app/no-start';
import { guardPage } from './app/page-guard';
import { PreferenceStore } from './app/preferences';
import { declareScheme, serveRenderer } from './app/protocol';
import { testBuild } from './app/shipped';
import { answerDialogsFromFile } from './app/test-build';
import { openWindow, stay } from './app/window';
import { closeAllDrivers, driverFor } from './drivers';
import { Envelopes } from './ipc/envelopes';
import { makeHandlers } from './ipc/handlers';
import { answeredWhileLocked } from './ipc/handlers/lock';
import { refusedHandlers } from './ipc/handlers/refused';
import { registerContract, sendEvent } from './ipc/register';
import { UnderWay } from './ipc/under-way';
import { openProfile } from './keeping/open-profile';
import { makeServices } from './services';
import { databaseVersion, type OpenedDatabase } from './storage/database';
import { closeProfile, createPrivately } from './storage/private';
import { problemOf } from './storage/problems';

/* Start-up in order: lock, database, services, window. */

createPrivately();
declareScheme();
if (testBuild) answerDialogsFromFile();

let window: BrowserWindow | undefined;

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  void app
    .whenReady()
    .then(start)
    .catch(() => sayNoStart('unexpected'));
} else if (canWrite(app.getPath('userData'))) {
  app.quit();
} else {
  // Without a word it would look as if nothing had been clicked: it is not another Patchbay that has the profile.
  void sayNoStart('profile');
}

async function start(): Promise<void> {
  const profile = app.getPath('userData');
  const open = closeProfile(profile);
  const masks = new Masks();
  const sink = new Log(join(profile, 'logs', 'patchbay.log'), masks);
  const log = sink.write;
  logOwnErrors(sink);
  const secret = (value: string): void => masks.register(value);
  log(`start ${app.getVersion()} electron ${process.versions.electron}`);

  const opened = tryOpen(join(profile, 'patchbay.db'));
  const refused = opened instanceof ProblemError ? opened.problem : null;
  const notices: Problem[] = opened instanceof ProblemError ? [] : [...opened.notices];
  if (open) notices.push(open);
  for (const notice of notices) log(`notice ${notice.code}`);

  // Declared before whoever asks for it may be told something.
  let lock: AppLock | null = null;
  const emit = <N extends EventName>(name: N, payload: EventPayload<N>): void => {
    // A locked window is told of nothing; it asks for all of it when it is opened.
    if (lock?.locked && name !== 'closing') {
      if (name === 'notice') notices.push(problemSchema.parse(payload));
      return;
    }
    if (window && !window.isDestroyed()) sendEvent(window.webContents, name, payload);
    else if (name === 'notice') notices.push(problemSchema.parse(payload));
  };
  const preferences = new PreferenceStore((notice) => emit('notice', notice));
  preferences.set({});
  const underWay = new UnderWay();
  const keychain = new AppKeychain({
    changed: (state) => emit('keychain', { state }),
    opened: () => void unlock(),
    log,
    secret,
  });
  const clipboard = new SecretClipboard();
  const envelopes = await Envelopes.make(secret);

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
    if (lock?.locked) return;
    try {
      await services?.unlock();
    } catch (error) {
      log(`secrets closed: ${problemOf(error).code}`);
    }
  };
  lock =
    services && !(opened instanceof ProblemError)
      ? makeLock({
          database: opened.database,
          services,
          keychain,
          clipboard,
          preferences,
          masks,
          underWay,
          syncs: () => services.jobs.goesOn('sync'),
          unlock,
          reload: () => window?.webContents.reload(),
          log,
        })
      : null;
  let stopWatching: (() => void) | undefined;
  const end = (): void => {
    stopWatching?.();
    services?.stop();
    keychain.close();
    void closeAllDrivers();
    if (!(opened instanceof ProblemError)) opened.database.close();
  };
  const port = makeAppPort({
    services,
    lock,
    window: () => window,
    preferences,
    notices,
    keychain,
    unlock,
    clipboard,
    underWay,
    log: sink,
    masks,
    schema: () => (opened instanceof ProblemError ? 0 : databaseVersion(opened.database)),
    end,
  });

  const handlers = services
    ? makeHandlers({ services, app: port, envelopes })
    : refusedHandlers(refused ?? internal, port, envelopes);
  denyTheRest();
  setMenu();
  serveRenderer(join(__dirname, '../renderer'));
  registerContract({
    ipc: ipcMain,
    held: (name) => (lock?.locked && !answeredWhileLocked.has(name) ? problem('locked') : null),
    handlers,
    keysAnswered: async () => services?.keysAnswered(),
    changed: (topics, connectionId) => services?.changed(topics, connectionId),
    underWay,
    isOurs: (event) => isOurs(event, window?.webContents),
    log,
  });

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
    // While locked the keychain is asked when a person unlocks, so that no key is in memory before.
    if (!lock?.locked) void keychain.vault.open();
  }

  window = openWindow({
    bounds: () => preferences.bounds(),
    size: () => preferences.get().size,
    saveBounds: (bounds) => preferences.saveBounds(bounds),
    beforeClose: () => {
      const applying = services?.runs.busy ?? false;
      emit('closing', { applying });
      return applying;
    },
  });
  const restarted = problem('page-restarted');
  const page = window;
  logPageErrors(page.webContents, sink);
  guardPage(page, {
    language: () => preferences.get().language,
    restarted: () => {
      // The page that asked whether to close is gone, and with it the question.
      stay(page);
      if (!notices.includes(restarted)) notices.push(restarted);
    },
    log,
  });
  stopWatching = lock ? watchForLock({ lock, ask: () => emit('locking', {}) }) : undefined;
  // A sleeping computer cuts its connections: rows that have not begun wait for the person instead.
  powerMonitor.on('suspend', () => services?.runs.pauseAll('slept'));
  // What is stored from now on must not look as old as the sleep was long.
  powerMonitor.on('resume', () => services?.keeping.lookAtClock());
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
