import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAt } from '../../shared/secret-look';

const alone = { before: null, numbers: [], othersInOrder: 0, othersOnServer: null };

describe('how a secret looks', () => {
  it.each([
    ['abcXYZ12', 8, ['lower', 'upper', 'digits']],
    [' a', 2, ['lower', 'signs', 'edge-spaces']],
    ['a\u200b', 2, ['lower', 'unseen']],
    ['رمز۱', 4, ['letters']],
    ['p@ss', 4, ['lower', 'signs']],
  ])('%j', (secret, length, kinds) => {
    expect(lookAt(secret, alone)).toMatchObject({ length, kinds });
  });

  it('says that it is the same as before, or the number', () => {
    expect(lookAt('201', { ...alone, before: '201', numbers: ['201', 'Ali'] })).toMatchObject({
      sameAsBefore: true,
      isNumber: true,
    });
  });

  it('never holds the secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4 }), (secret) => {
        fc.pre(!/^[\w-]*$/.test(secret));
        expect(Object.values(lookAt(secret, alone))).not.toContain(secret);
      }),
    );
  });
});

describe('what a broken sheet leaves', () => {
  it.each([
    'NULL',
    '#REF!',
    '#N/A',
    '########',
    '1.23457E+15',
    '\\N',
    '[object Object]',
    '="00777"',
    '\u200eNULL ',
  ])('%j looks like an error value', (text) => expect(lookAt(text, alone).looksLikeError).toBe(true));
  it.each(['nullify', 'S3cret-202', '00777', 'e10', 'None-9', '#1abc'])('%j does not', (text) =>
    expect(lookAt(text, alone).looksLikeError).toBe(false),
  );
});
