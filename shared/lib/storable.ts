/*
 * The one rule for text that enters the database, the history and its hash. SQLite ends a text at a NUL, and half a
 * surrogate pair has no UTF-8: both would silently be stored as something other than what was hashed and shown. Text
 * from outside (a server, a file, the window) is refused, or its record left out.
 */
// With `u` a whole pair is one character, and only half of one matches this class.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const unstorable = /[\u0000\ud800-\udfff]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const anyUnstorable = /[\u0000\ud800-\udfff]/gu;

/** Returns whether a text survives the database, UTF-8 and the history's hash unchanged. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text);
}

/** Returns a text for display, with a mark in place of what cannot be stored. */
export function legible(text: string): string {
  return isStorable(text) ? text : text.replace(anyUnstorable, '\ufffd');
}

/** Returns the beginning of a text, cut to a length without splitting a surrogate pair. */
export function beginning(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, text.length > most ? '' : '$&');
}

/** Returns the path of the first text, name or value, that cannot be stored; null where there is none. */
export function unstorableIn(value: unknown): readonly PropertyKey[] | null {
  if (typeof value === 'string') return isStorable(value) ? null : [];
  if (value === null || typeof value !== 'object') return null;
  for (const [key, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? Number(key) : key;
    const found = isStorable(key) ? unstorableIn(inner) : [];
    if (found) return [at, ...found];
  }
  return null;
}

/** Returns whether all texts of a value can be stored. */
export function isAllStorable(value: unknown): boolean {
  return unstorableIn(value) === null;
}
