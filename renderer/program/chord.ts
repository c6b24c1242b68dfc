/*
 * Keys as they are pressed together: "Ctrl+Shift+KeyT". By the key's place (`code`) and not by its letter, so that they are
 * the same while the keyboard is switched to Persian. Ctrl is the command key on a Mac too.
 */

export interface Pressed {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const modifiers = /^(Control|Shift|Alt|Meta|AltGraph|CapsLock|Fn)/;

/** Returns the keys that are pressed together, null while it is modifiers alone. */
export function chordOf({ code, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string | null {
  if (code === '' || modifiers.test(code)) return null;
  const key = code.replace(/^Numpad(?=\d|Enter)/, (_, _at: number, whole: string) =>
    /\d$/.test(whole) ? 'Digit' : '',
  );
  return [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', shiftKey ? 'Shift' : '', key]
    .filter(Boolean)
    .join('+');
}

const named: Readonly<Record<string, string>> = {
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '-',
  Equal: '=',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** Keys as they stand on a keyboard: "Ctrl Shift T". Left to right in every language. */
export function chordWords(chord: string): string {
  return chord
    .split('+')
    .map((key) => named[key] ?? key.replace(/^(Key|Digit)(?=.$)/, ''))
    .join(' ');
}

/** Whether keys may stand for something: none that write a letter, or that every field and dialog needs. */
export function mayBeShortcut(chord: string): boolean {
  const keys = chord.split('+');
  const key = keys.at(-1) ?? '';
  if (/^F([1-9]|1[0-2])$/.test(key)) return true;
  if (/^(Tab|Escape|Enter|Space|Arrow\w+)$/.test(key) && keys.length < 2) return false;
  // What a text field does itself.
  if (/^Ctrl\+Key[ACVXZY]$/.test(chord)) return false;
  return keys.includes('Ctrl') || keys.includes('Alt');
}
