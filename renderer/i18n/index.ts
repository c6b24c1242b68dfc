import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Localised } from '../../shared/catalog';

/*
 * One JSON file a feature and language: `en/editor.json` is the namespace `editor`. A test holds the keys of the two
 * languages together. The texts of fields are in the catalogs, beside what they describe.
 */
const files = import.meta.glob<Record<string, unknown>>('./{en,fa}/*.json', {
  eager: true,
  import: 'default',
});

export const languages = ['en', 'fa'] as const;
export type Language = (typeof languages)[number];

function resources(): Record<string, Record<string, Record<string, unknown>>> {
  const found: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, texts] of Object.entries(files)) {
    const [, language, namespace] = /^\.\/(\w+)\/([\w-]+)\.json$/.exec(path) ?? [];
    if (!language || !namespace) continue;
    found[language] ??= {};
    found[language][namespace] = texts;
  }
  return found;
}

/** The direction a language is written in. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'fa' ? 'rtl' : 'ltr';
}

/** Starts the translations; call once, before the first render. */
export async function startTranslations(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: resources(),
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

/** The language in use. */
export function currentLanguage(): Language {
  return i18next.language === 'fa' ? 'fa' : 'en';
}

/** A catalog's text in the language in use. Read it while rendering, below a component that uses `useTranslation`. */
export function localised(text: Localised): string {
  return text[currentLanguage()];
}

const locales: Record<Language, string> = { en: 'en-GB', fa: 'fa-IR-u-ca-persian' };

/** A moment as a person reads it: Gregorian in English, Jalali in Persian. Milliseconds since 1970. */
export function formatMoment(at: number): string {
  return new Intl.DateTimeFormat(locales[currentLanguage()], {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(at);
}

/** "2 hours ago", by the language in use. */
export function formatAgo(at: number, now = Date.now()): string {
  const seconds = Math.round((at - now) / 1000);
  const format = new Intl.RelativeTimeFormat(locales[currentLanguage()], { numeric: 'auto', style: 'short' });
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'minute');
}

/** A count in the digits of the language in use. Never for telephone numbers or ids. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(locales[currentLanguage()]).format(count);
}
