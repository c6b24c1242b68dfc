import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron';
import icon from '../../resources/icons/256x256.png?asset';
import { usableBounds } from './bounds';
import { developmentUrl } from './guards';
import { origin } from './protocol';
import { shipped } from './shipped';

export interface WindowPorts {
  readonly bounds: () => Rectangle | undefined;
  readonly saveBounds: (bounds: Rectangle) => void;
  /**
   * Asks the page to store what was typed; the window closes when it has, or after a moment. During a run the page
   * asks the user first, without a time limit.
   * @returns whether a run is in progress
   */
  readonly beforeClose: (window: BrowserWindow) => boolean;
}

// Long enough for a throttled save and its disk write, short enough not to look hung.
const closeAnywayAfterMs = 1_500;

/** Opens the window, at its last position. */
export function openWindow(ports: WindowPorts): BrowserWindow {
  const bounds = onScreen(ports.bounds());
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...bounds,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Patchbay',
    // macOS uses the program's bundle.
    ...(process.platform === 'darwin' ? {} : { icon }),
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#181b22' : '#ffffff',
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
  window.on('close', (event) => holdClose(window, event, ports));
  void window.loadURL(developmentUrl() ?? `${origin}/`);
  return window;
}

const closing = new WeakSet<BrowserWindow>();

function holdClose(window: BrowserWindow, event: { preventDefault(): void }, ports: WindowPorts): void {
  ports.saveBounds(window.getNormalBounds());
  if (closing.has(window) || window.webContents.isCrashed()) return;
  event.preventDefault();
  closing.add(window);
  const applying = ports.beforeClose(window);
  if (!applying) setTimeout(() => closing.has(window) && closeNow(window), closeAnywayAfterMs);
}

/** Keeps the window open: the user does not want to leave a run. */
export function stay(window: BrowserWindow): void {
  closing.delete(window);
}

/** Closes a window whose page has stored everything. */
export function closeNow(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.destroy();
}

/** Returns its last position if there is a screen for it; a failure must never keep the window from opening. */
function onScreen(bounds: Rectangle | undefined): Partial<Rectangle> {
  try {
    return bounds ? usableBounds(bounds, screen.getDisplayMatching(bounds).workArea) : {};
  } catch {
    return {};
  }
}
