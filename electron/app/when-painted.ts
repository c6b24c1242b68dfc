import type { BrowserWindow } from 'electron';

// What the page asks and draws after it was loaded, on a slow machine.
const settlesMs = 250;
// A page that does not load must not keep the keychain and the backups waiting.
const atLatestMs = 5_000;

/** Does once, when a window's page is on the screen, what must not keep it from being there. */
export function whenPainted(window: BrowserWindow, work: () => void): void {
  let done = false;
  const once = (): void => {
    if (done || window.isDestroyed()) return;
    done = true;
    work();
  };
  setTimeout(once, atLatestMs);
  window.webContents.once('did-finish-load', () => setTimeout(once, settlesMs));
}
