import { type Preferences, windowSizes } from '../../shared/model/workspace';

/** The shortcuts that make everything in the window larger or smaller. */
export const sizeKeys = ['larger', 'smaller', 'usualSize'] as const;
export type SizeKey = (typeof sizeKeys)[number];

/** The size that one of them asks for: one step more or less, or the usual one. */
export function sizeBy(key: SizeKey, size: Preferences['size']): Preferences['size'] {
  if (key === 'usualSize') return 100;
  return windowSizes[windowSizes.indexOf(size) + (key === 'larger' ? 1 : -1)] ?? size;
}
