import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron';
import { developmentUrl } from './guards';
import { origin } from './protocol';

export interface WindowPorts {
  readonly bounds: () => Rectangle | undefined;
  readonly saveBounds: (bounds: Rectangle) => void;
  /**
   * Asks the page to store what was typed; the window goes when it has, or after a moment. Where a run goes on the page
   * asks the person first, and nothing is hurried.
   * @returns whether a run goes on
   */
  readonly beforeClose: (window: BrowserWindow) => boolean;
}

// Long enough for a debounced save and its disk write, short enough not to look hung.
const closeAnywayAfterMs = 1_500;

/** Opens the one window, where it stood last. */
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
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#181b22' : '#ffffff',
    webPreferences: {
      preload: join(__dirname, '../preload/preload.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
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

/** The window stays: the person does not want to leave a run. */
export function stay(window: BrowserWindow): void {
  closing.delete(window);
}

/** Closes a window whose page has stored all. */
export function closeNow(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.destroy();
}

/** Bounds that are still on a screen: a second monitor may be gone. */
function onScreen(bounds: Rectangle | undefined): Partial<Rectangle> {
  if (!bounds) return {};
  const area = screen.getDisplayMatching(bounds).workArea;
  const visible =
    bounds.x < area.x + area.width - 80 &&
    bounds.y < area.y + area.height - 40 &&
    bounds.x + bounds.width > area.x + 80;
  return visible && bounds.y >= area.y - 10 ? bounds : {};
}
