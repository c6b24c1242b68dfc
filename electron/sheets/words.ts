import { fieldSpec, type Kind, type Localised } from '../../shared/catalog';
import { type FieldProblemCode, fieldProblemCodes } from '../../shared/catalog/validate';
import { type BatchProblem, type BatchReason, batchReasons } from '../../shared/model/batch';
import { idColumn } from '../../shared/model/sheet';
import { headingKey } from './heading-key';

/*
 * What stands in the column of reasons. A test holds these sentences and the window's own together: the file is made in
 * the main process, which has none of the window's translations, and often in another language than the window's.
 */

type Language = keyof Localised;

/** The heading of the column of reasons; it is passed over when the file is taken in again. */
export const reasonHeading: Localised = { en: 'What is wrong (Patchbay)', fa: 'ایراد (Patchbay)' };

/** The same in either language, as headings are compared. */
export const reasonHeadings: ReadonlySet<string> = new Set(
  [reasonHeading.en, reasonHeading.fa].map(headingKey),
);

const fieldWords: Readonly<Record<FieldProblemCode, Localised>> = {
  required: { en: 'This cannot be empty.', fa: 'این فیلد نمی‌تواند خالی باشد.' },
  'not-digits': { en: 'Digits only.', fa: 'فقط رقم.' },
  'not-integer': { en: 'A whole number.', fa: 'یک عدد صحیح.' },
  'not-port': { en: 'A port from 1 to 65535.', fa: 'درگاهی از ۱ تا ۶۵۵۳۵.' },
  'not-host': { en: 'Not a host name or IP address.', fa: 'نام میزبان یا نشانی IP درست نیست.' },
  'not-ip-mask': { en: 'Not an address with mask: {{detail}}', fa: 'نشانی و ماسک درست نیست: {{detail}}' },
  'not-email': { en: 'Not an e-mail address.', fa: 'نشانی رایانامه درست نیست.' },
  'not-date': { en: 'A date as YYYY-MM-DD.', fa: 'تاریخ به شکل YYYY-MM-DD.' },
  'no-such-day': { en: 'There is no such day: {{detail}}', fa: 'چنین روزی وجود ندارد: {{detail}}' },
  'not-phone': { en: 'Not a telephone number.', fa: 'شماره تلفن درست نیست.' },
  'not-dialable': { en: 'Only digits, +, * and #.', fa: 'فقط رقم و ‎+‎ و ‎*‎ و ‎#‎.' },
  'not-allowed': { en: 'Not an allowed value: {{detail}}', fa: 'این مقدار مجاز نیست: {{detail}}' },
  'password-rule': { en: 'The password breaks the panel’s rule.', fa: 'گذرواژه قاعده پنل را رعایت نمی‌کند.' },
  'masked-secret': {
    en: 'Asterisks are what the server shows in place of a secret; they cannot be sent as one.',
    fa: 'ستاره‌ها فقط جای رمز نمایش داده می‌شوند و به‌عنوان رمز فرستاده نمی‌شوند.',
  },
  'cannot-clear': {
    en: 'It can be changed but not cleared.',
    fa: 'قابل تغییر است، اما نمی‌توان خالی‌اش کرد.',
  },
  'control-characters': { en: 'Holds characters that cannot be seen.', fa: 'نویسه‌های نادیدنی دارد.' },
};

const reasonWords: Readonly<Record<BatchReason, Localised>> = {
  'not-found': { en: 'There is no record {{detail}}.', fa: 'رکورد {{detail}} وجود ندارد.' },
  'zeros-lost-in-key': {
    en: 'There is no such record, but there is {{detail}}: its leading zeros were lost.',
    fa: 'چنین رکوردی نیست، ولی {{detail}} هست: صفرهای ابتدایی از دست رفته‌اند.',
  },
  'zeros-lost': {
    en: 'The leading zeros were lost; the server has {{detail}}.',
    fa: 'صفرهای ابتدایی از دست رفته‌اند؛ سرور {{detail}} دارد.',
  },
  scientific: {
    en: 'A spreadsheet has shortened this number ({{detail}}); its digits are gone.',
    fa: 'صفحه‌گسترده این عدد را کوتاه کرده ({{detail}}) و رقم‌هایش از دست رفته است.',
  },
  'doubled-row': {
    en: 'The same record stands in the file more than once.',
    fa: 'همین رکورد بیش از یک بار در فایل آمده است.',
  },
  'ambiguous-key': {
    en: 'More than one record is called {{detail}}.',
    fa: 'بیش از یک رکورد با {{detail}} هست.',
  },
  'empty-key': {
    en: 'The row does not say which record it is about.',
    fa: 'سطر نمی‌گوید درباره کدام رکورد است.',
  },
  'cells-count': {
    en: 'The row has {{detail}} cells; that is not as many as there are columns.',
    fa: 'سطر {{detail}} خانه دارد که با شمار ستون‌ها برابر نیست.',
  },
  quotes: { en: 'The quotation marks do not close.', fa: 'علامت نقل‌قول بسته نشده است.' },
  'not-decodable': {
    en: 'Some letters cannot be read in this encoding.',
    fa: 'برخی نویسه‌ها با این کدگذاری خوانده نمی‌شوند.',
  },
  'no-such-placeholder': {
    en: 'There is no field {{detail}} to put in.',
    fa: 'فیلد {{detail}} برای جایگذاری نیست.',
  },
  'bad-pattern': { en: 'The pattern is not a regular expression.', fa: 'الگو عبارت منظم درستی نیست.' },
  'pattern-slow': {
    en: 'The regular expression takes too long on this value.',
    fa: 'عبارت منظم روی این مقدار بیش از اندازه طول می‌کشد.',
  },
  'too-long': {
    en: 'The value would be longer than any value may be.',
    fa: 'مقدار از بیشترین طول مجاز بلندتر می‌شود.',
  },
  'not-a-number-to-count': {
    en: 'There is no number to count on from.',
    fa: 'عددی نیست که شمارش از آن ادامه یابد.',
  },
  'below-zero': { en: 'The series would fall below zero here.', fa: 'شماره‌گذاری در اینجا به زیر صفر می‌رسد.' },
  'not-unique': {
    en: 'Another one has {{detail}} already, or is to get it too.',
    fa: 'مورد دیگری {{detail}} را دارد یا همان را خواهد گرفت.',
  },
  'no-date': { en: 'There is no day to count from.', fa: 'تاریخی نیست که از آن شمرده شود.' },
  'secret-closed': { en: 'The stored secret cannot be opened now.', fa: 'رمز نگهداری‌شده اکنون باز نمی‌شود.' },
  'source-gone': {
    en: 'The record to take it from is not there any more: {{detail}}',
    fa: 'رکوردی که مقدار از آن می‌آمد دیگر نیست: {{detail}}',
  },
  'changed-since': {
    en: 'The record was read again or edited meanwhile.',
    fa: 'رکورد در این میان دوباره خوانده یا ویرایش شده است.',
  },
};

const columnWord: Localised = { en: 'column', fa: 'ستون' };

/** A heading for a column that has none. */
export function columnName(index: number, language: Language): string {
  return `${columnWord[language]} ${index + 1}`;
}

/** What is wrong with a row, in one text. */
export function reasonText(kind: Kind, problems: readonly BatchProblem[], language: Language): string {
  return problems
    .map((problem) => {
      const text = sentence(problem)[language].replaceAll('{{detail}}', problem.detail ?? '…');
      const { field } = problem;
      if (field === null) return text;
      const label = field === idColumn ? idColumn : (fieldSpec(kind, field)?.label[language] ?? field);
      return `${label}: ${text}`;
    })
    .join(' ');
}

/** The sentence of a problem in both languages; the code itself where none is known. */
export function sentence({ code }: Pick<BatchProblem, 'code'>): Localised {
  const reason = batchReasons.find((one) => code === `reason.${one}`);
  if (reason) return reasonWords[reason];
  const ofField = fieldProblemCodes.find((one) => code === `field.${one}`);
  return ofField ? fieldWords[ofField] : { en: code, fa: code };
}
