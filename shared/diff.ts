import { type Catalog, type FieldSpec, fieldsByName } from './catalog';
import { type FieldValue, sameLoosely, sameValue } from './catalog/compare';
import { fieldValue, unknownFields } from './catalog/read';
import { type FieldProblem, validateField } from './catalog/validate';
import { exactJson } from './lib/exact-json';
import type { Json, JsonObject } from './model/json';

/** Makes one request of the contract. */
export interface FieldEdit {
  readonly field: string;
  readonly base: FieldValue;
  readonly next: FieldValue;
  /** Set where `next` is a value that the server itself had: it may go back even where today's checks refuse it. */
  readonly returns?: Returned;
}

/** The source of a value that the server had, and the form in which it sent it. */
export interface Returned {
  readonly seq: number;
  readonly form: Json;
}

export type FieldVerdict = 'ready' | 'no-op' | 'conflict' | 'invalid';

/**
 * Compares one field three ways. `no-op`: the server already has `next`. `ready`: it still has `base`. `conflict`:
 * someone else changed it. A field that cannot be read back (a panel password) is always ready.
 */
export function threeWay(
  spec: FieldSpec,
  base: FieldValue,
  live: FieldValue,
  next: FieldValue,
): FieldVerdict {
  if (spec.writeOnly) return 'ready';
  if (sameValue(spec, live, next)) return 'no-op';
  return sameValue(spec, live, base) ? 'ready' : 'conflict';
}

export interface PlannedField extends FieldEdit {
  readonly live: FieldValue;
  readonly verdict: FieldVerdict;
  readonly problem: FieldProblem | null;
  /** The problem the value would have if the server had not had it before. */
  readonly waived?: FieldProblem;
}

export type PlanStatus = 'ready' | 'no-op' | 'conflict' | 'missing' | 'invalid';

export interface Comparison {
  readonly status: PlanStatus;
  readonly fields: readonly PlannedField[];
}

/**
 * Compares a change with the record as it is now.
 * @param live the record just read, null where the server has none with that id
 * @returns the change's status (worst first: missing, invalid, conflict, ready, no-op) and each field's
 */
export function compareChange(
  catalog: Catalog,
  edits: readonly FieldEdit[],
  live: JsonObject | null,
): Comparison {
  const specs = fieldsByName(catalog);
  const fields = edits.map((edit): PlannedField => {
    const spec = specs.get(edit.field);
    if (!spec || spec.readOnly)
      return { ...edit, live: null, verdict: 'invalid', problem: { code: 'not-allowed' } };
    const now = live ? fieldValue(spec, live) : null;
    const wrong = validateField(spec, edit.next, now);
    const problem = edit.returns ? null : wrong;
    return {
      ...edit,
      live: now,
      problem,
      ...(wrong && edit.returns ? { waived: wrong } : {}),
      verdict: problem ? 'invalid' : threeWay(spec, edit.base, now, edit.next),
    };
  });
  return { status: live ? worst(fields) : 'missing', fields };
}

function worst(fields: readonly PlannedField[]): PlanStatus {
  for (const verdict of ['invalid', 'conflict', 'ready'] as const) {
    if (fields.some((field) => field.verdict === verdict)) return verdict;
  }
  return 'no-op';
}

export interface FieldDifference {
  readonly field: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
  /** The values must be sealed and masked. */
  readonly secret: boolean;
}

export interface ReadBack {
  readonly stored: readonly string[];
  /** Written, but read back as something else. */
  readonly notStored: readonly FieldDifference[];
  readonly sideEffects: readonly FieldDifference[];
  /** Written but not readable, so it cannot be verified. */
  readonly unverifiable: readonly string[];
}

/**
 * Compares the whole record after a write with the one before it, unknown fields included.
 * @param asked the fields that were to be changed, with the values that were sent
 */
export function compareReadBack(
  catalog: Catalog,
  asked: ReadonlyMap<string, FieldValue>,
  before: JsonObject,
  after: JsonObject,
): ReadBack {
  const stored: string[] = [];
  const notStored: FieldDifference[] = [];
  const sideEffects: FieldDifference[] = [];
  const unverifiable: string[] = [];
  for (const spec of catalog.fields) {
    const next = asked.get(spec.name);
    const now = fieldValue(spec, after);
    if (next !== undefined) {
      if (spec.writeOnly) unverifiable.push(spec.name);
      else if (sameValue(spec, now, next)) stored.push(spec.name);
      else notStored.push({ field: spec.name, before: next, after: now, secret: spec.secret === true });
      continue;
    }
    const was = fieldValue(spec, before);
    if (!spec.volatile && !sameValue(spec, was, now)) {
      sideEffects.push({ field: spec.name, before: was, after: now, secret: spec.secret === true });
    }
  }
  return {
    stored,
    notStored,
    sideEffects: [...sideEffects, ...unknownChanges(catalog, before, after)],
    unverifiable,
  };
}

function unknownChanges(catalog: Catalog, before: JsonObject, after: JsonObject): FieldDifference[] {
  const was = new Map(unknownFields(catalog, before));
  const now = new Map(unknownFields(catalog, after));
  const text = (value: Json | undefined) => (value === undefined ? null : exactJson(value));
  return [...new Set([...was.keys(), ...now.keys()])]
    .filter((name) => !sameLoosely(was.get(name), now.get(name)))
    .map((name) => ({
      field: name,
      before: text(was.get(name)),
      after: text(now.get(name)),
      // An unknown field may hold a secret.
      secret: true,
    }));
}
