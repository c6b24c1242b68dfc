import { type Preferences, windowSizes } from '../../shared/model/workspace';

/** The size that a key beside Ctrl asks for: plus and minus go one step, zero to the usual one. Null for other keys. */
export function sizeByKey(code: string, size: Preferences['size']): Preferences['size'] | null {
  if (code === 'Digit0' || code === 'Numpad0') return 100;
  const step = steps.get(code);
  if (step === undefined) return null;
  return windowSizes[windowSizes.indexOf(size) + step] ?? size;
}

const steps: ReadonlyMap<string, number> = new Map([
  ['Equal', 1],
  ['NumpadAdd', 1],
  ['Minus', -1],
  ['NumpadSubtract', -1],
]);
