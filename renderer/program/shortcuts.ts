import { useEffect, useRef } from 'react';
import { useAppInfo } from './appInfo';
import { chordOf, type Pressed } from './chord';
import { keysOf, keyWords, type ShortcutId } from './shortcut-list';

/** Whether pressed keys stand for something. */
export function pressed(event: Pressed, id: ShortcutId): boolean {
  const chord = chordOf(event);
  return chord !== null && keysOf(id, useAppInfo.getState().preferences.shortcuts).includes(chord);
}

/** The keys of a shortcut in words, as they are now. */
export function useKeyWords(): (id: ShortcutId) => string {
  const chosen = useAppInfo((info) => info.preferences.shortcuts);
  return (id) => keyWords(id, chosen);
}

/** For `aria-keyshortcuts`: "Control+K". */
export function ariaKeys(words: string): string {
  return words.replace('Ctrl', 'Control').replaceAll(' ', '+');
}

/** The element's text, were it to say its keys as well: "Lock (Ctrl L)". */
export function withKeys(text: string, words: string): string {
  // Isolated, so that it stays in order within a Persian text.
  return words === '' ? text : `${text} (\u2066${words}\u2069)`;
}

/** Calls the newest listener with every key of the window, before anything else hears it, for as long as a part is there. */
export function useFirstKeys(listener: (event: KeyboardEvent) => boolean): void {
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!newest.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
}
