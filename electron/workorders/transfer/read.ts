import type { z } from 'zod';
import { fieldSpec } from '../../../shared/catalog';
import { fail } from '../../../shared/model/problem';
import { fileFormat, fileVersion, type WorkOrderFile, workOrderFileSchema } from '../../../shared/transfer';

// The format needs six; reading something deeper would cost time and memory for nothing.
const deepest = 16;

/**
 * A work order file's text, parsed strictly. What it says is checked against itself too: every name once, every
 * connection there, no secret in clear.
 * @throws ProblemError `file-not-work-order`, `file-newer`, or `file-invalid` with the place
 */
export function readWorkOrderFile(text: string): WorkOrderFile {
  const found = jsonObjectOf(text.replace(/^\ufeff/, ''));
  if (Reflect.get(found, 'format') !== fileFormat) fail('file-not-work-order');
  const version: unknown = Reflect.get(found, 'version');
  if (typeof version === 'number' && version > fileVersion)
    fail('file-newer', { found: version, known: fileVersion });
  const parsed = workOrderFileSchema.safeParse(found);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    fail('file-invalid', issue ? placeOf(issue) : {});
  }
  checkConnections(parsed.data);
  checkChanges(parsed.data);
  return parsed.data;
}

function jsonObjectOf(text: string): object {
  if (isDeeperThan(text, deepest)) fail('file-not-work-order');
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch {
    // Said below, as of any other file.
  }
  return fail('file-not-work-order');
}

function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inText) {
      if (char === '\\') at += 1;
      else if (char === '"') inText = false;
    } else if (char === '"') inText = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > most) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

type Place = { where: string; reason: string };

function placeOf(issue: z.core.$ZodIssue): Place {
  const extra = issue.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : [];
  return { where: placeName([...issue.path, ...extra]), reason: reasonOf(issue.code) };
}

function reasonOf(code: z.core.$ZodIssue['code']): string {
  switch (code) {
    case 'unrecognized_keys':
      return 'unknown-key';
    case 'invalid_type':
      return 'wrong-type';
    case 'too_big':
      return 'too-long';
    default:
      return 'wrong-value';
  }
}

/** `changes[3].fields[0].next`. A key that the file made up is shown without what could disturb the sentence. */
function placeName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${key}]`;
    const text = String(key)
      .replace(/[^\w$-]/g, '?')
      .slice(0, 60);
    return before === '' ? text : `${before}.${text}`;
  }, '');
  return name.slice(0, 200);
}

function checkConnections(file: WorkOrderFile): void {
  const keys = new Set<string>();
  file.connections.forEach(({ key }, index) => {
    if (keys.has(key)) invalid(['connections', index, 'key'], 'twice');
    keys.add(key);
  });
}

function checkChanges(file: WorkOrderFile): void {
  const kinds = new Map(file.connections.map(({ key, kind }) => [key, kind]));
  const records = new Set<string>();
  file.changes.forEach((change, index) => {
    const kind =
      kinds.get(change.connection) ?? invalid(['changes', index, 'connection'], 'no-such-connection');
    const record = JSON.stringify([change.connection, change.remoteId]);
    if (records.has(record)) invalid(['changes', index, 'remoteId'], 'twice');
    records.add(record);
    const fields = [...change.fields.map(({ field }) => field), ...change.leftOut, ...change.sealed];
    if (new Set(fields).size !== fields.length) invalid(['changes', index, 'fields'], 'twice');
    change.fields.forEach(({ field }, at) => {
      if (fieldSpec(kind, field)?.secret) invalid(['changes', index, 'fields', at], 'plain-secret');
    });
    if (change.sealed.length > 0 && !file.secrets) invalid(['changes', index, 'sealed'], 'no-sealed-part');
  });
}

function invalid(path: readonly PropertyKey[], reason: string): never {
  return fail('file-invalid', { where: placeName(path), reason });
}
