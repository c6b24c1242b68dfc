import type { FieldSpec, FieldType } from './field';

const texts: ReadonlySet<FieldType> = new Set(['text', 'multiline', 'choice', 'json', 'secret', 'password']);

/** Returns whether a field takes Persian and Arabic digits as ASCII ones: numbers, addresses, dates. */
export function takesAsciiDigits(spec: FieldSpec): boolean {
  return !texts.has(spec.type);
}
