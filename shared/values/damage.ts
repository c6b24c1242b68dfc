import { halfWidth, isShortenedNumber } from './digits';
import { trimmed, withoutUnseen } from './unseen';

/*
 * What spreadsheets, databases and programs leave where a value should be.
 */

/** `error-value`: `#REF!` and the like. `shortened`: `1.23457E+15`. `formula`: what should have been worked out. */
export type Damage = 'error-value' | 'shortened' | 'formula';

// `#REF!`, `#NOM?`, `#¡VALOR!`, `#DIV/0!`, `#BEZUG!`, `#ССЫЛКА!`: in whatever language, a word between # and ! or ?.
const marked = /^#[¡¿]?[\p{L}\p{M}\d/_ ]{1,24}[!?؟]$/u;
// Those of English, which is what files are written in, also as a part of a text that was put together from cells.
const within =
  /(?:^|[^\p{L}\p{N}#])#(?:ref!|value!|name\?|div\/0!|num!|null!|spill!|calc!|n\/a)(?![\p{L}\p{N}])/u;
// Those that end in neither.
const bare = new Set(
  [
    '#n/a',
    '#na',
    '#nv',
    '#n/d',
    '#nd',
    '#i/t',
    '#yok',
    '#н/д',
    '#n.v.',
    '#hiányzik',
    '#getting_data',
    '#n/b',
    '#ref',
    '#value',
    '#name',
    '#num',
    '#div/0',
    '#error',
    '#empty',
  ].map(lower),
);
// LibreOffice: `Err:502`, `Fehler:502`.
const numbered =
  /^(?:err|error|erro|errore|erreur|fehler|feil|fel|fejl|fout|virhe|błąd|chyba|hiba|ошибка|خطا) ?: ?\d{3}$/iu;
// Excel's own numbers for its errors, as macros write them out.
const macro = /^error 20\d\d$/;
// What stands in a cell while a server works it out, in the words that are met here.
const waiting =
  /^#?(?:loading(?: data)?|загрузка|جاري التحميل|در حال (?:بارگیری|بارگذاری)|yükleniyor)(?:\.{2,3}|…)$/u;
const tooNarrow = /^#{3,}$/;
const repeated = /^(?:null|nil|none|nan|undefined)(?: (?:null|nil|none|nan|undefined))+$/;
const leftovers = new Set([
  '\\n',
  '(null)',
  '<null>',
  '[null]',
  '{null}',
  '[object object]',
  '(undefined)',
  '<undefined>',
  '<none>',
  '(none)',
  '<na>',
  '#null',
  'nan%',
  'dbnull',
  'system.dbnull',
  'dbnull.value',
]);
// Words that may be a person's name: in a cell they are what a program wrote, typed they are what somebody means.
const words = new Set([
  'null',
  'nil',
  'none',
  'nan',
  'nat',
  'undefined',
  '-nan',
  '-inf',
  'inf',
  'infinity',
  '-infinity',
  '1.#qnan',
  '1.#ind',
  '-1.#ind',
  '1.#inf',
  'n/a',
  'n.a.',
]);
// What programs show in place of a secret: a mask, a word for one, a place to be filled in.
const mask = /^(?:x{4,}|\?+|[-–—_.]+)$/u;
const placeholder = /^(?:\$\{[^{}]*\}|\{\{[^{}]*\}\}|%[a-z_]+%|<%.*%>)$/;
const hiddenWord = /^[[(<{*]*(?:hidden|masked|redacted|encrypted|protected|not shown)[\])>}*]*$/;
// A spreadsheet takes `3-24` for a month, and a time for a day.
const dated =
  /^(?:\d{1,2}-)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{2,4}$|^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2})?$|^\d{1,2}[/.]\d{1,2}[/.]\d{4}(?: \d{1,2}:\d{2}(?::\d{2})?)?$|^1900-01-00|^00:00(?::00)?$/;
// It keeps fifteen digits of a number; what comes after becomes zeros.
const cutShort = /^\d{15}0+$/;
const alsoNoSecret = new Set([
  'na',
  // What a look-up makes of an empty cell.
  '0',
  '0.0',
  '0.00',
  'array',
  'system.string',
  'خالی',
  'ندارد',
  'بدون رمز',
  'تعریف نشده',
  'نامشخص',
  '(blank)',
  '(empty)',
  'empty',
  'changeme',
  'error',
  'true',
  'false',
]);
// A function that is called, or a cell that is named.
const formula = /^=(?:.*[\p{L}.\d_]+\(|[+-]?\$?[a-z]{1,3}\$?\d+(?:$|[-+*/&^:])|.*!\$?[a-z]{1,3}\$?\d)/iu;

/** Whether a text is what a program writes in place of a value that it has not; never what a person means. */
export function isErrorValue(text: string): boolean {
  const plain = folded(text);
  return (
    tooNarrow.test(plain) ||
    marked.test(plain) ||
    within.test(plain) ||
    macro.test(plain) ||
    waiting.test(plain) ||
    repeated.test(plain) ||
    numbered.test(plain) ||
    bare.has(plain) ||
    leftovers.has(plain)
  );
}

/** `NULL`, `None`, `nan`: a word for nothing. A name when somebody types it, an error when a program has written it. */
export function isNothingWord(text: string): boolean {
  return words.has(folded(text));
}

/** Whether a text is no secret but what stands where one is missing, however it got there. */
export function isNoSecret(text: string): boolean {
  const plain = folded(text);
  return (
    isErrorValue(text) ||
    isNothingWord(text) ||
    alsoNoSecret.has(plain) ||
    [mask, placeholder, hiddenWord, dated, cutShort].some((form) => form.test(plain)) ||
    isShortenedNumber(text, true)
  );
}

/** What has become of a cell's value, whatever its field; null where it stands for itself. */
export function cellDamage(text: string): Damage | null {
  if (formula.test(trimmed(text))) return 'formula';
  if (isErrorValue(text) || isNothingWord(text)) return 'error-value';
  return isShortenedNumber(trimmed(text), true) ? 'shortened' : null;
}

function folded(text: string): string {
  return lower(trimmed(halfWidth(withoutUnseen(text))));
}

function lower(text: string): string {
  return text.toLowerCase();
}
