import i18next, { type ParseKeys } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Localised } from '../../shared/catalog';
import { directionOf, isolateIn, type Language, languages, localeOf } from '../../shared/words';
import * as en from '../../shared/words/en';
import * as fa from '../../shared/words/fa';

export { directionOf, type Language, languages };

/** Starts the translations; call once, before the first render. */
export async function startTranslations(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { ...en }, fa: { ...fa } },
    defaultNS: 'shell',
    // What is put into a sentence keeps its own direction, and the sentence its order.
    interpolation: { escapeValue: true, escape: (value) => isolateIn(currentLanguage(), value) },
    returnNull: false,
  });
}

/** Whether there is a text for a key that is made of a code from elsewhere; `t` takes it then. */
export function isKey<N extends keyof typeof en>(namespace: N, key: string): key is ParseKeys<N> {
  return i18next.exists(key, { ns: namespace });
}

/** The language in use. */
export function currentLanguage(): Language {
  return i18next.language === 'fa' ? 'fa' : 'en';
}

/** A catalog's text in the language in use. Read it while rendering, below a component that uses `useTranslation`. */
export function localised(text: Localised): string {
  return text[currentLanguage()];
}

/** A moment as a person reads it: Gregorian in English, Jalali in Persian. Milliseconds since 1970. */
export function formatMoment(at: number): string {
  return new Intl.DateTimeFormat(localeOf(currentLanguage()), {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(at);
}

/** "2 hours ago", by the language in use. */
export function formatAgo(at: number, now = Date.now()): string {
  const seconds = Math.round((at - now) / 1000);
  const format = new Intl.RelativeTimeFormat(localeOf(currentLanguage()), {
    numeric: 'auto',
    style: 'short',
  });
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

/** "One, two and three", by the language in use. */
export function formatList(parts: readonly string[]): string {
  return new Intl.ListFormat(localeOf(currentLanguage()), { type: 'conjunction' }).format(parts);
}

/** A count in the digits of the language in use. Never for telephone numbers or ids. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(localeOf(currentLanguage())).format(count);
}

/** So many percent, in the digits of the language in use. */
export function formatPercent(percent: number): string {
  return new Intl.NumberFormat(localeOf(currentLanguage()), { style: 'percent' }).format(percent / 100);
}
