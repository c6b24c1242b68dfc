import { halfWidth, isShortenedNumber } from './digits';
import { trimmed, withoutUnseen } from './unseen';

/* What spreadsheets, databases and programs write in place of a value. */

/** `error-value`: `#REF!` and the like. `shortened`: `1.23457E+15`. `formula`: a formula instead of its result. */
export type Damage = 'error-value' | 'shortened' | 'formula';

// `#REF!`, `#NOM?`, `#¡VALOR!`, `#DIV/0!`, `#BEZUG!`, `#ССЫЛКА!`: a word between # and ! or ?, in any language.
const marked = /^#[¡¿]?[\p{L}\p{M}\d/_ ]{1,24}[!?؟]$/u;
// The English ones, which files use, also inside a concatenated text.
const within =
  /(?:^|[^\p{L}\p{N}#])#(?:ref!|value!|name\?|div\/0!|num!|null!|spill!|calc!|n\/a)(?![\p{L}\p{N}])/u;
// Those without a final ! or ?.
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
// Excel's numeric error codes, as macros write them.
const macro = /^error 20\d\d$/;
// What a cell shows while a server computes it, in the languages used here.
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
// Words that may also be names: an error when a program wrote the cell, a name when the user typed it.
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
// What programs show in place of a secret: a mask, a word for one, a placeholder.
const mask = /^(?:x{4,}|\?+|[-–—_.]+)$/u;
const placeholder = /^(?:\$\{[^{}]*\}|\{\{[^{}]*\}\}|%[a-z_]+%|<%.*%>)$/;
const hiddenWord = /^[[(<{*]*(?:hidden|masked|redacted|encrypted|protected|not shown)[\])>}*]*$/;
// A spreadsheet reads `3-24` as a month, and a time as a day.
const dated =
  /^(?:\d{1,2}-)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{2,4}$|^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2})?$|^\d{1,2}[/.]\d{1,2}[/.]\d{4}(?: \d{1,2}:\d{2}(?::\d{2})?)?$|^1900-01-00|^00:00(?::00)?$/;
// It keeps fifteen digits of a number; the rest become zeros.
const cutShort = /^\d{15}0+$/;
const alsoNoSecret = new Set([
  'na',
  // The result of looking up an empty cell.
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
// A function call or a cell reference.
const formula = /^=(?:.*[\p{L}.\d_]+\(|[+-]?\$?[a-z]{1,3}\$?\d+(?:$|[-+*/&^:])|.*!\$?[a-z]{1,3}\$?\d)/iu;

/** Returns whether a text is what a program writes in place of a value; never a meant value. */
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

/** `NULL`, `None`, `nan`: a word for nothing. A name when typed, an error when a program wrote it. */
export function isNothingWord(text: string): boolean {
  return words.has(folded(text));
}

/** Returns whether a text only marks a missing secret. */
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

/** Returns the damage to a cell's value, whatever its field; null where there is none. */
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
