import type { Localised } from '../../../shared/catalog';
import type { JournalItem, JournalNote } from '../../../shared/model/journal';
import type { SummaryLanguage } from '../../workorders/summary/texts';
import type { FieldPart } from './told';

/* The words of exports; in the main process for the reason given in `workorders/summary/texts.ts`. */

export const reportTexts = {
  title: { en: 'History of changes', fa: 'تاریخچهٔ تغییرها' },
  madeAt: { en: 'Made', fa: 'تاریخ گزارش' },
  entries: { en: 'Entries', fa: 'تعداد رویدادها' },
  span: { en: 'Time span', fa: 'بازهٔ زمانی' },
  site: { en: 'Site', fa: 'محل' },
  text: { en: 'Searched for', fa: 'جست‌وجو' },
  outcome: { en: 'Outcome', fa: 'نتیجه' },
  field: { en: 'Field', fa: 'فیلد' },
  record: { en: 'Record', fa: 'رکورد' },
  changes: { en: 'Changes', fa: 'تغییرها' },
  when: { en: 'When, who', fa: 'زمان و شخص' },
  nothing: { en: 'Nothing was found.', fa: 'چیزی پیدا نشد.' },
  from: { en: 'from', fa: 'از' },
  to: { en: 'to', fa: 'تا' },
  changed: { en: 'changed (not shown)', fa: 'تغییر کرد (نمایش داده نمی‌شود)' },
  proof: {
    en: 'Under each entry stand its number in the history and the beginning of its hash. The whole hashes, by which the history can be checked, are in exports as CSV and JSON lines.',
    fa: 'زیر هر رویداد شمارهٔ آن در تاریخچه و آغاز هش آن آمده است. هش‌های کامل که تاریخچه با آن‌ها بررسی می‌شود، در خروجی‌های CSV و JSON هستند.',
  },
} as const satisfies Record<string, Localised>;

/** What a line of a table is about. */
export const partWords: Readonly<Record<FieldPart, Localised>> = {
  asked: { en: 'change', fa: 'تغییر' },
  'not-stored': { en: 'not stored', fa: 'ذخیره نشد' },
  'side-effect': { en: 'changed although nobody asked', fa: 'تغییر ناخواسته' },
  unverifiable: { en: 'cannot be read back', fa: 'بازخواندنی نیست' },
};

export const typeWords: Readonly<Record<Exclude<JournalItem['type'], 'write'>, Localised>> = {
  reveal: { en: 'secret looked at', fa: 'رمز دیده شد' },
  copy: { en: 'secret copied', fa: 'رمز کپی شد' },
  'secrets-exported': {
    en: 'secrets given out in a work order’s file, sealed under a passphrase',
    fa: 'رمزها در فایل دستور کار، مهرشده با گذرواژه، بیرون داده شد',
  },
  restored: { en: 'backup restored', fa: 'پشتیبان بازگردانده شد' },
  'secrets-to-sheet': { en: 'secrets written to a spreadsheet', fa: 'رمزها در صفحه‌گسترده نوشته شد' },
};

/** What is told of an entry that is about no single record. */
export function noteWords(note: JournalNote, language: SummaryLanguage): string {
  const locale = language === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB';
  const count = (n: number): string => new Intl.NumberFormat(locale).format(n);
  if (note.type !== 'restored') {
    const [secrets, records] = [count(note.secrets), count(note.records)];
    return language === 'fa'
      ? `رمزها: ${secrets}؛ رکوردها: ${records}`
      : `secrets: ${secrets}; records: ${records}`;
  }
  const made = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(
    note.backupAt,
  );
  return language === 'fa'
    ? `پشتیبان ${made}؛ تاریخچهٔ کنارگذاشته تا شمارهٔ ${count(note.left)} می‌رسید`
    : `backup of ${made}; the history set aside went up to number ${count(note.left)}`;
}
