import { type Catalog, fieldsByName } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import { type FieldSpec, readPath } from '../../shared/catalog/field';
import { fieldValue, unknownFields, valueAt } from '../../shared/catalog/read';
import { isMaskedByServer } from '../../shared/lib/text';
import type { Json, JsonObject } from '../../shared/model/json';
import type { SecretState, ShownValue } from '../../shared/model/record';
import { sealedText } from '../storage/place';
import type { Sealer } from '../storage/sealing';

/** A stored record's field as the renderer may see it. */
export function shownField(sealer: Sealer, spec: FieldSpec, stored: JsonObject): ShownValue {
  if (!spec.secret) return fieldValue(spec, stored);
  return { secret: secretState(sealer, valueAt(stored, readPath(spec))) };
}

/** What may be known of a stored secret without showing it. */
export function secretState(sealer: Sealer, value: Json | undefined): SecretState {
  const sealed = sealedText(value);
  if (sealed === null) return value === undefined || value === null || value === '' ? 'empty' : 'set';
  const open = sealer.open(sealed);
  if (open === null) return 'unreadable';
  return isMaskedByServer(open.slice(1)) ? 'withheld' : 'set';
}

/** The fields of a stored record that the catalog does not know: never their values, for anything may be in them. */
export function shownUnknown(
  sealer: Sealer,
  catalog: Catalog,
  stored: JsonObject,
): { name: string; value: ShownValue }[] {
  return unknownFields(catalog, stored).map(([name, value]) => ({
    name,
    value: { secret: secretState(sealer, value) },
  }));
}

/** A clear value as the renderer may see it: itself, or a secret's state. */
export function masked(spec: FieldSpec | undefined, value: string | null): ShownValue {
  if (!spec?.secret) return value;
  if (value === null || value === '') return { secret: 'empty' };
  return { secret: isMaskedByServer(value) ? 'withheld' : 'set' };
}

/** A value that was to be opened as the renderer may see it; undefined: its seal did not open. */
export function shown(spec: FieldSpec | undefined, opened: FieldValue | undefined): ShownValue {
  return opened === undefined ? { secret: 'unreadable' } : masked(spec, opened);
}

/** The catalog's spec of a field by name. */
export function specOf(catalog: Catalog, field: string): FieldSpec | undefined {
  return fieldsByName(catalog).get(field);
}
