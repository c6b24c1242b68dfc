import type { Catalog } from '../../shared/catalog';
import { fieldsByName } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import { compareReadBack, type FieldDifference, type ReadBack } from '../../shared/diff';
import { isMaskedByServer, soundsSecret } from '../../shared/lib/text';
import type { JsonObject } from '../../shared/model/json';
import type { Problem } from '../../shared/model/problem';
import type { KeptResult } from '../journal/entries';
import { keepDifference } from '../journal/keep';
import { inside, type Place } from '../storage/place';
import type { Sealer } from '../storage/sealing';

/**
 * Compares the whole record after a write with the one before it, like `compareReadBack`, with two additions: a
 * secret that the server shows as asterisks cannot be compared, and an object value may hold secrets under its own
 * keys.
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

/**
 * What was found on reading back, as it is kept: secrets sealed.
 * @param entry the place of the entry that keeps it
 */
export function keptResult(
  sealer: Sealer,
  entry: Place,
  why: Problem | null,
  readBack: ReadBack | null,
): KeptResult {
  const list = (name: 'notStored' | 'sideEffects') =>
    readBack?.[name].map((one) => keepDifference(sealer, inside(entry, 'result', name), one)) ?? [];
  return {
    problem: why,
    notStored: list('notStored'),
    sideEffects: list('sideEffects'),
    unverifiable: [...(readBack?.unverifiable ?? [])],
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
