import { sameLoosely } from '../../shared/catalog/compare';
import type { RawRecord } from '../../shared/catalog/read';
import { exactDigits } from '../../shared/lib/exact-json';
import { isAllStorable } from '../../shared/lib/storable';
import type { Json, JsonObject } from '../../shared/model/json';
import { fail, type ProblemCode } from '../../shared/model/problem';
import { inTurns, takeTurns } from '../jobs/turns';

const deepest = 60;

/** Why records of an answer were left out. */
export type LeftOutCode = Extract<ProblemCode, 'doubled-records' | 'unstorable-records'>;

/**
 * Parses a JSON text to plain data. `__proto__` is dropped at every depth, so that no later copy or merge can pollute
 * a prototype.
 * @throws ProblemError `unexpected-answer` if it is nested absurdly deep
 */
export function plainJson(value: unknown, depth = 0): Json {
  if (depth > deepest) fail('unexpected-answer', { reason: 'too-deep' });
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (Array.isArray(value)) return value.map((inner) => plainJson(inner, depth + 1));
  if (typeof value !== 'object') return null;
  const copy: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key !== '__proto__') copy[key] = plainJson(inner, depth + 1);
  }
  return copy;
}

/** Returns a JSON value as an object; null if it is not one. */
export function asObject(value: Json | undefined): JsonObject | null {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
}

/** Returns a text or number as text, digit for digit; null for anything else. */
export function asText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : exactDigits(value);
}

/** Returns a whole number, also from text; null for anything else. */
export function asCount(value: Json | undefined): number | null {
  const text = asText(value)?.trim() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * Returns the rows in an answer's `data`. Nothing found is `[]`, `null`, `""` or `{}` (api note on Simotel); PHP also
 * turns a list with gaps into an object, and one record may come without a list around it.
 * @returns null if its meaning is unclear: an unknown answer must not pass for an empty server
 */
export function rowsOf(data: Json | undefined, idField: string): JsonObject[] | null {
  if (data === null || data === '') return [];
  if (Array.isArray(data)) return objectsIn(data);
  const object = asObject(data);
  if (!object) return null;
  if (Object.hasOwn(object, idField)) return [object];
  const values = Object.values(object);
  const rows = objectsIn(values);
  return rows.length === values.length ? rows : null;
}

function objectsIn(values: readonly Json[]): JsonObject[] {
  return values.map(asObject).filter((row) => row !== null);
}

/**
 * Converts rows to records, in turns. Left out are rows without a usable id, which could not be written to; rows that
 * differ under one id, because a write could reach either; and rows with a text that cannot be stored exactly, because
 * they would be compared and written back as something else.
 * @param leftOut called with the ids that were left out, and why
 * @param wanted the ids that are asked for, where only some are: the other rows are not looked at
 * @throws ProblemError `unexpected-answer` if there are rows and none has an id
 */
export async function recordsOf(
  rows: readonly JsonObject[],
  idField: string,
  leftOut: (why: LeftOutCode, remoteIds: readonly string[]) => void = () => undefined,
  wanted?: ReadonlySet<string>,
): Promise<RawRecord[]> {
  let hasIds = rows.length === 0;
  const records = new Map<string, RawRecord>();
  const twice = new Set<string>();
  const unstorable = new Set<string>();
  await inTurns(rows, takeTurns(), (raw) => {
    const remoteId = idOf(raw[idField]);
    if (remoteId === null) return;
    hasIds = true;
    if (wanted?.has(remoteId) === false) return;
    if (!isAllStorable(raw)) {
      unstorable.add(remoteId);
      return;
    }
    const other = records.get(remoteId);
    if (other && !sameLoosely(other.raw, raw)) twice.add(remoteId);
    records.set(remoteId, { remoteId, raw });
  });
  if (!hasIds) fail('unexpected-answer', { reason: 'no-ids' });
  // A valid row that shares its id with an invalid one is ambiguous too.
  for (const remoteId of [...twice, ...unstorable]) records.delete(remoteId);
  if (twice.size > 0) leftOut('doubled-records', [...twice]);
  if (unstorable.size > 0) leftOut('unstorable-records', [...unstorable]);
  return [...records.values()];
}

/** Returns a record's id as text; also Mongo's extended `{"$oid": …}`. Null if there is none. */
function idOf(value: Json | undefined): string | null {
  const text = asText(value) ?? asText(asObject(value)?.$oid);
  return text !== null && text.trim() !== '' && text.length <= 200 ? text : null;
}
