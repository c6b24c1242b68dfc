import type { RawRecord } from '../../shared/catalog/read';
import type { Json, JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';

const deepest = 60;

/**
 * A parsed JSON text as plain data. `__proto__` is left out at every depth, so that no later copy or merge can be
 * turned against its prototype.
 * @throws ProblemError `unexpected-answer` where it is nested absurdly deep
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

/** The object in a JSON value, or null where it is none. */
export function asObject(value: Json | undefined): JsonObject | null {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
}

/** A text or number as text; null for anything else. */
export function asText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

/** A whole number, also one that came as text; null for anything else. */
export function asCount(value: Json | undefined): number | null {
  const text = asText(value)?.trim() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * The rows in an answer's `data`. Nothing found is `[]`, `null`, `""` or `{}` (api note on Simotel); PHP also turns a
 * list with gaps into an object, and one record may come without a list around it.
 * @returns null where it cannot be told what it is: an unknown answer must not pass for an empty server
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
 * Rows as records. A row without a usable id is left out, for nothing could be written to it; of rows with the same
 * id the later one counts, in the earlier one's place.
 * @throws ProblemError `unexpected-answer` where there are rows and none has an id
 */
export function recordsOf(rows: readonly JsonObject[], idField: string): RawRecord[] {
  const records = new Map<string, RawRecord>();
  for (const raw of rows) {
    const remoteId = idOf(raw[idField]);
    if (remoteId !== null) records.set(remoteId, { remoteId, raw });
  }
  if (rows.length > 0 && records.size === 0) fail('unexpected-answer', { reason: 'no-ids' });
  return [...records.values()];
}

/** A record's identity as text; Mongo's extended `{"$oid": …}` too. Null where there is none. */
function idOf(value: Json | undefined): string | null {
  const text = asText(value) ?? asText(asObject(value)?.$oid);
  return text !== null && text.trim() !== '' && text.length <= 200 ? text : null;
}
