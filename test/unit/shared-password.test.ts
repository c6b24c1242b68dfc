import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brokenPasswordRules,
  generatePassword,
  generateSecret,
  passwordRules,
  type RandomSource,
} from '../../shared/catalog/password';

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): RandomSource {
  let state = seed >>> 0;
  return (numbers) => {
    for (let i = 0; i < numbers.length; i++) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = state;
      mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      numbers[i] = (mixed ^ (mixed >>> 14)) >>> 0;
    }
    return numbers;
  };
}

describe("the panel's password rule", () => {
  it.each([
    ['q8?696Q]%U|q', []],
    ['', ['length', 'upper', 'lower', 'digit', 'special']],
    ['Abcdef1!', []],
    ['Abcde1!', ['length']],
    ['abcdef1!', ['upper']],
    ['ABCDEF1!', ['lower']],
    ['Abcdefg!', ['digit']],
    ['Abcdefg1', ['special']],
    ['Abcdef 1', ['special']],
    ['سلام سلام', ['upper', 'lower', 'digit']],
  ])('says of %j that it breaks %j', (password, broken) => {
    expect(brokenPasswordRules(password)).toEqual(broken);
  });

  it('counts characters, not code units', () => {
    expect(brokenPasswordRules('Aa1😀😀😀😀')).toContain('length');
    expect(brokenPasswordRules('Aa1😀😀😀😀😀')).toEqual([]);
  });

  it('has five parts', () => {
    expect(passwordRules).toHaveLength(5);
  });
});

describe('what is generated', () => {
  it('keeps the password rule at every seed and length that can', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 8, max: 64 }), (seed, length) => {
        const password = generatePassword(seeded(seed), length);
        expect([...password]).toHaveLength(length);
        expect(brokenPasswordRules(password)).toEqual([]);
      }),
    );
  });

  it('makes secrets of letters and digits that cannot be mistaken over the telephone', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 64 }), (seed, length) => {
        const secret = generateSecret(seeded(seed), length);
        expect(secret).toHaveLength(length);
        expect(secret).toMatch(/^[A-HJ-NP-Za-km-np-z2-9]+$/);
      }),
    );
  });

  it('depends on nothing but its source', () => {
    expect(generatePassword(seeded(7))).toBe(generatePassword(seeded(7)));
    expect(generateSecret(seeded(7))).not.toBe(generateSecret(seeded(8)));
  });

  it('draws again where a number would favour the first letters', () => {
    let first = true;
    const source: RandomSource = (numbers) => {
      numbers.fill(first ? 0xffffffff : 1);
      first = false;
      return numbers;
    };
    expect(generateSecret(source, 4)).toBe('BBBB');
  });

  it('uses its letters evenly', () => {
    const counts = new Map<string, number>();
    for (const letter of generateSecret(seeded(1), 55_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    for (const [letter, count] of counts) expect(count, letter).toBeGreaterThan(800);
    expect(counts.size).toBe(24 + 24 + 8);
  });
});
