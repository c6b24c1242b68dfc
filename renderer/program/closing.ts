import { create } from 'zustand';
import { problemOf } from '../../shared/model/problem';
import { storeAll } from '../drafts/storing';
import { useAppInfo } from './appInfo';
import { ask, listen, patchbay } from './bridge';

/** Whether the person is asked what to do with a run before the window goes. */
export const useClosing = create<{ readonly asked: boolean; readonly leaving: boolean }>(() => ({
  asked: false,
  leaving: false,
}));

/**
 * Answers the main process when everything typed is stored, so that the window may go; where a run goes on, when the
 * person has said so. Call once at start.
 */
export function followClosing(): void {
  listen('locking', () => void lockNow());
  listen('closing', ({ applying }) => {
    if (!applying) void leave();
    else {
      useClosing.setState({ asked: true });
      // The person may end the program by other means while being asked.
      void storeAll();
    }
  });
}

/** Stores all and lets the window go; a run is paused, and the rows that have begun are finished first. */
export async function leave(): Promise<void> {
  useClosing.setState({ leaving: true });
  await storeAll();
  void patchbay.app.readyToClose();
}

/** Stores all and locks the window; what goes wrong (no passphrase yet) is said. */
export async function lockNow(): Promise<void> {
  await storeAll();
  try {
    await ask(patchbay.lock.now());
  } catch (error) {
    useAppInfo.getState().addNotice(problemOf(error));
  }
}

/** Keeps the window, and the run as it is. */
export function stay(): void {
  useClosing.setState({ asked: false });
  void patchbay.app.stay();
}
