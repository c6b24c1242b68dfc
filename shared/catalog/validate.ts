import { asciiDigits } from '../lib/text';
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
] as const;
export type FieldProblemCode = (typeof fieldProblemCodes)[number];

/** What is wrong with one field's value; the texts are in the renderer's translations, `field.<code>`. */
export interface FieldProblem {
  readonly code: FieldProblemCode;
  /** The part of the value that is wrong, where naming it helps. Never set for a secret. */
  readonly detail?: string;
}

const problem = (code: FieldProblemCode, detail?: string): FieldProblem =>
  detail === undefined ? { code } : { code, detail };

const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(\\.${octet}){3}$`);
const hostName = /^(?=.{1,253}$)[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*$/i;

/**
 * Checks one value as it would be sent. A value that the server itself has (`base`) is always accepted: what the
 * catalog does not list is kept, not refused.
 * @returns the first problem, or null where the value is good.
 */
export function validateField(spec: FieldSpec, next: FieldValue, base: FieldValue): FieldProblem | null {
  const value = next ?? '';
  if (value === (base ?? '') && !spec.writeOnly) return null;
  if (value === '') return emptyProblem(spec, base);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (spec.type !== 'multiline' && /[\u0000-\u001f\u007f]/.test(value)) return problem('control-characters');
  return valueProblem(spec, value);
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
      return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(value) ? null : problem('not-email');
    case 'date':
      return dateProblem(value);
    case 'phone':
      return /^\+?[\d\s()-]{3,20}$/.test(asciiDigits(value)) ? null : problem('not-phone');
    case 'dial':
      return /^[+*#\d]+$/.test(value) ? null : problem('not-dialable');
    case 'secret':
      return /^\*+$/.test(value) ? problem('masked-secret') : null;
    case 'password':
      return brokenPasswordRules(value).length === 0 ? null : problem('password-rule');
    default:
      return null;
  }
}

function hostProblem(spec: FieldSpec, value: string): FieldProblem | null {
  if (spec.values?.some((allowed) => allowed.value === value)) return null;
  if (ipv4.test(value)) return null;
  // Four numbers with dots are meant as an address, and a wrong one must not pass as a name.
  if (/^[\d.]+$/.test(value)) return problem('not-host');
  return hostName.test(value) ? null : problem('not-host');
}

/** One or more `IP/MASK`; the mask dotted or as a prefix length. Separators seen elsewhere: comma, ampersand, space. */
function ipMaskProblem(value: string): FieldProblem | null {
  for (const rule of value.split(/[,&;\s]+/)) {
    const [address = '', mask = '', more] = rule.split('/');
    const maskOk = isNetmask(mask) || (/^\d{1,2}$/.test(mask) && Number(mask) <= 32);
    if (more !== undefined || !ipv4.test(address) || !maskOk) return problem('not-ip-mask', rule);
  }
  return null;
}

function isNetmask(mask: string): boolean {
  if (!ipv4.test(mask)) return false;
  const bits = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits);
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
