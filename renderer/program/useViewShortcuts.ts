import type { RefObject } from 'react';
import { useOnScreenKeys } from '../ui/useOnScreenKeys';
import { type ShortcutId, shortcutIds } from './shortcut-list';
import { pressed } from './shortcuts';

/** Does what the shortcuts of a view stand for, while it is on the screen and no dialog lies over it. */
export function useViewShortcuts(
  part: RefObject<HTMLElement | null>,
  does: Readonly<Partial<Record<ShortcutId, () => void>>>,
): void {
  useOnScreenKeys(part, (event) => {
    const id = shortcutIds.find((one) => does[one] !== undefined && pressed(event, one));
    if (id === undefined) return;
    event.preventDefault();
    does[id]?.();
  });
}
