import type { FieldSpec } from '../../../shared/catalog';
import { generatePassword, generateSecret } from '../../../shared/catalog/password';

/** What stands in place of a secret that is kept. */
export const secretMask = '••••••••';

/** A new random value for a secret field: of the panel's rule where it is a password. */
export function newSecret(spec: FieldSpec): string {
  const random = (bytes: Uint32Array<ArrayBuffer>) => crypto.getRandomValues(bytes);
  return spec.type === 'password' ? generatePassword(random) : generateSecret(random);
}
