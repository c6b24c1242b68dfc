import { type BrowserWindow, nativeImage, nativeTheme, type Rectangle, screen } from 'electron';
import icon from '../../resources/icons/256x256.png?asset';
import { usableBounds } from './bounds';
import { showAtSize } from './window';

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

/** Puts a window where it was last, in the colour of its page to come, and has it ask before it closes. */
export function settleWindow(window: BrowserWindow, ports: WindowPorts): void {
  const bounds = onScreen(ports.bounds());
  if (bounds.width !== undefined) window.setBounds(bounds);
  // macOS uses the program's bundle. A picture that is missing must not keep the window from coming up.
  const picture = process.platform === 'darwin' ? null : nativeImage.createFromPath(icon);
  if (picture?.isEmpty() === false) window.setIcon(picture);
  window.setBackgroundColor(nativeTheme.shouldUseDarkColors ? '#181b22' : '#ffffff');
  window.webContents.on('dom-ready', () => showAtSize(window, ports.size()));
  window.on('close', (event) => holdClose(window, event, ports));
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
