import { fieldSpec, ofCollection } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import type { Sealer } from '../storage/sealing';
import { openField } from '../values/open';
import type { KeptField, KeptValue } from './entries';
import { unkeep } from './keep';
import type { WrittenEntry } from './moments';

/** What a write did to a field. A value that does not open, because it is forgotten or its key is lost, is undefined. */
export interface FieldChange {
  readonly field: string;
  readonly before: FieldValue | undefined;
  readonly after: FieldValue | undefined;
  /** The entry that knows what was there before. */
  readonly seq: number;
}

/**
 * The fields that a write changed: those asked for as far as the server stored them, and those that changed unasked.
 * Of a write whose fate is not known all that it asked for: the plan tells what of it came to be.
 */
export function changedFields(sealer: Sealer, write: WrittenEntry): FieldChange[] {
  const { intent, ended, outcome } = write;
  const result = ended?.result;
  const notStored = new Map(result?.notStored.map((one) => [one.field, one]));
  const asked = intent.fields.flatMap((kept): FieldChange[] => {
    const failed = notStored.get(kept.field);
    // Refused and not read back: the server said that nothing happened.
    if (outcome === 'rejected' && !ended?.after) return [];
    const after = failed ? failed.after : afterOf(sealer, write, kept);
    return changed(sealer, write, kept, after);
  });
  const others = (result?.sideEffects ?? []).flatMap((kept) => changed(sealer, write, kept, kept.after));
  return [...asked, ...others];
}

/** What stands there after the write: as read back where it can be, else as sent. */
function afterOf(
  sealer: Sealer,
  { seq, intent, ended }: WrittenEntry,
  kept: KeptField,
): KeptValue | FieldChange {
  const spec = fieldSpec(ofCollection(intent), kept.field);
  if (!spec || spec.writeOnly || !ended?.after) return kept.after;
  const after = openField(sealer, spec, ended.after);
  return { field: kept.field, before: undefined, after, seq };
}

function changed(
  sealer: Sealer,
  { intent, seq }: WrittenEntry,
  kept: KeptField,
  left: KeptValue | FieldChange,
): FieldChange[] {
  const spec = fieldSpec(ofCollection(intent), kept.field);
  const before = unkeep(sealer, kept.before);
  const after = isChange(left) ? left.after : unkeep(sealer, left);
  const same = spec && !spec.writeOnly && before !== undefined && after !== undefined;
  return same && sameValue(spec, before, after) ? [] : [{ field: kept.field, before, after, seq }];
}

function isChange(value: KeptValue | FieldChange): value is FieldChange {
  return value !== null && typeof value === 'object' && 'field' in value;
}
