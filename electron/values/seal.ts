import type { FieldValue } from '../../shared/catalog/compare';
import type { Place } from '../storage/place';
import type { Sealer } from '../storage/sealing';

const isClear = (secret: boolean, value: FieldValue): boolean => !secret || value === null || value === '';

/**
 * Seals a field's value for one place. A value that is not secret stays in clear, and so does an empty one.
 * @throws ProblemError the keychain's, while nothing can be sealed
 */
export function sealValue<V extends FieldValue>(sealer: Sealer, place: Place, secret: boolean, value: V) {
  return value === null || isClear(secret, value) ? value : sealer.seal(value, place);
}

/** Opens what `sealValue` made; undefined where its seal cannot be opened now. */
export function openValue(
  sealer: Sealer,
  place: Place,
  secret: boolean,
  stored: FieldValue,
): FieldValue | undefined {
  if (stored === null || isClear(secret, stored)) return stored;
  return sealer.openAt(stored, place) ?? undefined;
}
