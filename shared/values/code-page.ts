/*
 * What a file loses when a program saves it in a code page: missing letters become similar ones, or question marks.
 * Direction matters: a damaged cell must not overwrite the stored value, while a corrected letter is an edit.
 */

// Substitutes that programs write for a missing letter, besides the letter without its marks.
const nearest: Readonly<Record<string, readonly string[]>> = {
  ی: ['ي', 'ى'],
  ک: ['ك'],
  ۀ: ['ه', 'ة', 'هٔ'],
  ہ: ['ه'],
  ھ: ['ه'],
  ە: ['ه'],
  ة: ['ه'],
  أ: ['ا'],
  إ: ['ا'],
  آ: ['ا'],
  ٱ: ['ا'],
  ؤ: ['و'],
  ئ: ['ي', 'ی', 'ى'],
  ې: ['ي', 'ی'],
  ێ: ['ي', 'ی'],
  ۆ: ['و'],
  پ: ['ب'],
  چ: ['ج'],
  ژ: ['ز'],
  گ: ['ك', 'ک'],
  '٪': ['%'],
  '٫': ['.', ','],
  '٬': [',', '،'],
  '–': ['-'],
  '—': ['-'],
  '‘': ["'"],
  '’': ["'"],
  '“': ['"'],
  '”': ['"'],
  '«': ['"', '<<'],
  '»': ['"', '>>'],
  '…': ['...'],
};

const mark = /[\p{M}\p{Default_Ignorable_Code_Point}]/u;
const letter = /[\p{L}\p{N}]/u;

/**
 * Returns how a cell differs from the stored value. `same`: only by what a code page cannot hold. `letters`: by
 * question marks in place of letters. Null: otherwise.
 */
export function codePageLoss(stored: string, cell: string): 'same' | 'letters' | null {
  const from = withoutForms(stored).normalize('NFC');
  const to = withoutForms(cell).normalize('NFC');
  if (from === to) return 'same';
  if (/^\p{ASCII}*$/u.test(from) || from === '' || to === '') return null;
  // Possible offsets in the cell after each letter, and whether a letter was lost on the way there.
  let places = new Map<number, boolean>([[0, false]]);
  for (const one of from) {
    const next = new Map<number, boolean>();
    for (const [at, lost] of places) {
      for (const form of formsOf(one)) {
        if (!to.startsWith(form, at)) continue;
        const gone = lost || (form.startsWith('?') && one !== '?' && letter.test(one));
        const end = at + form.length;
        next.set(end, gone && next.get(end) !== false);
      }
    }
    if (next.size === 0) return null;
    places = next;
  }
  const lost = places.get(to.length);
  return lost === undefined ? null : lost ? 'letters' : 'same';
}

// Presentation forms, which programs without Arabic shaping write.
const drawnForms = /[\ufb50-\ufdff\ufe70-\ufefc]+/gu;

function withoutForms(text: string): string {
  return text.replace(drawnForms, (forms) => forms.normalize('NFKC'));
}

const known = new Map<string, readonly string[]>();
const most = 2_000;

function formsOf(one: string): readonly string[] {
  let forms = known.get(one);
  if (!forms) {
    if (known.size >= most) known.clear();
    forms = [...new Set(makeForms(one))];
    known.set(one, forms);
  }
  return forms;
}

function makeForms(one: string): string[] {
  const forms = [one, ...(nearest[one] ?? [])];
  if (one <= '\u007f') return forms;
  const digit = digitOf(one);
  if (digit !== null) forms.push(digit);
  if (mark.test(one)) forms.push('');
  const bare = one.normalize('NFKD').replace(/\p{M}/gu, '');
  if (bare !== '') forms.push(bare);
  // One for each UTF-16 unit.
  forms.push('?', ...(one.length > 1 ? ['??'] : []));
  return forms;
}

function digitOf(one: string): string | null {
  const at = '۰۱۲۳۴۵۶۷۸۹'.indexOf(one);
  const arabic = '٠١٢٣٤٥٦٧٨٩'.indexOf(one);
  return at >= 0 ? String(at) : arabic >= 0 ? String(arabic) : null;
}

const foreign = String.raw`(?!\p{ASCII})\p{L}`;
// Substitutes for a letter that could not be written: some databases write ¿, some programs a box.
const standsIn = '[?¿\u25a1\u25af]';
const beside = new RegExp(`${foreign}${standsIn}|${standsIn}${foreign}`, 'u');
// Inside a word, where no question ends; an address may contain one there.
const inWord = /^[^/=&]*\p{L}{2}[?¿؟]\p{L}/u;
// An Arabic mark on a Latin letter; letters as escapes of a page, a program or an e-mail.
const codes =
  /\p{Script=Latin}[\u064b-\u0652]|&#(?:x[\da-f]{2,5}|\d{3,6});|(?:\\u[\da-f]{4}){2}|(?:%d[89ab]%[\da-f]{2}){2}|(?:=d[89ab]=[\da-f]{2}){2}|=\?[\w-]+\?[bq]\?/iu;

/** Returns whether question marks in a name replace letters: `عل? رضا??`, `????`. */
export function hasLostLetters(text: string): boolean {
  return (
    /\?{3,}/.test(text) ||
    /^[?\s]*\?[?\s]*\?[?\s]*$/.test(text) ||
    beside.test(text) ||
    inWord.test(text) ||
    codes.test(text)
  );
}

const unreadable = /\ufffd|\p{Cs}/u;

/** Returns whether a text contains replacement characters or half a surrogate pair. */
export function hasUnreadable(text: string): boolean {
  return unreadable.test(text);
}
