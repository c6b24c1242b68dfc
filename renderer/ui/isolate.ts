import { firstStrong } from '../../shared/words';

export { isolate } from '../../shared/words';

/**
 * The direction of a text by its first letter, as the browser finds it for `bdi`. For boxes that cut what is too
 * long: a box of the other direction would cut the beginning.
 */
export function textDirection(text: string): 'ltr' | 'rtl' {
  return firstStrong(text) ?? 'ltr';
}
