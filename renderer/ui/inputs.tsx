import {
  type AutocompleteProps,
  Autocomplete as MantineAutocomplete,
  NumberInput as MantineNumberInput,
  PasswordInput as MantinePasswordInput,
  Select as MantineSelect,
  Textarea as MantineTextarea,
  TextInput as MantineTextInput,
  type NumberInputProps,
  type PasswordInputProps,
  type SelectProps,
  type TextareaProps,
  type TextInputProps,
  useDirection,
} from '@mantine/core';
import { type Ref, useState } from 'react';
import { firstStrong } from '../../shared/words';

/*
 * The framework's inputs, with the direction on what is typed and never on what lies around it: there it would move
 * icons and labels to the other side. What is typed runs by its first letter, and as the language does while it has
 * none. These are the window's only inputs; a test holds that.
 */

interface Directed<E> {
  /** Only for what is left to right in every language: numbers, addresses, tokens. */
  readonly dir?: 'ltr' | undefined;
  readonly ref?: Ref<E> | undefined;
}

type ByValue<P, E> = Omit<P, 'dir' | 'attributes' | 'ref'> & Directed<E>;

/** The direction of what is typed: of its first letter, or of the language while it has none. */
export function useTypedDirection(value: unknown): 'ltr' | 'rtl' {
  const page = useDirection().dir;
  return (typeof value === 'string' ? firstStrong(value) : null) ?? page;
}

/** The attributes of an input with a value, by the part that takes what is typed. */
function useInputDirection(dir: 'ltr' | undefined, value: unknown) {
  const typed = useTypedDirection(value);
  const own = { dir: dir ?? typed };
  return { input: own, innerInput: own };
}

/** A line of text. */
export function TextInput({ dir, ref, ...props }: ByValue<TextInputProps, HTMLInputElement>) {
  const attributes = useInputDirection(dir, props.value);
  return <MantineTextInput {...props} ref={ref ?? null} attributes={attributes} />;
}

/** Several lines of text. */
export function Textarea({ dir, ref, ...props }: ByValue<TextareaProps, HTMLTextAreaElement>) {
  const attributes = useInputDirection(dir, props.value);
  return <MantineTextarea {...props} ref={ref ?? null} attributes={attributes} />;
}

/** What is not shown while it is typed. */
export function PasswordInput({ dir, ref, ...props }: ByValue<PasswordInputProps, HTMLInputElement>) {
  const attributes = useInputDirection(dir, props.value);
  return <MantinePasswordInput {...props} ref={ref ?? null} attributes={attributes} />;
}

/** A number. */
export function NumberInput({ ref, ...props }: Omit<ByValue<NumberInputProps, HTMLInputElement>, 'dir'>) {
  const attributes = useInputDirection('ltr', '');
  return <MantineNumberInput {...props} ref={ref ?? null} attributes={attributes} />;
}

/** A line of text with suggestions. */
export function Autocomplete({ dir, ref, ...props }: ByValue<AutocompleteProps, HTMLInputElement>) {
  const attributes = useInputDirection(dir, props.value);
  return <MantineAutocomplete {...props} ref={ref ?? null} attributes={attributes} />;
}

/** One of some values, or none. What is searched for runs by its own first letter. */
export function Select({ dir, ref, onSearchChange, ...props }: ByValue<SelectProps, HTMLInputElement>) {
  const [search, setSearch] = useState<string | null>(null);
  const shown = (props.searchable ? search : null) ?? labelOf(props.data, props.value);
  return (
    <MantineSelect
      {...props}
      ref={ref ?? null}
      attributes={useInputDirection(dir, shown)}
      onSearchChange={(text) => {
        setSearch(text);
        onSearchChange?.(text);
      }}
    />
  );
}

/** What a select shows for its value. */
function labelOf(data: SelectProps['data'], value: SelectProps['value']): string {
  const options =
    data?.flatMap((one) => (typeof one === 'object' && 'items' in one ? one.items : [one])) ?? [];
  for (const one of options) {
    if (typeof one !== 'object') {
      if (one === value) return String(one);
    } else if (one.value === value) return 'label' in one ? String(one.label) : String(one.value);
  }
  return '';
}
