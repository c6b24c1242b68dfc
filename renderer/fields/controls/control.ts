import type { ReactNode } from 'react';
import { takesAsciiDigits } from '../../../shared/catalog/digits';
import type { FieldSpec } from '../../../shared/catalog/field';
import { cleanTyping } from '../../../shared/values/clean';
import type { FieldState } from '../field-state';
import css from '../fields.module.css';

export { takesAsciiDigits };

/** What every control gets; what is typed goes to the editor's saver. */
export interface ControlProps {
  readonly field: FieldState;
  readonly id: string;
  readonly labelId: string;
  readonly error: string | undefined;
  readonly hint: ReactNode;
}

/** Numbers, addresses and tokens are left to right in every language; other texts (undefined) follow their own letters. */
export function directionOfField(spec: FieldSpec): 'ltr' | undefined {
  return spec.secret || takesAsciiDigits(spec) ? 'ltr' : undefined;
}

/** What is typed, with digits made ASCII and what cannot be seen taken out where it is no part of any value: the caret stays. */
export function typedText(spec: FieldSpec, input: HTMLInputElement): string {
  const clean = cleanTyping(spec, input.value);
  if (clean !== input.value) {
    const at = input.selectionStart;
    const before = cleanTyping(spec, input.value.slice(0, at ?? 0)).length;
    input.value = clean;
    if (at !== null) input.setSelectionRange(before, before);
  }
  return clean;
}

/** The properties that all text controls share: identity, what stands under them, direction. */
export function inputProps({ field, id, error, hint }: ControlProps) {
  return {
    id,
    'data-field': field.spec.name,
    error,
    description: error ? undefined : hint,
    inputWrapperOrder: ['input' as const, 'error' as const, 'description' as const],
    errorProps: { className: css.under },
    descriptionProps: { className: css.under },
    dir: directionOfField(field.spec),
    spellCheck: false,
    autoComplete: 'off',
  };
}
