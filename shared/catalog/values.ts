import type { AllowedValue, FieldSpec } from './field';

export const yesNo: readonly AllowedValue[] = [
  { value: 'yes', label: { en: 'Yes', fa: 'بله' } },
  { value: 'no', label: { en: 'No', fa: 'خیر' } },
];

/** 1 and 0, which the panel returns as text (api note: compare loosely). */
export const oneZero: readonly AllowedValue[] = [
  { value: '1', label: { en: 'Yes', fa: 'بله' } },
  { value: '0', label: { en: 'No', fa: 'خیر' } },
];

/** Makes allowed values whose labels are the same in both languages: protocol words. */
export function plainValues(...values: string[]): readonly AllowedValue[] {
  return values.map((value) => ({ value, label: { en: value, fa: value } }));
}

/** The settings of a field that is answered with yes or no. */
export const yesOrNo = { type: 'flag', values: yesNo, short: true } as const;

/** Puts fields on one tab of the editor. */
export function onTab(tab: string, fields: readonly Omit<FieldSpec, 'tab'>[]): readonly FieldSpec[] {
  return fields.map((field) => ({ ...field, tab }));
}
