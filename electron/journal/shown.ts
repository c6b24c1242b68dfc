import { isOpenField, isOpenSomewhere, type OfCollection } from '../../shared/catalog';
import type { ShownValue } from '../../shared/model/record';
import type { KeptField, KeptResult, KeptValue } from './entries';

/** What was found on reading back, as a person may see it. */
export function shownResult(result: KeptResult, of?: OfCollection | null) {
  return {
    problem: result.problem,
    notStored: result.notStored.map((one) => shownKept(one, of)),
    sideEffects: result.sideEffects.map((one) => shownKept(one, of)),
    unverifiable: result.unverifiable,
  };
}

/**
 * A kept field as a person may see it: a secret only as being there, or not.
 * @param of its collection, where that is at hand
 */
export function shownKept(
  { field, before, after }: KeptField,
  of?: OfCollection | null,
): {
  field: string;
  before: ShownValue;
  after: ShownValue;
} {
  // Empty values are not sealed; beside a sealed one they are a secret's all the same.
  // An older version kept fields in clear that no catalog knows.
  const open = of === undefined ? isOpenSomewhere(field) : isOpenField(of, field);
  const secret = !open || isSealed(before) || isSealed(after);
  return { field, before: shownValue(before, secret), after: shownValue(after, secret) };
}

function isSealed(value: KeptValue): value is { sealed: string } {
  return value !== null && typeof value === 'object';
}

function shownValue(value: KeptValue, secret: boolean): ShownValue {
  if (isSealed(value)) return { secret: 'set' };
  return secret ? { secret: value === null || value === '' ? 'empty' : 'set' } : value;
}
