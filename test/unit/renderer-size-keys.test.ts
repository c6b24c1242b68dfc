/** The keys that make everything in the window larger or smaller. */
import { expect, it } from 'vitest';
import { sizeByKey } from '../../renderer/frame/size-keys';

it.each([
  ['Equal', 100, 110],
  ['NumpadAdd', 175, 200],
  ['Equal', 200, 200],
  ['Minus', 100, 90],
  ['NumpadSubtract', 125, 110],
  ['Minus', 90, 90],
  ['Digit0', 150, 100],
  ['Numpad0', 100, 100],
  ['KeyK', 100, null],
  ['Digit1', 100, null],
] as const)('%s at %i %% is %s', (code, size, asked) => expect(sizeByKey(code, size)).toBe(asked));
