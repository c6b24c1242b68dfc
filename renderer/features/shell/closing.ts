import { ask, listen, patchbay } from '../../bridge';
import { useWorkspace } from '../../workspace';

type Save = () => Promise<unknown>;

const saves = new Set<Save>();

/** Registers what has to be stored before the window goes. Returns the function that takes it back. */
export function beforeClosing(save: Save): () => void {
  saves.add(save);
  return () => saves.delete(save);
}

/** Answers the main process when everything typed is stored, so that the window may go; call once at start. */
export function followClosing(): void {
  listen('closing', () => {
    const { tabs, active, columns } = useWorkspace.getState();
    const workspace = ask(patchbay.app.saveWorkspace({ tabs, active, columns }));
    // What could not be stored is not stored by waiting longer either: the window goes all the same.
    void Promise.allSettled([workspace, ...[...saves].map((save) => save())]).then(() =>
      patchbay.app.readyToClose(),
    );
  });
}
