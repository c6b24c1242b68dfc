import type { AllowedValue } from './field';

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

/** Headings of a surname column; beside one, a column "name" holds first names. */
export const surnames: readonly string[] = [
  'last name',
  'surname',
  'family',
  'family name',
  'second name',
  'نام خانوادگی',
  'نام فامیل',
  'نام فامیلی',
  'فامیل',
  'فامیلی',
];
