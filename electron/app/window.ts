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
    minWidth: 1024,
    minHeight: 640,
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
  window.once('ready-to-show', () => window.show());
  return window;
}
