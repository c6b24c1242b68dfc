import type { FieldValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import type { FieldDifference } from '../../shared/diff';
import type { Sealer } from '../storage/sealing';
import type { KeptField, KeptValue } from './entries';

/** A value as the journal keeps it: sealed where it is a secret. */
export function keep(sealer: Sealer, secret: boolean, value: FieldValue): KeptValue {
  return secret && value !== null && value !== '' ? { sealed: sealer.seal(value) } : value;
}

/** A kept value opened again; undefined where its seal cannot be opened now. */
export function unkeep(sealer: Sealer, value: KeptValue): FieldValue | undefined {
  if (value === null || typeof value === 'string') return value;
  return sealer.open(value.sealed) ?? undefined;
}

/** A field's change as the journal keeps it. */
export function keepField(sealer: Sealer, spec: FieldSpec, before: FieldValue, after: FieldValue): KeptField {
  const secret = spec.secret === true;
  return { field: spec.name, before: keep(sealer, secret, before), after: keep(sealer, secret, after) };
}

/** A difference found when reading back, as the journal keeps it. */
export function keepDifference(sealer: Sealer, difference: FieldDifference): KeptField {
  return {
    field: difference.field,
    before: keep(sealer, difference.secret, difference.before),
    after: keep(sealer, difference.secret, difference.after),
  };
}
