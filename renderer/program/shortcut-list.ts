import { chordWords } from './chord';

/** Where keys count: everywhere in the window, or in what stands in front. */
export type ShortcutPlace = 'window' | 'connection' | 'directory' | 'editor' | 'plan' | 'list';

interface Shortcut {
  readonly place: ShortcutPlace;
  /** The first is the one that is shown. */
  readonly keys: readonly string[];
  /** What is shown instead, of keys that are several or that cannot be others. */
  readonly fixed?: string;
}

/**
 * Every shortcut there is. What does it stands elsewhere (`useShortcuts` of the frame, `useViewShortcuts` of a view, the
 * keys of a list); the palette, the menus, the tooltips, the settings and the sheet of all shortcuts take them from here.
 */
export const shortcuts = {
  search: { place: 'window', keys: ['Ctrl+KeyK', 'Ctrl+Shift+KeyP'] },
  find: { place: 'window', keys: ['Ctrl+KeyF'] },
  help: { place: 'window', keys: ['F1'] },
  sheet: { place: 'window', keys: ['Ctrl+Slash'] },
  nextTab: { place: 'window', keys: ['Ctrl+PageDown', 'Ctrl+Tab'] },
  previousTab: { place: 'window', keys: ['Ctrl+PageUp', 'Ctrl+Shift+Tab'] },
  nthTab: { place: 'window', keys: [], fixed: 'Ctrl 1 … 9' },
  closeTab: { place: 'window', keys: ['Ctrl+KeyW'] },
  reopenTab: { place: 'window', keys: ['Ctrl+Shift+KeyT'] },
  addConnection: { place: 'window', keys: ['Ctrl+Shift+KeyN'] },
  newOrder: { place: 'window', keys: ['Ctrl+KeyN'] },
  planAll: { place: 'window', keys: ['Ctrl+Shift+Enter'] },
  history: { place: 'window', keys: ['Ctrl+KeyH'] },
  sideList: { place: 'window', keys: ['Ctrl+KeyB'] },
  settings: { place: 'window', keys: ['Ctrl+Comma'] },
  lock: { place: 'window', keys: ['Ctrl+KeyL'] },
  larger: { place: 'window', keys: ['Ctrl+Equal', 'Ctrl+Shift+Equal', 'Ctrl+NumpadAdd'] },
  smaller: { place: 'window', keys: ['Ctrl+Minus', 'Ctrl+NumpadSubtract'] },
  usualSize: { place: 'window', keys: ['Ctrl+Digit0'] },
  sync: { place: 'connection', keys: ['F5', 'Ctrl+KeyR'] },
  open: { place: 'directory', keys: [], fixed: 'Enter' },
  select: { place: 'directory', keys: [], fixed: 'Space' },
  extend: { place: 'directory', keys: [], fixed: 'Shift ↑ ↓' },
  selectAll: { place: 'directory', keys: [], fixed: 'Ctrl A' },
  clear: { place: 'directory', keys: [], fixed: 'Esc' },
  menu: { place: 'directory', keys: [], fixed: 'Shift F10' },
  editTogether: { place: 'directory', keys: ['Ctrl+KeyE'] },
  plan: { place: 'editor', keys: ['Ctrl+Enter'] },
  save: { place: 'editor', keys: ['Ctrl+KeyS'] },
  undoField: { place: 'editor', keys: ['Alt+Backspace'] },
  nthPage: { place: 'editor', keys: [], fixed: 'Alt 1 … 9' },
  apply: { place: 'plan', keys: ['Ctrl+Enter'] },
  readAgain: { place: 'plan', keys: ['F5', 'Ctrl+KeyR'] },
  nextConflict: { place: 'plan', keys: ['F8'] },
  previousConflict: { place: 'plan', keys: ['Shift+F8'] },
  walk: { place: 'list', keys: [], fixed: '↑ ↓' },
  within: { place: 'list', keys: [], fixed: '← →' },
  tick: { place: 'list', keys: [], fixed: 'Space' },
  unfold: { place: 'list', keys: [], fixed: 'Enter' },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof shortcuts;

/** The shortcuts' names, in the order in which they are listed. */
export const shortcutIds = Object.keys(shortcuts).filter((id): id is ShortcutId => id in shortcuts);

type Chosen = Readonly<Record<string, string>>;

/** The keys that stand for something: those chosen in the settings, or those it has. Empty: none. */
export function keysOf(id: ShortcutId, chosen: Chosen): readonly string[] {
  const own = Object.hasOwn(chosen, id) ? chosen[id] : undefined;
  if (own === undefined) return shortcuts[id].keys;
  return own === '' ? [] : [own];
}

/** What is shown of the keys, in words; empty where none stand for it. */
export function keyWords(id: ShortcutId, chosen: Chosen): string {
  const { fixed }: Shortcut = shortcuts[id];
  const [first] = keysOf(id, chosen);
  return fixed ?? (first === undefined ? '' : chordWords(first));
}

/** What else the keys stand for, where both could be meant; null where they are free. */
export function takenBy(chord: string, id: ShortcutId, chosen: Chosen): ShortcutId | null {
  const { place } = shortcuts[id];
  const wide = (one: ShortcutPlace) => one === 'window' || one === 'connection';
  const nth = /^(Ctrl|Alt)\+Digit[1-9]$/.exec(chord)?.[1];
  if (nth) return nth === 'Ctrl' ? 'nthTab' : 'nthPage';
  return (
    shortcutIds.find((other) => {
      if (other === id || !keysOf(other, chosen).includes(chord)) return false;
      const otherPlace = shortcuts[other].place;
      if (otherPlace === place) return true;
      // A plan belongs to no one connection: it has its own reading, on the same keys.
      if ([place, otherPlace].includes('connection') && [place, otherPlace].includes('plan')) return false;
      return wide(place) || wide(otherPlace);
    }) ?? null
  );
}
