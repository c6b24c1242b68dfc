/** The five parts of the panel's password rule (vendor's page `user/update`, parameter `password`). */
export const passwordRules = ['length', 'upper', 'lower', 'digit', 'special'] as const;
export type PasswordRule = (typeof passwordRules)[number];

const tests: Record<PasswordRule, (value: string) => boolean> = {
  length: (value) => [...value].length >= 8,
  upper: (value) => /[A-Z]/.test(value),
  lower: (value) => /[a-z]/.test(value),
  digit: (value) => /\d/.test(value),
  special: (value) => /[^A-Za-z\d\s]/.test(value),
};

/** Returns the parts of the rule that a password breaks, in order; empty where it is valid. */
export function brokenPasswordRules(value: string): readonly PasswordRule[] {
  return passwordRules.filter((rule) => !tests[rule](value));
}

// Without letters and digits that are easily confused (l, I, 1, O, 0): technicians dictate these over the phone.
const upper = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const lower = 'abcdefghijkmnpqrstuvwxyz';
const digit = '23456789';
const special = '!#%+-=?@_';

export type RandomSource = (bytes: Uint32Array<ArrayBuffer>) => Uint32Array<ArrayBuffer>;

/** Generates a random secret of letters and digits for a telephone to register with. */
export function generateSecret(random: RandomSource, length = 20): string {
  return pickMany(upper + lower + digit, length, random);
}

/** Generates a random password that satisfies the panel's rule. */
export function generatePassword(random: RandomSource, length = 16): string {
  for (;;) {
    const value = pickMany(upper + lower + digit + special, length, random);
    if (brokenPasswordRules(value).length === 0) return value;
  }
}

function pickMany(alphabet: string, length: number, random: RandomSource): string {
  // Rejection sampling: numbers above the last whole multiple would favour the first letters.
  const limit = Math.floor(2 ** 32 / alphabet.length) * alphabet.length;
  let out = '';
  while (out.length < length) {
    for (const n of random(new Uint32Array(length))) {
      if (n < limit && out.length < length) out += alphabet[n % alphabet.length];
    }
  }
  return out;
}
