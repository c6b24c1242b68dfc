/*
 * The one rule for text that enters the database, the history and its hash. SQLite ends a text at a NUL, and half a
 * surrogate pair has no UTF-8: both would be stored as something else than what was hashed and shown, without a word.
 * Whoever takes a text in from outside (a server, a file, the window) refuses such a one, or leaves its record out.
 */
// With `u` a whole pair is one character, and only half of one is in this class.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const unstorable = /[\u0000\ud800-\udfff]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const anyUnstorable = /[\u0000\ud800-\udfff]/gu;

/** Whether a text comes back from the database, from UTF-8 and from the history's hash as it was. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text);
}

/** A text for telling a person, with a mark in the place of what cannot be stored. */
export function legible(text: string): string {
  return isStorable(text) ? text : text.replace(anyUnstorable, '\ufffd');
}

/** The beginning of a text, at most so long, that does not end in half a pair. */
export function beginning(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, text.length > most ? '' : '$&');
}

/** Where in a value the first text stands that cannot be stored, a name or a value; null where there is none. */
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

/** Whether all texts of a value can be stored. */
export function isAllStorable(value: unknown): boolean {
  return unstorableIn(value) === null;
}
