import type { FieldSpec, FieldType } from './field';

const texts: ReadonlySet<FieldType> = new Set(['text', 'multiline', 'choice', 'json', 'secret', 'password']);

/** Fields in which Persian and Arabic digits stand for ASCII ones: numbers, addresses, dates. */
export function takesAsciiDigits(spec: FieldSpec): boolean {
  return !texts.has(spec.type);
}
