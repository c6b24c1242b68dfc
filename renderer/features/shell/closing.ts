import { create } from 'zustand';
import { ask, listen, patchbay } from '../../bridge';
import { useWorkspace } from '../../workspace';

type Save = () => Promise<unknown>;

const saves = new Set<Save>();

/** Whether the person is asked what to do with a run before the window goes. */
export const useClosing = create<{ readonly asked: boolean; readonly leaving: boolean }>(() => ({
  asked: false,
  leaving: false,
}));

/** Registers what has to be stored before the window goes. Returns the function that takes it back. */
export function beforeClosing(save: Save): () => void {
  saves.add(save);
  return () => saves.delete(save);
}

/**
 * Answers the main process when everything typed is stored, so that the window may go; where a run goes on, when the
 * person has said so. Call once at start.
 */
export function followClosing(): void {
  listen('closing', ({ applying }) => {
    if (!applying) void leave();
    else {
      useClosing.setState({ asked: true });
      // The person may end the program by other means while being asked.
      void saveAll();
    }
  });
}

/** Stores all and lets the window go; a run is paused, and the rows that have begun are finished first. */
export async function leave(): Promise<void> {
  useClosing.setState({ leaving: true });
  await saveAll();
  void patchbay.app.readyToClose();
}

/** Keeps the window, and the run as it is. */
export function stay(): void {
  useClosing.setState({ asked: false });
  void patchbay.app.stay();
}

/** What could not be stored is not stored by waiting longer either: the window goes all the same. */
async function saveAll(): Promise<void> {
  const { tabs, active, columns } = useWorkspace.getState();
  const workspace = ask(patchbay.app.saveWorkspace({ tabs, active, columns }));
  await Promise.allSettled([workspace, ...[...saves].map((save) => save())]);
}
