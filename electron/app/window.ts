import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { shipped } from './shipped';

/**
 * Opens the window, hidden until its page is painted. It is opened before the program is loaded, so that its process
 * starts meanwhile; `settleWindow` puts it where it was.
 */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Patchbay',
    webPreferences: {
      preload: join(__dirname, '../preload/preload.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !shipped,
    },
  });
  window.removeMenu();
  // At every load: the engine keeps the size by origin, and another program of it may have changed that.
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Shows everything in the window larger or smaller, in percent of its usual size. */
export function showAtSize(window: BrowserWindow, percent: number): void {
  window.webContents.setZoomFactor(percent / 100);
}
