import type { Language } from './language';

/** A value inside a sentence, isolated so that it keeps its own direction and the sentence its order. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const isolated = /[\u2066-\u2068][^\u2066-\u2069]*\u2069/gu;
// Numbers as `Intl` writes them keep their order in a Persian sentence.
const number = /^[\d\u06f0-\u06f9.,٫٬٪%]*$/u;
const persianWords = /^(?:(?![\u0660-\u0669\u06f0-\u06f9])[\u0600-\u06ff\u200c\s])*$/u;

/**
 * Isolates a value that is put into a sentence of a language, where value and sentence could mix up each other's order.
 * A value that fits, or whose parts are isolated already, stays as it is.
 */
export function isolateIn(language: Language, text: string): string {
  const bare = withoutIsolated(text);
  const fits = language === 'en' ? !rightToLeft.test(bare) : number.test(bare) || persianWords.test(bare);
  return fits ? text : isolate(text);
}

/** What of a text is not isolated. */
export function withoutIsolated(text: string): string {
  const less = text.replace(isolated, '');
  return less === text ? text : withoutIsolated(less);
}

/** The direction of a text by its first letter; null where it has none: numbers have no direction of their own. */
export function firstStrong(text: string): 'ltr' | 'rtl' | null {
  const first = /[\p{L}\u200e\u200f]/u.exec(text)?.[0];
  if (first === undefined) return null;
  return first === '\u200f' || rightToLeft.test(first) ? 'rtl' : 'ltr';
}
