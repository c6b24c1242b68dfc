import type { FieldValue } from '../../shared/catalog/compare';
import { type FieldSpec, readPath } from '../../shared/catalog/field';
import { fieldValue, valueAt } from '../../shared/catalog/read';
import type { JsonObject } from '../../shared/model/json';
import { sealedText } from '../storage/place';
import { openRecord } from '../storage/sealed-record';
import type { Sealer } from '../storage/sealing';

/** A field of a record as it is kept, open; undefined where its seal does not open (any more). */
export function openField(sealer: Sealer, spec: FieldSpec, stored: JsonObject): FieldValue | undefined {
  if (!spec.secret) return fieldValue(spec, stored);
  const path = readPath(spec);
  const value = valueAt(stored, path);
  if (sealedText(value) === null) return fieldValue(spec, stored);
  // Only this value: each costs, and that another secret of the record is forgotten must not close it.
  const alone = path.reduceRight<JsonObject>((inner, key, at) => {
    return { [key]: at === path.length - 1 ? (value ?? null) : inner };
  }, {});
  const open = openRecord(sealer, alone);
  return open === null ? undefined : fieldValue(spec, open);
}
