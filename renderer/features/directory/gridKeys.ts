/** What a key does on the grid. */
export type GridAction =
  | { readonly type: 'move'; readonly to: number }
  | { readonly type: 'sideways'; readonly by: number }
  | { readonly type: 'open' }
  | { readonly type: 'type'; readonly letter: string }
  | { readonly type: 'nothing' };

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const sidewaysStep = 120;

/**
 * What a key press on the grid means, null where it is none of the grid's.
 * Space does nothing on purpose: the page must not scroll away under the row in hand.
 */
export function gridKey(
  event: Key,
  at: { readonly active: number; readonly total: number; readonly onScreen: number },
): GridAction | null {
  if (event.altKey || event.metaKey) return null;
  const move = (to: number): GridAction => ({ type: 'move', to });
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
      return { type: 'nothing' };
  }
  // One character is a letter, a digit, a sign; longer names are keys like F5.
  if (event.ctrlKey || [...event.key].length !== 1) return null;
  return { type: 'type', letter: event.key };
}
