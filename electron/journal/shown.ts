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

/** A kept field as a person may see it: a secret only as being there. */
export function shownKept({ field, before, after }: KeptField): {
  field: string;
  before: ShownValue;
  after: ShownValue;
} {
  return { field, before: shownValue(before), after: shownValue(after) };
}

function shownValue(value: KeptValue): ShownValue {
  return value !== null && typeof value === 'object' ? { secret: 'set' } : value;
}
