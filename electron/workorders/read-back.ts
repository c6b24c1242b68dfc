import type { Catalog } from '../../shared/catalog';
import { fieldsByName } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import { compareReadBack, type FieldDifference, type ReadBack } from '../../shared/diff';
import { isMaskedByServer, soundsSecret } from '../../shared/lib/text';
import type { JsonObject } from '../../shared/model/json';

/**
 * Compares the whole record after a write with the one before it, as `compareReadBack` does, knowing two things more:
 * a secret of which the server shows only asterisks cannot be compared, and a value that is an object may hold secrets
 * under keys of its own.
 */
export function readBackOf(
  catalog: Catalog,
  asked: ReadonlyMap<string, FieldValue>,
  before: JsonObject,
  after: JsonObject,
): ReadBack {
  const found = compareReadBack(catalog, asked, before, after);
  const specs = fieldsByName(catalog);
  const withheld = ({ field, after: now }: FieldDifference): boolean =>
    specs.get(field)?.secret === true && isMaskedByServer(now ?? '');
  return {
    stored: found.stored,
    notStored: found.notStored.filter((one) => !withheld(one)).map(guarded),
    sideEffects: found.sideEffects.filter((one) => !withheld(one)).map(guarded),
    unverifiable: [...found.unverifiable, ...found.notStored.filter(withheld).map(({ field }) => field)],
  };
}

function guarded(difference: FieldDifference): FieldDifference {
  const secret = difference.secret || holdsSecret(difference.before) || holdsSecret(difference.after);
  return { ...difference, secret };
}

/** Whether a value is JSON with a key in it, at any depth, that sounds like a secret. */
function holdsSecret(value: FieldValue): boolean {
  if (value === null || !/^\s*[[{]/.test(value)) return false;
  try {
    return hasSecretKey(JSON.parse(value));
  } catch {
    return false;
  }
}

function hasSecretKey(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(
    ([key, inner]) => (!Array.isArray(value) && soundsSecret(key)) || hasSecretKey(inner),
  );
}
