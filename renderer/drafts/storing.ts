import type { Autosave } from './autosave';

type Save = () => Promise<unknown>;

const saves = new Set<Save>();

/** Registers what has to be stored before the window goes. Returns the function that takes it back. */
export function beforeClosing(save: Save): () => void {
  saves.add(save);
  return () => saves.delete(save);
}

/** Stores all that is registered. What could not be stored is not stored by waiting longer either. */
export async function storeAll(): Promise<void> {
  await Promise.allSettled([...saves].map((save) => save()));
}

/**
 * Has what is typed stored when the window goes: waited for where a person closes it, else sent at the last moment.
 * @returns the function to call when the place goes away: what is unsaved then is stored
 */
export function storeAtEnd(autosave: Pick<Autosave<unknown>, 'flush' | 'sendAll'>): () => void {
  const done = beforeClosing(() => autosave.flush());
  const send = () => autosave.sendAll();
  window.addEventListener('beforeunload', send);
  return () => {
    window.removeEventListener('beforeunload', send);
    void autosave.flush().finally(done);
  };
}
