/** A name inside a translated sentence, isolated so that it keeps its own direction and the sentence its order. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
