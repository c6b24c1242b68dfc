import type { FieldValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import type { FieldDifference } from '../../shared/diff';
import { foundAt, inside, type Place } from '../storage/place';
import type { Sealer } from '../storage/sealing';
import { sealValue } from '../values/seal';
import type { KeptField, KeptValue } from './entries';

/** A value as the journal keeps it: a sealed one in an object. */
function keep(sealer: Sealer, place: Place, secret: boolean, value: FieldValue): KeptValue {
  const sealed = sealValue(sealer, place, secret, value);
  return sealed === null || sealed === value ? value : { sealed };
}

/** A kept value opened again; undefined where its seal cannot be opened now. It says where it was found. */
export function unkeep(sealer: Sealer, value: KeptValue): FieldValue | undefined {
  if (value === null || typeof value === 'string') return value;
  return sealer.open(value.sealed) ?? undefined;
}

/**
 * A field's change as it is kept.
 * @param place that of the list it stands in
 */
export function keepField(
  sealer: Sealer,
  place: Place,
  spec: FieldSpec,
  before: FieldValue,
  after: FieldValue,
): KeptField {
  return keepDifference(sealer, place, { field: spec.name, before, after, secret: spec.secret === true });
}

/** A difference found when reading back, as it is kept. */
export function keepDifference(
  sealer: Sealer,
  place: Place,
  { field, before, after, secret }: FieldDifference,
): KeptField {
  const at = (side: 'before' | 'after') => inside(place, field, side);
  return {
    field,
    before: keep(sealer, at('before'), secret, before),
    after: keep(sealer, at('after'), secret, after),
  };
}

/** A kept field that was just read from a list, with the places where its values were found. */
export function foundField<K extends KeptField>(kept: K, place: Place): K {
  const found = (value: KeptValue, side: string): KeptValue =>
    value === null || typeof value === 'string'
      ? value
      : { sealed: foundAt(value.sealed, inside(place, kept.field, side)) };
  return { ...kept, before: found(kept.before, 'before'), after: found(kept.after, 'after') };
}
