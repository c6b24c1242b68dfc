import { asciiDigits } from '../lib/text';
import { isHost, wrongIpMask } from '../values/address';
import { textProblem } from '../values/clean';
import { isEmail } from '../values/email';
import type { FieldValue } from './compare';
import type { FieldSpec } from './field';
import { brokenPasswordRules } from './password';

export const fieldProblemCodes = [
  'required',
  'not-digits',
  'not-integer',
  'not-port',
  'not-host',
  'not-ip-mask',
  'not-email',
  'not-date',
  'no-such-day',
  'not-phone',
  'not-dialable',
  'not-allowed',
  'password-rule',
  'masked-secret',
  'cannot-clear',
  'control-characters',
  'letters-lost',
  'error-value',
] as const;
export type FieldProblemCode = (typeof fieldProblemCodes)[number];

/** A problem with one field's value; the texts are in `shared/words`, `field.<code>`. */
export interface FieldProblem {
  readonly code: FieldProblemCode;
  /** The wrong part of the value, where naming it helps. Never set for a secret. */
  readonly detail?: string;
}

const problem = (code: FieldProblemCode, detail?: string): FieldProblem =>
  detail === undefined ? { code } : { code, detail };

/**
 * Checks one value as it would be sent. A value that the server already has (`base`) is always accepted, even where the
 * catalog does not list it.
 * @returns the first problem, or null where the value is valid
 */
export function validateField(spec: FieldSpec, next: FieldValue, base: FieldValue): FieldProblem | null {
  const value = next ?? '';
  if (value === (base ?? '') && !spec.writeOnly) return null;
  if (value === '') return emptyProblem(spec, base);
  const unfit = textProblem(spec, value);
  return unfit ? problem(unfit) : valueProblem(spec, value);
}

function emptyProblem(spec: FieldSpec, base: FieldValue): FieldProblem | null {
  if (spec.type === 'password') return problem('required');
  if (spec.type === 'date' && base) return problem('cannot-clear');
  if (spec.required || spec.type === 'flag' || spec.type === 'bit') return problem('required');
  if (spec.type === 'choice' && !spec.open) return problem('required');
  return null;
}

function valueProblem(spec: FieldSpec, value: string): FieldProblem | null {
  switch (spec.type) {
    case 'flag':
    case 'bit':
    case 'choice':
      return spec.open || spec.values?.some((allowed) => allowed.value === value)
        ? null
        : problem('not-allowed', value);
    case 'digits':
      return /^\d+$/.test(value) ? null : problem('not-digits');
    case 'integer':
      return /^-?\d{1,15}$/.test(value) ? null : problem('not-integer');
    case 'port':
      return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535
        ? null
        : problem('not-port');
    case 'host':
      return hostProblem(spec, value);
    case 'ipMask':
      return ipMaskProblem(value);
    case 'email':
      return isEmail(value) ? null : problem('not-email');
    case 'date':
      return dateProblem(value);
    case 'phone':
      return /^\+?[\d\s()-]{3,20}$/.test(asciiDigits(value)) ? null : problem('not-phone');
    case 'dial':
      return /^[+*#\d]+$/.test(value) ? null : problem('not-dialable');
    case 'secret':
      return /^[*•●∙]+$/.test(value) ? problem('masked-secret') : null;
    case 'password':
      return brokenPasswordRules(value).length === 0 ? null : problem('password-rule');
    default:
      return null;
  }
}

function hostProblem(spec: FieldSpec, value: string): FieldProblem | null {
  const known = spec.values?.some((allowed) => allowed.value === value);
  return known || isHost(value) ? null : problem('not-host');
}

function ipMaskProblem(value: string): FieldProblem | null {
  const wrong = wrongIpMask(value);
  return wrong === null ? null : problem('not-ip-mask', wrong);
}

function dateProblem(value: string): FieldProblem | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!parts) return problem('not-date');
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? null : problem('no-such-day', value);
}
