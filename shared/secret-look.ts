import type { FieldSpec } from './catalog/field';
import type { Finding, SecretLook } from './model/plan';
import { fromTextFormula } from './values/cell-form';
import { cellDamage, isNoSecret } from './values/damage';
import { unseenIn, withoutUnseen } from './values/unseen';

/** What a secret is compared with. Counts are of other records; null: not counted. */
export interface SecretCompany {
  readonly before: string | null;
  /** The record's numbers and names. */
  readonly numbers: readonly string[];
  readonly othersInOrder: number;
  readonly othersOnServer: number | null;
}

const kinds: readonly (readonly [SecretLook['kinds'][number], RegExp])[] = [
  ['lower', /[a-z]/],
  ['upper', /[A-Z]/],
  ['digits', /[0-9]/],
  ['signs', /[!-/:-@[-`{-~ ]/],
  ['letters', /[^\p{ASCII}\s]/u],
];

/** Describes a secret without revealing it, or anything that it could be found by. */
export function lookAt(secret: string, company: SecretCompany): SecretLook {
  const seen = withoutUnseen(secret);
  return {
    length: [...secret].length,
    kinds: [
      ...kinds.flatMap(([kind, sign]) => (sign.test(seen) ? [kind] : [])),
      ...(unseenIn(secret).length > 0 ? (['unseen'] as const) : []),
      ...(/^\s|\s$/.test(seen) ? (['edge-spaces'] as const) : []),
    ],
    looksLikeError:
      isNoSecret(secret) || cellDamage(secret) !== null || fromTextFormula(secret.trim()) !== secret.trim(),
    sameAsBefore: secret === (company.before ?? ''),
    isNumber: company.numbers.includes(secret),
    othersInOrder: company.othersInOrder,
    othersOnServer: company.othersOnServer,
  };
}

/** Returns warnings about a secret's appearance. A field of options holds whole lines, which may well be equal. */
export function findingsOf(spec: FieldSpec, look: SecretLook): Finding[] {
  const others = look.othersInOrder + (look.othersOnServer ?? 0);
  const one = spec.type === 'secret' || spec.type === 'password';
  const found: readonly (readonly [Finding['code'], boolean, string])[] = [
    ['secret-error-value', look.looksLikeError, ''],
    ['secret-unseen', one && look.kinds.includes('unseen'), ''],
    ['secret-spaces', one && look.kinds.includes('edge-spaces'), ''],
    ['secret-is-number', look.isNumber, ''],
    ['secret-shared', one && others > 0, String(others)],
  ];
  return found.flatMap(([code, applies, value]): Finding[] =>
    applies ? [{ code, field: spec.name, value, other: '', blocking: false, confirm: 'none' }] : [],
  );
}
