/** What a key does on the grid. */
export type GridAction =
  | { readonly type: 'move'; readonly to: number; readonly extend: boolean }
  | { readonly type: 'sideways'; readonly by: number }
  | { readonly type: 'open' }
  | { readonly type: 'toggle' }
  | { readonly type: 'selectAll' }
  | { readonly type: 'clear' }
  | { readonly type: 'menu' }
  | { readonly type: 'type'; readonly letter: string };

interface Key {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const sidewaysStep = 120;

/** Returns what a key press means to the grid; null if nothing. */
export function gridKey(
  event: Key,
  at: {
    readonly active: number;
    readonly total: number;
    readonly onScreen: number;
    readonly selected: number;
  },
): GridAction | null {
  if (event.altKey) return null;
  // By the key's place, so that it is the same key while the keyboard is switched to Persian.
  if ((event.ctrlKey || event.metaKey) && event.code === 'KeyA') return { type: 'selectAll' };
  if (event.metaKey) return null;
  const move = (to: number): GridAction => ({ type: 'move', to, extend: event.shiftKey });
  switch (event.key) {
    case 'ArrowDown':
      return move(at.active + 1);
    case 'ArrowUp':
      return move(at.active - 1);
    case 'PageDown':
      // With Ctrl it changes the tab, which is the window's.
      return event.ctrlKey ? null : move(at.active + at.onScreen);
    case 'PageUp':
      return event.ctrlKey ? null : move(at.active - at.onScreen);
    case 'Home':
      return move(0);
    case 'End':
      return move(at.total - 1);
    case 'ArrowLeft':
      return { type: 'sideways', by: -sidewaysStep };
    case 'ArrowRight':
      return { type: 'sideways', by: sidewaysStep };
    case 'Enter':
      return { type: 'open' };
    case ' ':
      return { type: 'toggle' };
    case 'Escape':
      return at.selected > 0 ? { type: 'clear' } : null;
    case 'ContextMenu':
      return { type: 'menu' };
    case 'F10':
      return event.shiftKey ? { type: 'menu' } : null;
  }
  // One character is a letter, a digit, a sign; longer names are keys like F5.
  if (event.ctrlKey || [...event.key].length !== 1) return null;
  return { type: 'type', letter: event.key };
}
