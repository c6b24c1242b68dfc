import { type Catalog, type FieldSpec, fieldsByName } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import { isMaskedByServer, soundsSecret } from '../../shared/lib/text';
import type { Json, JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import type { WriteRequest } from './driver';
import { asObject } from './records';

const mask = '••••••';

/** An edit with its description. */
export interface Edit {
  readonly spec: FieldSpec;
  readonly value: FieldValue;
}

/**
 * The edits with their catalog descriptions, in catalog order.
 * @throws ProblemError `invalid-input` for a field that is unknown, read-only, or a secret made of asterisks
 */
export function describedEdits(catalog: Catalog, edits: ReadonlyMap<string, FieldValue>): Edit[] {
  const specs = fieldsByName(catalog);
  for (const [field, value] of edits) {
    const spec = specs.get(field);
    const masked = spec?.secret === true && isMaskedByServer(value ?? '');
    if (!spec || spec.readOnly || masked) fail('invalid-input', { field });
  }
  return catalog.fields
    .filter((spec) => edits.has(spec.name))
    .map((spec) => ({ spec, value: edits.get(spec.name) ?? null }));
}

/** A value as it goes over the wire: text byte for byte, integers as integers where the catalog says so. */
export function wireValue({ spec, value }: Edit): Json {
  const text = value ?? '';
  return spec.wire === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

/**
 * A record without secrets of which the server shows only asterisks, at every depth: writing those back would set
 * them (api note on Simotel, `secret`).
 */
export function withoutMasked(catalog: Catalog, record: JsonObject): JsonObject {
  return mapSecrets(catalog, record, (value) => (isMaskedByServer(value) ? undefined : value));
}

/** The request, with its body and the same body for people's eyes. */
export function writeRequest(
  catalog: Catalog,
  url: string,
  payload: JsonObject,
  edits: ReadonlyMap<string, FieldValue>,
): WriteRequest {
  const masked = mapSecrets(catalog, payload, (value) => (value === '' ? value : mask));
  return {
    method: 'POST',
    url,
    body: JSON.stringify(payload),
    masked: JSON.stringify(masked, null, 2),
    asked: new Map(edits),
  };
}

/**
 * The secret values of a request's body, and the parts of those that hold several (`more_options`), so that a
 * server's message that quotes one can be scrubbed.
 */
export function secretsIn(catalog: Catalog, payload: JsonObject): string[] {
  const found: string[] = [];
  mapSecrets(catalog, payload, (value) => {
    found.push(value);
    if (/[=\n]/.test(value)) {
      for (const line of value.split(/[\r\n]+/)) {
        const parts = line.split('=');
        found.push(line, parts.slice(1).join('='), parts.at(-1) ?? '');
      }
    }
    return value;
  });
  return found.filter((value) => value !== '');
}

type OnSecret = (value: string) => Json | undefined;

/** A copy in which every secret text went through `change`; undefined takes it out. */
function mapSecrets(catalog: Catalog, record: JsonObject, change: OnSecret): JsonObject {
  const specs = fieldsByName(catalog);
  const copy: JsonObject = {};
  for (const [name, value] of Object.entries(record)) {
    const spec = specs.get(name);
    const secret = spec ? spec.secret === true : soundsSecret(name);
    const changed = mapValue(value, secret, change);
    if (changed !== undefined) copy[name] = changed;
  }
  return copy;
}

function mapValue(value: Json, secret: boolean, change: OnSecret): Json | undefined {
  if (typeof value === 'string') return secret ? change(value) : value;
  if (typeof value === 'number') return secret ? (change(String(value)) === mask ? mask : value) : value;
  if (Array.isArray(value)) return value.flatMap((inner) => mapValue(inner, secret, change) ?? []);
  const object = asObject(value);
  if (!object) return value;
  const copy: JsonObject = {};
  for (const [name, inner] of Object.entries(object)) {
    const changed = mapValue(inner, secret || soundsSecret(name), change);
    if (changed !== undefined) copy[name] = changed;
  }
  return copy;
}
