export const languages = ['en', 'fa'] as const;
export type Language = (typeof languages)[number];

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', fa: 'fa-IR-u-ca-persian' };

/** Returns the locale for `Intl`: Gregorian dates in English, Jalali dates and Persian digits in Persian. */
export function localeOf(language: Language): string {
  return locales[language];
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'fa' ? 'rtl' : 'ltr';
}
