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
  'not-found': { en: 'There is no record {{detail}}.', fa: 'موردی با {{detail}} نیست.' },
  'zeros-lost-in-key': {
    en: 'There is a record {{detail}}: zeros in front were lost.',
    fa: 'موردی با {{detail}} هست: صفرهای ابتدایی از دست رفته‌اند.',
  },
  'zeros-lost': {
    en: 'The zeros in front are lost; stored is {{detail}}.',
    fa: 'صفرهای ابتدایی از دست رفته‌اند؛ مقدار ذخیره‌شده {{detail}} است.',
  },
  scientific: {
    en: 'A spreadsheet made this of a long number ({{detail}}); its digits are lost.',
    fa: 'صفحه‌گسترده عددی بلند را به این شکل درآورده است ({{detail}})؛ رقم‌هایش از دست رفته‌اند.',
  },
  'doubled-row': {
    en: 'The record stands in the file more than once.',
    fa: 'این مورد بیش از یک بار در پرونده آمده است.',
  },
  'ambiguous-key': { en: 'More than one record has {{detail}}.', fa: 'بیش از یک مورد {{detail}} دارد.' },
  'empty-key': { en: 'The row does not say which record it is.', fa: 'ردیف نمی‌گوید درباره کدام مورد است.' },
  'cells-count': {
    en: 'The row has more or fewer cells than the header.',
    fa: 'تعداد خانه‌های ردیف با سرستون‌ها یکی نیست.',
  },
  quotes: { en: 'The quotes do not close.', fa: 'علامت نقل‌قول بسته نشده است.' },
  'not-decodable': {
    en: 'Letters here cannot be read in this encoding.',
    fa: 'نویسه‌هایی در این رمزگذاری خوانا نیستند.',
  },
  'no-such-placeholder': {
    en: 'There is no field {{detail}} to insert.',
    fa: 'فیلدی به نام {{detail}} برای افزودن نیست.',
  },
  'bad-pattern': { en: 'The regular expression is not valid.', fa: 'عبارت باقاعده درست نیست.' },
  'pattern-slow': {
    en: 'The regular expression takes too long on this value.',
    fa: 'عبارت باقاعده روی این مقدار بیش از اندازه طول می‌کشد.',
  },
  'too-long': { en: 'The value would be too long.', fa: 'مقدار بیش از اندازه بلند می‌شود.' },
  'not-a-number-to-count': {
    en: 'The series has no number to count on from.',
    fa: 'در آغاز شماره‌گذاری عددی برای شمردن نیست.',
  },
  'below-zero': { en: 'The series would fall below zero here.', fa: 'شماره‌گذاری در اینجا به زیر صفر می‌رسد.' },
  'not-unique': {
    en: 'Another one has {{detail}} already, or is to get it too.',
    fa: 'مورد دیگری {{detail}} را دارد یا همان را خواهد گرفت.',
  },
  'no-date': { en: 'There is no day to count from.', fa: 'تاریخی برای شمردن نیست.' },
  'secret-closed': { en: 'The stored secret cannot be opened now.', fa: 'رمز ذخیره‌شده اکنون باز نمی‌شود.' },
  'source-gone': {
    en: 'The record to take it from is not there any more: {{detail}}',
    fa: 'موردی که باید از آن گرفته شود دیگر نیست: {{detail}}',
  },
  'changed-since': {
    en: 'It was read or edited after this was worked out.',
    fa: 'پس از محاسبه، این مورد دوباره خوانده یا ویرایش شده است.',
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
