import type { ShownValue } from '../../shared/model/record';
import type { KeptField, KeptResult, KeptValue } from './entries';

/** What was found on reading back, as a person may see it. */
export function shownResult(result: KeptResult) {
  return {
    problem: result.problem,
    notStored: result.notStored.map(shownKept),
    sideEffects: result.sideEffects.map(shownKept),
    unverifiable: result.unverifiable,
  };
}

/** A kept field as a person may see it: a secret only as being there, or not. */
export function shownKept({ field, before, after }: KeptField): {
  field: string;
  before: ShownValue;
  after: ShownValue;
} {
  // Empty values are not sealed; beside a sealed one they are a secret's all the same.
  const secret = isSealed(before) || isSealed(after);
  return { field, before: shownValue(before, secret), after: shownValue(after, secret) };
}

function isSealed(value: KeptValue): value is { sealed: string } {
  return value !== null && typeof value === 'object';
}

function shownValue(value: KeptValue, secret: boolean): ShownValue {
  if (isSealed(value)) return { secret: 'set' };
  return secret ? { secret: 'empty' } : value;
}
