/*
 * What a file loses when a program saves it in a code page: letters that the page has not become their nearest, or
 * question marks. The direction counts: what has lost is not what is there, and what is there is not to be overwritten
 * by it; a letter put right is an edit.
 */

// What programs write for a letter that the page has not, beside the letter without its marks.
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
 * How a cell comes to differ from what the server has. `same`: only by what a code page cannot hold. `letters`: by
 * question marks where the server has letters. Null: otherwise.
 */
export function codePageLoss(stored: string, cell: string): 'same' | 'letters' | null {
  const from = withoutForms(stored).normalize('NFC');
  const to = withoutForms(cell).normalize('NFC');
  if (from === to) return 'same';
  if (/^\p{ASCII}*$/u.test(from) || from === '' || to === '') return null;
  // Where in the cell one may stand after each letter, and whether a letter was lost on the way there.
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

// Letters in the forms that they are drawn in, as programs without Arabic script write them.
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
  // One for each unit of UTF-16.
  forms.push('?', ...(one.length > 1 ? ['??'] : []));
  return forms;
}

function digitOf(one: string): string | null {
  const at = '۰۱۲۳۴۵۶۷۸۹'.indexOf(one);
  const arabic = '٠١٢٣٤٥٦٧٨٩'.indexOf(one);
  return at >= 0 ? String(at) : arabic >= 0 ? String(arabic) : null;
}

const foreign = String.raw`(?!\p{ASCII})\p{L}`;
// What stands for a letter that could not be written: databases turn it upside down, programs draw a box.
const standsIn = '[?¿\u25a1\u25af]';
const beside = new RegExp(`${foreign}${standsIn}|${standsIn}${foreign}`, 'u');
// Within a word, where no question ends; an address may have it there.
const inWord = /^[^/=&]*\p{L}{2}[?¿؟]\p{L}/u;
// An Arabic mark on a Latin letter; letters as codes of a page, a program or a mail.
const codes =
  /\p{Script=Latin}[\u064b-\u0652]|&#(?:x[\da-f]{2,5}|\d{3,6});|(?:\\u[\da-f]{4}){2}|(?:%d[89ab]%[\da-f]{2}){2}|(?:=d[89ab]=[\da-f]{2}){2}|=\?[\w-]+\?[bq]\?/iu;

/** Whether question marks stand in a name where letters must have been: `عل? رضا??`, `????`. */
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

/** Whether a text holds what stands for bytes that no letter could be read from, or half of a letter. */
export function hasUnreadable(text: string): boolean {
  return unreadable.test(text);
}
