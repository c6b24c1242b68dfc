import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron';
import icon from '../../resources/icons/256x256.png?asset';
import { usableBounds } from './bounds';
import { developmentUrl } from './guards';
import { origin } from './protocol';
import { shipped } from './shipped';

export interface WindowPorts {
  readonly bounds: () => Rectangle | undefined;
  /** How large everything is shown, in percent. */
  readonly size: () => number;
  readonly saveBounds: (bounds: Rectangle) => void;
  /**
   * Asks the page to store what was typed; the window closes when it has, or after a moment. During a run the page
   * asks the user first, without a time limit.
   * @returns whether a run is in progress
   */
  readonly beforeClose: (window: BrowserWindow) => boolean;
}

// Long enough for a debounced save and its disk write, short enough not to look hung.
const closeAnywayAfterMs = 1_500;

/** Opens the window, at its last position. */
export function openWindow(ports: WindowPorts): BrowserWindow {
  const bounds = onScreen(ports.bounds());
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...bounds,
    minWidth: 800,
    minHeight: 560,
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
  // At every load: the engine keeps the size by origin, and another program of it may have changed that.
  window.webContents.on('dom-ready', () => showAtSize(window, ports.size()));
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => holdClose(window, event, ports));
  void window.loadURL(developmentUrl() ?? `${origin}/`);
  return window;
}

/** Shows everything in the window larger or smaller, in percent of its usual size. */
export function showAtSize(window: BrowserWindow, percent: number): void {
  window.webContents.setZoomFactor(percent / 100);
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

/** The window stays: the person does not want to leave a run. */
export function stay(window: BrowserWindow): void {
  closing.delete(window);
}

/** Closes a window whose page has stored all. */
export function closeNow(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.destroy();
}

/** Its last position, if there is a screen for it; asking for one must never keep the window from opening. */
function onScreen(bounds: Rectangle | undefined): Partial<Rectangle> {
  try {
    return bounds ? usableBounds(bounds, screen.getDisplayMatching(bounds).workArea) : {};
  } catch {
    return {};
  }
}
