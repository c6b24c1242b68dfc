import { useEffect, useRef } from 'react';
import { useAppInfo } from '../program/appInfo';
import { lockNow } from '../program/closing';
import { useWorkspace } from '../program/workspace';
import { sizeByKey } from './size-keys';

/**
 * The shortcuts of the window. By the key's place (`code`) and not by its letter, so that they work while the
 * keyboard is switched to Persian.
 */
export function useShortcuts(onSearch: () => void): void {
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (!run(event, () => search.current())) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
}

/** Does what a key stands for; false where it stands for nothing. */
function run(event: KeyboardEvent, search: () => void): boolean {
  // Whoever leaves in a hurry locks, whatever is open.
  if (event.code === 'KeyL') {
    void lockNow();
    return true;
  }
  const { preferences, setPreferences } = useAppInfo.getState();
  const size = sizeByKey(event.code, preferences.size);
  if (size !== null) {
    void setPreferences({ size });
    return true;
  }
  const { tabs, active, activate, close } = useWorkspace.getState();
  // A dialog is answered first: what stands behind it must not change under it.
  const inDialog = document.querySelector('[aria-modal="true"]') !== null;
  if (inDialog) return event.code === 'KeyW' || event.code === 'Tab';
  if (event.code === 'KeyK') search();
  else if (event.code === 'KeyW') close(active);
  else if (event.code === 'Tab') activate((active + (event.shiftKey ? tabs.length - 1 : 1)) % tabs.length);
  else if (/^(Digit|Numpad)[1-9]$/.test(event.code)) {
    const digit = Number(event.code.at(-1));
    // Nine is the last one, as in browsers.
    const index = digit === 9 ? tabs.length - 1 : digit - 1;
    if (index < tabs.length) activate(index);
  } else return false;
  return true;
}
