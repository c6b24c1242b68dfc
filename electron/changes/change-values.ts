import type { FieldValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import { ownerName, type RecordKey } from '../storage/owner';
import { editPlace, type Side } from '../storage/place';
import type { Sealer } from '../storage/sealing';
import { openField } from '../values/open';
import { openValue, sealValue } from '../values/seal';

/** Seals values of secret fields for storing, and opens them. */
export class ChangeValues {
  constructor(private readonly sealer: Sealer) {}

  /** @throws ProblemError the keychain's, while nothing can be sealed */
  close(of: RecordKey, spec: FieldSpec, side: Side, value: FieldValue): FieldValue {
    const place = editPlace(ownerName(of), of.remote_id, spec.name, side);
    return sealValue(this.sealer, place, spec.secret === true, value);
  }

  /** Opens a value of an edit; undefined if its seal cannot be opened now. */
  open(of: RecordKey, spec: FieldSpec, side: Side, stored: FieldValue): FieldValue | undefined {
    const place = editPlace(ownerName(of), of.remote_id, spec.name, side);
    return openValue(this.sealer, place, spec.secret === true, stored);
  }

  /** Opens a field's value from the directory; undefined if its seal cannot be opened now. */
  stored(spec: FieldSpec, record: JsonObject): FieldValue | undefined {
    return openField(this.sealer, spec, record);
  }

  /** Throws the reason why a field's seal cannot be opened. */
  unreadable(spec: FieldSpec): never {
    return fail(this.sealer.whyUnreadable, { field: spec.name });
  }
}
