import { type BrowserWindow, dialog } from 'electron';
import { type Language, say, type TextKey } from '../../shared/words';
import { Restarts } from './restarts';

export interface PageGuardParts {
  readonly language: () => Language;
  /** The page is about to be reloaded; lets it learn why. */
  readonly restarted: () => void;
  readonly log: (line: string) => void;
}

// Long enough for a computer that wakes up or swaps; the page itself never blocks for a second.
const hangsMs = 20_000;
const restartsAtMost = { count: 3, withinMs: 5 * 60 * 1_000 };

/** Reloads a page that crashed or hangs; asks the user if that keeps happening. */
export function guardPage(window: BrowserWindow, { language, restarted, log }: PageGuardParts): void {
  const contents = window.webContents;
  const restarts = new Restarts(restartsAtMost, () => performance.now());
  let hanging: NodeJS.Timeout | undefined;
  const load = (): void => {
    if (window.isDestroyed()) return;
    restarted();
    contents.reload();
  };
  const ask = async (): Promise<void> => {
    const text = (key: TextKey): string => say(language(), key);
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: text('system:page.title'),
      detail: text('system:page.detail'),
      buttons: [text('system:page.reload'), text('system:page.close')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 0) load();
    else if (!window.isDestroyed()) window.close();
  };
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    clearTimeout(hanging);
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log(`page gone: ${reason} ${exitCode}`);
    // Not within the event: the dead process is still being cleaned up.
    setImmediate(() => (restarts.allowed() ? load() : void ask()));
  });
  window.on('unresponsive', () => {
    log('page hangs');
    clearTimeout(hanging);
    hanging = setTimeout(() => {
      if (!window.isDestroyed()) contents.forcefullyCrashRenderer();
    }, hangsMs);
  });
  window.on('responsive', () => clearTimeout(hanging));
  window.on('closed', () => clearTimeout(hanging));
}
