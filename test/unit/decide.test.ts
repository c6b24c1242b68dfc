import { describe, expect, it } from 'vitest';
import { decide } from '../../electron/apply/decide';
import type { WriteAnswer } from '../../electron/drivers/driver';
import type { FieldDifference, ReadBack } from '../../shared/diff';
import { problem } from '../../shared/model/problem';
import { gist } from '../support/house';

const accepted: WriteAnswer = { kind: 'accepted', serverMessage: 'done' };
const rejected: WriteAnswer = { kind: 'rejected', problem: problem('duplicate-number') };
const stop: WriteAnswer = { kind: 'stop', problem: problem('unauthorized') };
const lost: WriteAnswer = { kind: 'lost', problem: problem('timeout') };
const cutOff: WriteAnswer = { kind: 'lost', problem: problem('reset') };
const notSent: WriteAnswer = { kind: 'not-sent', problem: problem('refused') };

const differs = (...fields: string[]): FieldDifference[] =>
  fields.map((field) => ({ field, before: 'a', after: 'b', secret: false }));

/** What was read: fields stored, not stored, changed unasked, not readable. */
function read(
  stored: string[],
  notStored: string[] = [],
  unasked: string[] = [],
  hidden: string[] = [],
): ReadBack {
  return { stored, notStored: differs(...notStored), sideEffects: differs(...unasked), unverifiable: hidden };
}

const judge = (answer: WriteAnswer, readBack: ReadBack | null): string =>
  gist(decide({ answer, readBack, readProblem: readBack ? null : problem('reset') }));

describe('a row is judged', () => {
  it.each([
    ['said done, all read back', accepted, read(['a', 'b']), 'applied'],
    ['said done, cannot be read by anybody', accepted, read([], [], [], ['password']), 'applied'],
    ['said done, a part not stored', accepted, read(['a'], ['b']), 'rejected not-stored'],
    ['said done, nothing stored', accepted, read([], ['a']), 'rejected not-stored'],
    ['said done, something else changed', accepted, read(['a'], [], ['c']), 'side-effect side-effect'],
    ['said done, not readable', accepted, null, 'unknown read-back-failed'],
    ['refused, nothing stored', rejected, read([], ['a']), 'rejected duplicate-number'],
    ['refused, yet all stored', rejected, read(['a']), 'applied duplicate-number'],
    ['refused, yet a part stored', rejected, read(['a'], ['b']), 'rejected not-stored'],
    ['refused, something else changed', rejected, read([], ['a'], ['c']), 'side-effect side-effect'],
    ['refused, not readable', rejected, null, 'rejected duplicate-number'],
    ['refused, a password among it', rejected, read([], [], [], ['password']), 'rejected duplicate-number'],
    [
      'refused, yet stored, a password among it',
      rejected,
      read(['a'], [], [], ['password']),
      'unknown duplicate-number',
    ],
    ['account refused, nothing stored', stop, read([], ['a']), 'rejected unauthorized'],
    ['account refused, not readable', stop, null, 'rejected unauthorized'],
    ['answer lost, all stored', lost, read(['a']), 'applied timeout'],
    ['answer late, nothing stored yet', lost, read([], ['a']), 'unknown timeout'],
    ['answer lost, nothing stored', cutOff, read([], ['a']), 'rejected reset'],
    ['answer lost, a part stored', lost, read(['a'], ['b']), 'rejected not-stored'],
    ['answer lost, a password among it', lost, read(['a'], [], [], ['password']), 'unknown timeout'],
    ['answer lost, something else changed', lost, read(['a'], [], ['c']), 'side-effect side-effect'],
    ['answer lost, not readable', lost, null, 'unknown answer-lost'],
    ['nothing left', notSent, null, 'skipped refused'],
  ] as const)('%s', (_name, answer, readBack, verdict) => {
    expect(judge(answer, readBack)).toBe(verdict);
  });

  it('by naming the fields that are not as they should be', () => {
    const found = (readBack: ReadBack) =>
      decide({ answer: accepted, readBack, readProblem: null }).problem?.params;
    expect(found(read(['a'], ['b', 'c']))).toEqual({ fields: 'b, c' });
    expect(found(read(['a'], ['b'], ['d', 'e']))).toEqual({ fields: 'd, e' });
  });

  it('by saying why it could not be read back', () => {
    for (const answer of [accepted, lost])
      expect(decide({ answer, readBack: null, readProblem: problem('reset') }).problem?.params).toEqual({
        reason: 'reset',
      });
  });
});
