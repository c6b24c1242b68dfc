import type { ReactNode } from 'react';
import { takesAsciiDigits } from '../../../../shared/catalog/digits';
import type { FieldSpec } from '../../../../shared/catalog/field';
import { asciiDigits } from '../../../../shared/lib/text';
import css from '../editor.module.css';
import type { FieldState } from '../useRecordForm';

export { takesAsciiDigits };

/** What every control gets; what is typed goes to the editor's saver. */
export interface ControlProps {
  readonly field: FieldState;
  readonly id: string;
  readonly labelId: string;
  readonly error: string | undefined;
  readonly hint: ReactNode;
}

/** Numbers, addresses and tokens are left to right in every language; other texts follow their own letters. */
export function directionOfField(spec: FieldSpec): 'ltr' | 'auto' {
  return spec.secret || takesAsciiDigits(spec) ? 'ltr' : 'auto';
}

/** What is typed, with its digits made ASCII in place: the caret stays where it is. */
export function typedText(spec: FieldSpec, input: HTMLInputElement): string {
  if (!takesAsciiDigits(spec)) return input.value;
  const ascii = asciiDigits(input.value);
  if (ascii !== input.value) {
    const at = input.selectionStart;
    input.value = ascii;
    input.setSelectionRange(at, at);
  }
  return ascii;
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
