export const languages = ['en', 'fa'] as const;
export type Language = (typeof languages)[number];

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', fa: 'fa-IR-u-ca-persian' };

/** The locale for `Intl`: Gregorian dates in English, Jalali dates and Persian digits in Persian. */
export function localeOf(language: Language): string {
  return locales[language];
}

/** The direction a language is written in. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'fa' ? 'rtl' : 'ltr';
}
