import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, powerMonitor } from 'electron';
import type { EventName, EventPayload } from '../../shared/contract/contract';
import { type Problem, ProblemError, problem, problemSchema } from '../../shared/model/problem';
import { closeAllDrivers, driverFor } from '../drivers';
import { Envelopes } from '../ipc/envelopes';
import { makeHandlers } from '../ipc/handlers';
import { answeredWhileLocked } from '../ipc/handlers/lock';
import { refusedHandlers } from '../ipc/handlers/refused';
import { registerContract, sendEvent } from '../ipc/register';
import { UnderWay } from '../ipc/under-way';
import { openProfile } from '../keeping/open-profile';
import { makeServices } from '../services';
import { databaseVersion, type OpenedDatabase } from '../storage/database';
import { closeProfile } from '../storage/private';
import { problemOf } from '../storage/problems';
import { makeAppPort } from './app-port';
import { SecretClipboard } from './clipboard';
import { isOurs } from './guards';
import { AppKeychain } from './keychain';
import type { AppLock } from './lock';
import { makeLock } from './lock-keys';
import { watchForLock } from './lock-watch';
import { Log } from './log';
import { logOwnErrors, logPageErrors } from './log-errors';
import { Masks } from './masks';
import { guardPage } from './page-guard';
import { PreferenceStore } from './preferences';
import { testBuild } from './shipped';
import { answerDialogsFromFile } from './test-build';
import { whenPainted } from './when-painted';
import { settleWindow, stay } from './window-life';

/**
 * Opens the profile and puts the program together around the window that stands open already: database, services, what
 * the page may ask. What can wait until the page is painted waits.
 */
export async function runProgram(window: BrowserWindow): Promise<void> {
  if (testBuild) answerDialogsFromFile();
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

  // Declared before whoever asks for it may be told something. Until the page is served there is nobody to tell.
  let lock: AppLock | null = null;
  let served = false;
  const emit = <N extends EventName>(name: N, payload: EventPayload<N>): void => {
    // A locked window is told of nothing; it asks for all of it when it is opened.
    if (lock?.locked && name !== 'closing') {
      if (name === 'notice') notices.push(problemSchema.parse(payload));
      return;
    }
    if (served && !window.isDestroyed()) sendEvent(window.webContents, name, payload);
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
          reload: () => window.webContents.reload(),
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
  registerContract({
    ipc: ipcMain,
    held: (name) => (lock?.locked && !answeredWhileLocked.has(name) ? problem('locked') : null),
    handlers,
    keysAnswered: async () => services?.keysAnswered(),
    changed: (topics, connectionId) => services?.changed(topics, connectionId),
    underWay,
    isOurs: (event) => isOurs(event, window.webContents),
    log,
  });

  whenPainted(window, () => void preferences.open());
  if (services) {
    try {
      const interrupted = services.recover();
      if (interrupted > 0) log(`interrupted writes: ${interrupted}`);
    } catch (error) {
      // A full disk, say. The window must come up to tell of it; what was in flight is closed at the next start.
      notices.push(problemOf(error));
    }
    whenPainted(window, () => {
      services.keeping.start();
      // A keychain that asks, hangs or is missing must not keep the window from coming up.
      // While locked the keychain is asked when a person unlocks, so that no key is in memory before.
      if (!lock?.locked) void keychain.vault.open();
    });
  }

  settleWindow(window, {
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
  logPageErrors(window.webContents, sink);
  guardPage(window, {
    language: () => preferences.get().language,
    restarted: () => {
      // The page that asked whether to close is gone, and with it the question.
      stay(window);
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
  served = true;
}

const internal: Problem = { code: 'internal', params: {} };

function tryOpen(path: string): OpenedDatabase | ProblemError {
  try {
    return openProfile(path);
  } catch (error) {
    return error instanceof ProblemError ? error : new ProblemError(problemOf(error));
  }
}
