/** A name inside a translated sentence, isolated so that it keeps its own direction and the sentence its order. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

/**
 * The direction of a text by its first letter, as the browser finds it for `bdi`. For boxes that cut what is too
 * long: a box of the other direction would cut the beginning.
 */
export function textDirection(text: string): 'ltr' | 'rtl' {
  const first = /[A-Za-z\u00c0-\u024f\u0590-\u08ff\ufb1d-\ufefc]/.exec(text)?.[0];
  return first !== undefined && first >= '\u0590' ? 'rtl' : 'ltr';
}
