import type { z } from 'zod';
import { type JsonLimits, jsonExcess } from '../../shared/lib/json-meter';
import { unstorableIn } from '../../shared/lib/storable';
import { fail, type ProblemCode } from '../../shared/model/problem';

/*
 * Our files nest six deep, with twelve keys in an object and 20,000 changes of some thirty values. Parsing anything far
 * larger could not be interrupted.
 */
const limits: JsonLimits = { depth: 16, entries: 20_000, values: 2_000_000 };

/**
 * Parses a file of ours to an object and checks its format and version only.
 * @param isNot the problem for any other file
 * @throws ProblemError that one, `file-newer`, or `file-invalid` for a text that cannot be stored unchanged
 */
export function headedObject(text: string, format: string, known: number, isNot: ProblemCode): object {
  const found = jsonObjectOf(text.replace(/^\ufeff/, ''), isNot);
  if (Reflect.get(found, 'format') !== format) fail(isNot);
  const version: unknown = Reflect.get(found, 'version');
  if (typeof version === 'number' && version > known) fail('file-newer', { found: version, known });
  const unstorable = unstorableIn(found);
  if (unstorable) invalid(unstorable, 'unstorable');
  return found;
}

function jsonObjectOf(text: string, isNot: ProblemCode): object {
  if (jsonExcess(text, limits)) fail(isNot);
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch {
    // Reported below, as for any other file.
  }
  return fail(isNot);
}

type Place = { where: string; reason: string };

/** Returns where and how a file is invalid: the parameters of `file-invalid`. */
export function placeOf(issue: z.core.$ZodIssue): Place {
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

/** Returns `changes[3].fields[0].next`. Unknown keys are shown without characters that could garble the sentence. */
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

/** @throws ProblemError `file-invalid` with the place */
export function invalid(path: readonly PropertyKey[], reason: string): never {
  return fail('file-invalid', { where: placeName(path), reason });
}
