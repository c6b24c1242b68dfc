// First: nothing may run in a program that was made to debug itself.
import './app/refuse-unwanted';

import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { denyTheRest, developmentUrl } from './app/guards';
import { setMenu } from './app/menu';
import { declareScheme, origin, serveRenderer } from './app/protocol';
import { openWindow } from './app/window';
import { createPrivately } from './storage/umask';

/*
 * Start-up in order: lock, window, and then the program (`app/program.ts`). The window's process starts while the program
 * is loaded and opened; its page is served when there is somebody to answer it. So this file imports little.
 */

createPrivately();
declareScheme();

let window: BrowserWindow | undefined;

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  void app
    .whenReady()
    .then(start)
    .catch(() => refuse('unexpected'));
} else {
  void refuse('profile');
}

async function start(): Promise<void> {
  denyTheRest();
  setMenu();
  const serving = serveRenderer(join(__dirname, '../renderer'));
  window = openWindow();
  const development = developmentUrl();
  if (development === null) void window.loadURL(`${origin}/`);
  const { runProgram } = await import('./app/program');
  await runProgram(window);
  serving.begin();
  if (development !== null) void window.loadURL(development);
}

/** Ends where another Patchbay has the profile; where the program cannot start, says so. */
async function refuse(why: 'profile' | 'unexpected'): Promise<void> {
  const { canWrite, sayNoStart } = await import('./app/no-start');
  if (why === 'profile' && canWrite(app.getPath('userData'))) app.quit();
  // Without a word it would look as if nothing had been clicked: it is not another Patchbay that has the profile.
  else await sayNoStart(why);
}
