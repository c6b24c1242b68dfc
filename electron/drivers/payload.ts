import { type Catalog, type FieldSpec, fieldsByName } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import { unknownPaths, valueAt } from '../../shared/catalog/read';
import { exactDigits, exactJson, integerOf } from '../../shared/lib/exact-json';
import { isMaskedByServer, soundsSecret } from '../../shared/lib/text';
import type { Json, JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import type { WriteRequest } from './driver';
import { asObject } from './records';

const mask = '••••••';

/** How the server itself wrote fields that are restored, by field. */
export type Forms = ReadonlyMap<string, Json>;

export interface Edit {
  readonly spec: FieldSpec;
  readonly value: FieldValue;
  /** How the server wrote the value when it had it before. */
  readonly form?: Json | undefined;
}

/**
 * Returns the edits with their catalog descriptions, in catalog order.
 * @throws ProblemError `invalid-input` for a field that is unknown, read-only, or a secret made of asterisks
 */
export function describedEdits(
  catalog: Catalog,
  edits: ReadonlyMap<string, FieldValue>,
  forms?: Forms,
): Edit[] {
  const specs = fieldsByName(catalog);
  for (const [field, value] of edits) {
    const spec = specs.get(field);
    const masked = spec?.secret === true && isMaskedByServer(value ?? '');
    if (!spec || spec.readOnly || masked) fail('invalid-input', { field });
  }
  return catalog.fields
    .filter((spec) => edits.has(spec.name))
    .map((spec) => ({ spec, value: edits.get(spec.name) ?? null, form: forms?.get(spec.name) }));
}

/**
 * Returns a value in its wire form: text byte for byte, integers as integers where the catalog says so. A value that
 * the server had before goes back in the server's own form, unless the field's usual form means the same.
 */
export function wireValue({ spec, value, form }: Edit): Json {
  const text = value ?? '';
  const integer = spec.wire === 'integer' ? integerOf(text) : null;
  if (integer !== null) return integer;
  if (form === undefined || (spec.type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(text))) return text;
  return form;
}

/**
 * Returns a record without secrets that the server shows as asterisks, at every depth: writing those back would set
 * them (api note on Simotel, `secret`).
 */
export function withoutMasked(catalog: Catalog, record: JsonObject): JsonObject {
  return mapSecrets(catalog, record, (value) => (isMaskedByServer(value) ? undefined : value));
}

/** Makes the request, with its body and a masked copy for display. */
export function writeRequest(
  catalog: Catalog,
  url: string,
  payload: JsonObject,
  edits: ReadonlyMap<string, FieldValue>,
): WriteRequest {
  return {
    method: 'POST',
    url,
    body: exactJson(payload),
    asked: new Map(edits),
    // Made where it is looked at: a run of thousands shows none.
    get masked() {
      const secretless = mapSecrets(catalog, payload, (value) => (value === '' ? value : mask));
      return exactJson(withoutUnknown(catalog, secretless), 2);
    },
  };
}

/**
 * Returns the secret values of a request's body, and the parts of those that hold several (`more_options`), for
 * redacting a server's message that quotes one.
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
  for (const path of unknownIn(catalog, payload)) found.push(...textsIn(valueAt(payload, path) ?? null));
  return found.filter((value) => value !== '');
}

/** Returns the paths of what the catalog neither reads nor writes. */
function unknownIn(catalog: Catalog, payload: JsonObject): string[][] {
  const specs = fieldsByName(catalog);
  return unknownPaths(catalog, payload).filter((path) => !specs.has(path.join('.')));
}

function withoutUnknown(catalog: Catalog, payload: JsonObject): JsonObject {
  const unknown = new Set(unknownIn(catalog, payload).map((path) => path.join(dot)));
  const visit = (value: Json, path: readonly string[]): Json => {
    if (path.length > 0 && unknown.has(path.join(dot))) return value === null || value === '' ? value : mask;
    const object = path.length < 2 && exactDigits(value) === null ? asObject(value) : null;
    if (!object) return value;
    return Object.fromEntries(
      Object.entries(object).map(([name, inner]) => [name, visit(inner, [...path, name])]),
    );
  };
  return asObject(visit(payload, [])) ?? {};
}

// Shorter texts may occur in any message by chance: `yes`, `none`, a port.
const shortestQuoted = 6;
const dot = '\u0000';

/** Collects the texts in a value that are long enough to be redacted. */
function textsIn(value: Json): string[] {
  if (typeof value === 'string') return value.length < shortestQuoted ? [] : [value];
  const number = typeof value === 'number' ? String(value) : exactDigits(value);
  if (number !== null) return number.length < shortestQuoted ? [] : [number];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

type OnSecret = (value: string) => Json | undefined;

/** Copies a value with every secret text mapped through `change`; undefined removes it. */
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
  const number = typeof value === 'number' ? String(value) : exactDigits(value);
  if (number !== null) return secret && change(number) === mask ? mask : value;
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
