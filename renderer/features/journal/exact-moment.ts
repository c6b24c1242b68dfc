import { currentLanguage } from '../../i18n';

const locales = { en: 'en-GB', fa: 'fa-IR-u-ca-persian' } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment to the second, Jalali in Persian: what "when did that happen" is answered with. */
export function exactMoment(at: number): string {
  const locale = locales[currentLanguage()];
  let format = formats.get(locale);
  if (!format) {
    // Making a format is slow, and a history has many rows.
    format = new Intl.DateTimeFormat(locale, {
      year: 'numeric',
      month: 'short',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(locale, format);
  }
  return format.format(at);
}
