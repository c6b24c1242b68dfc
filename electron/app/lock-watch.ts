import { powerMonitor, systemPreferences } from 'electron';
import type { AppLock } from './lock';

const lookEveryMs = 5_000;
/** Long enough for the page to store what was typed; a hanging page is locked anyway. */
const storeWithinMs = 1_500;

export interface LockWatchParts {
  readonly lock: AppLock;
  readonly ask: () => void;
}

/** Locks after the idle time set, when the computer sleeps, and when the system's screen locks. */
export function watchForLock({ lock, ask }: LockWatchParts): () => void {
  let force: NodeJS.Timeout | undefined;
  const soon = (): void => {
    if (lock.locked || !lock.settings().set) return;
    const { times } = lock;
    ask();
    clearTimeout(force);
    force = setTimeout(() => {
      // The page did lock, and the user may have unlocked since: that is not undone.
      if (lock.times === times && !lock.locked && lock.settings().set) lock.lock();
    }, storeWithinMs);
  };
  const look = setInterval(() => {
    const { afterMinutes } = lock.settings();
    if (afterMinutes > 0 && powerMonitor.getSystemIdleTime() >= afterMinutes * 60) soon();
  }, lookEveryMs);
  powerMonitor.on('suspend', soon);
  powerMonitor.on('lock-screen', soon);
  return () => {
    clearInterval(look);
    clearTimeout(force);
    powerMonitor.off('suspend', soon);
    powerMonitor.off('lock-screen', soon);
  };
}

/** Returns the system's own prompt if Electron can show it: Touch ID. It cannot show Windows Hello. */
export function systemPrompt(reason: () => string): (() => Promise<boolean>) | null {
  if (process.platform !== 'darwin' || !systemPreferences.canPromptTouchID()) return null;
  return async () => {
    try {
      await systemPreferences.promptTouchID(reason());
      return true;
    } catch {
      return false;
    }
  };
}
