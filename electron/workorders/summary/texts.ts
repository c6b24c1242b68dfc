import type { Localised } from '../../../shared/catalog';
import type { Outcome } from '../../../shared/model/plan';
import type { ProblemCode } from '../../../shared/model/problem';

/*
 * The words of a summary. They stand here and not with the renderer's translations because the main process makes the
 * document and has none of those: services know no window, and a summary is often made in another language than the
 * window's. Both languages stand beside each other, as in the catalogs, so that neither is forgotten.
 */

export type SummaryLanguage = keyof Localised;

export const texts = {
  workOrder: { en: 'Work order', fa: 'دستور کار' },
  customer: { en: 'Customer', fa: 'مشتری' },
  ticket: { en: 'Ticket', fa: 'شمارهٔ پیگیری' },
  note: { en: 'Note', fa: 'یادداشت' },
  created: { en: 'Begun', fa: 'آغاز' },
  madeAt: { en: 'This summary', fa: 'تاریخ این خلاصه' },
  before: { en: 'What will change', fa: 'آنچه تغییر خواهد کرد' },
  nothingBefore: { en: 'Nothing is prepared any more.', fa: 'دیگر چیزی آماده نیست.' },
  after: { en: 'What happened', fa: 'آنچه انجام شد' },
  nothingAfter: { en: 'Nothing has been written yet.', fa: 'هنوز چیزی نوشته نشده است.' },
  record: { en: 'Record', fa: 'رکورد' },
  fields: { en: 'Fields', fa: 'فیلدها' },
  outcome: { en: 'Outcome', fa: 'نتیجه' },
  when: { en: 'When, who', fa: 'زمان و شخص' },
  noSite: { en: 'Without a site', fa: 'بدون محل' },
  changed: { en: 'changed (not shown)', fa: 'تغییر (نمایش داده نمی‌شود)' },
  empty: { en: 'empty', fa: 'خالی' },
  notStored: {
    en: 'Not stored: asked for, and what the server says',
    fa: 'ذخیره نشد: خواسته‌شده و آنچه سرور می‌گوید',
  },
  sideEffects: { en: 'Changed although nobody asked', fa: 'تغییر ناخواسته' },
  unverifiable: {
    en: 'Accepted, but cannot be read back',
    fa: 'پذیرفته شد، ولی بازخواندنی نیست',
  },
  serverSaid: { en: 'The server said:', fa: 'سرور گفت:' },
  inFlight: { en: 'in flight', fa: 'در راه' },
  noSecrets: {
    en: 'Passwords and other secrets are never shown here.',
    fa: 'گذرواژه‌ها و رمزهای دیگر هرگز اینجا نمایش داده نمی‌شوند.',
  },
} as const satisfies Record<string, Localised>;

export const outcomeWords: Readonly<Record<Outcome, Localised>> = {
  applied: { en: 'applied', fa: 'اعمال شد' },
  rejected: { en: 'rejected', fa: 'رد شد' },
  'side-effect': { en: 'side effect', fa: 'اثر جانبی' },
  unknown: { en: 'unknown', fa: 'نامعلوم' },
  skipped: { en: 'skipped', fa: 'کنار ماند' },
  cancelled: { en: 'cancelled', fa: 'لغو شد' },
};

/** Why, in one sentence. Causes that say nothing more than the outcome and the server's words are left out. */
export const reasons: Readonly<Partial<Record<ProblemCode, Localised>>> = {
  'not-stored': {
    en: 'The server accepted it, but not every field was stored.',
    fa: 'سرور پذیرفت، ولی همهٔ فیلدها ذخیره نشد.',
  },
  'side-effect': {
    en: 'The server changed something that nobody asked for.',
    fa: 'سرور چیزی را تغییر داد که کسی نخواسته بود.',
  },
  'answer-lost': {
    en: 'No answer came back; whether it was stored is not known.',
    fa: 'پاسخی نیامد؛ معلوم نیست ذخیره شده باشد.',
  },
  'read-back-failed': {
    en: 'It could not be read back; whether it was stored is not known.',
    fa: 'بازخوانی نشد؛ معلوم نیست ذخیره شده باشد.',
  },
  'changed-since-plan': {
    en: 'The record changed after the plan; nothing was sent.',
    fa: 'رکورد پس از طرح تغییر کرده بود؛ چیزی فرستاده نشد.',
  },
  interrupted: {
    en: 'The program ended while it was written.',
    fa: 'برنامه هنگام نوشتن بسته شد.',
  },
  slept: { en: 'The computer slept.', fa: 'رایانه به خواب رفت.' },
  'stopped-by-server': {
    en: 'The server stopped letting us in; nothing was sent.',
    fa: 'سرور دیگر اجازهٔ ورود نداد؛ چیزی فرستاده نشد.',
  },
  cancelled: { en: 'Stopped on request; nothing was sent.', fa: 'به درخواست متوقف شد؛ چیزی فرستاده نشد.' },
  timeout: { en: 'The server did not answer in time.', fa: 'سرور به‌موقع پاسخ نداد.' },
  reset: { en: 'The connection was cut.', fa: 'اتصال قطع شد.' },
  refused: { en: 'The server refused the connection.', fa: 'سرور اتصال را نپذیرفت.' },
  unreachable: { en: 'The server was out of reach.', fa: 'سرور در دسترس نبود.' },
  'name-not-found': { en: 'The server’s name was not found.', fa: 'نام سرور پیدا نشد.' },
  unauthorized: { en: 'The server did not accept the login.', fa: 'سرور ورود را نپذیرفت.' },
  forbidden: { en: 'The account may not do this.', fa: 'این حساب اجازهٔ این کار را ندارد.' },
  'ip-not-permitted': { en: 'This computer is not permitted.', fa: 'این رایانه مجاز نیست.' },
  'path-not-ticked': { en: 'The API user may not update.', fa: 'کاربر API اجازهٔ ویرایش ندارد.' },
  'duplicate-number': { en: 'The number is taken already.', fa: 'این شماره از پیش در کار است.' },
  'unknown-record': { en: 'The server has no such record any more.', fa: 'سرور دیگر چنین رکوردی ندارد.' },
  'field-missing': { en: 'The server missed a field.', fa: 'سرور فیلدی را کم داشت.' },
  'field-errors': { en: 'The server refused a field’s value.', fa: 'سرور مقدار فیلدی را نپذیرفت.' },
  'name-locked': {
    en: 'The panel does not let this name be changed.',
    fa: 'پنل اجازهٔ تغییر این نام را نمی‌دهد.',
  },
  rejected: { en: 'The server refused it.', fa: 'سرور آن را رد کرد.' },
  'rate-limited': { en: 'The server asked to slow down.', fa: 'سرور خواست آهسته‌تر بنویسیم.' },
  'server-error': { en: 'The server failed.', fa: 'سرور دچار خطا شد.' },
  'html-answer': { en: 'A web page answered instead of the API.', fa: 'به جای API یک صفحهٔ وب پاسخ داد.' },
  'bad-json': { en: 'The answer could not be understood.', fa: 'پاسخ فهمیدنی نبود.' },
  'unexpected-answer': { en: 'The answer could not be understood.', fa: 'پاسخ فهمیدنی نبود.' },
  'too-large': { en: 'The answer was too large.', fa: 'پاسخ بیش از اندازه بزرگ بود.' },
  'secret-not-shown': {
    en: 'The server shows a secret only as asterisks, so the record could not be written whole.',
    fa: 'سرور رمزی را فقط با ستاره نشان می‌دهد، پس رکورد کامل نوشتنی نبود.',
  },
};
