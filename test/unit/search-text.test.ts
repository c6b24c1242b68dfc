/** The folded texts of a directory in one buffer: what is found is what each text holds, also after many were read again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SearchText } from '../../electron/directory/search-text';
import { takeTurns } from '../../electron/jobs/turns';

async function found(text: SearchText, size: number, ...needles: string[]): Promise<number[]> {
  const marks = new Uint8Array(size);
  for (const [level, needle] of needles.entries()) await text.mark(needle, marks, level, takeTurns());
  return [...marks.keys()].filter((place) => marks[place] === needles.length);
}

describe('the texts of many records', () => {
  it('are found by what they hold, each only once, and never by what stands in two of them', async () => {
    const text = new SearchText();
    for (const [place, one] of ['ali ali', 'علی رضا', 'reza', ''].entries()) text.set(place, one);
    expect(await found(text, 4, 'ali')).toEqual([0]);
    expect(await found(text, 4, 'رضا')).toEqual([1]);
    expect(await found(text, 4, 'a')).toEqual([0, 2]);
    expect(await found(text, 4, 'ez', 'r')).toEqual([2]);
    expect(await found(text, 4, 'aliعلی')).toEqual([]);
    expect(await found(text, 4)).toEqual([0, 1, 2, 3]);
  });

  it('are found as one by one, whatever was set again in between', async () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ع', '😀', ' '), maxLength: 6 });
    const needle = fc.string({ unit: fc.constantFrom('a', 'b', 'ع', '😀'), minLength: 1, maxLength: 3 });
    const sets = fc.array(fc.tuple(fc.nat(9), word), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(sets, fc.array(needle, { minLength: 1, maxLength: 3 }), async (all, needles) => {
        const text = new SearchText();
        const now = new Map<number, string>();
        for (const [place, one] of all) {
          text.set(place, one);
          now.set(place, one);
        }
        const wanted = [...now].filter(([, one]) => needles.every((part) => one.includes(part)));
        expect(await found(text, 10, ...needles)).toEqual(
          wanted.map(([place]) => place).sort((a, b) => a - b),
        );
      }),
    );
  });

  it('are let go of where they were replaced, and found as before', async () => {
    const text = new SearchText();
    const long = 'x'.repeat(100_000);
    for (let turn = 0; turn < 60; turn += 1)
      for (const place of [0, 1, 2]) text.set(place, `${long} turn${turn} place${place}`);
    expect(await found(text, 3, 'turn59')).toEqual([0, 1, 2]);
    expect(await found(text, 3, 'turn58')).toEqual([]);
    expect(await found(text, 3, 'place1', 'turn59')).toEqual([1]);
    expect(text.bytes).toBeLessThan(4_000_000);
  });

  it('that are set while they are searched are in what is found', async () => {
    const text = new SearchText();
    for (let place = 0; place < 50; place += 1) text.set(place, `wanted ${'x'.repeat(50_000)}`);
    const marks = new Uint8Array(50);
    let turn = 0;
    const pace = {
      tick: async () => {
        turn += 1;
        if (turn === 1) text.set(49, 'wanted still');
      },
      rest: async () => {},
    };
    await text.mark('wanted', marks, 0, pace);
    expect([...marks].every((mark) => mark === 1)).toBe(true);
  });
});
