/** The keys that make everything in the window larger or smaller. */
import { expect, it } from 'vitest';
import { sizeBy } from '../../renderer/frame/size-keys';
import { chordOf } from '../../renderer/program/chord';
import { keysOf, shortcutIds } from '../../renderer/program/shortcut-list';

const idOf = (code: string) => {
  const chord = chordOf({ code, ctrlKey: true, metaKey: false, altKey: false, shiftKey: false });
  return shortcutIds.find((id) => chord !== null && keysOf(id, {}).includes(chord));
};

it.each([
  ['Equal', 'larger'],
  ['NumpadAdd', 'larger'],
  ['Minus', 'smaller'],
  ['NumpadSubtract', 'smaller'],
  ['Digit0', 'usualSize'],
  ['Numpad0', 'usualSize'],
] as const)('Ctrl and %s is %s', (code, id) => expect(idOf(code)).toBe(id));

it.each([
  ['larger', 100, 110],
  ['larger', 175, 200],
  ['larger', 200, 200],
  ['smaller', 100, 90],
  ['smaller', 125, 110],
  ['smaller', 90, 90],
  ['usualSize', 150, 100],
] as const)('%s at %i %% is %i %%', (key, size, asked) => expect(sizeBy(key, size)).toBe(asked));
