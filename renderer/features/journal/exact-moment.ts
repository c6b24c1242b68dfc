import { currentLanguage } from '../../i18n';

const locales = { en: 'en-GB', fa: 'fa-IR-u-ca-persian' } as const;
const day = { year: 'numeric', month: 'short', day: '2-digit' } as const;
const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment to the second, Jalali in Persian: what "when did that happen" is answered with. */
export function exactMoment(at: number): string {
  return formatOf('moment', { ...day, ...time }).format(at);
}

/** The time of a moment, to the second: where its day stands above. */
export function exactTime(at: number): string {
  return formatOf('time', time).format(at);
}

/** Making a format is slow, and a history has many rows. */
function formatOf(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = locales[currentLanguage()];
  const key = `${name} ${locale}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}
