import { codePoint, hasControl, unseenIn, withoutUnseen } from './unseen';

/** How two texts differ that look the same: the characters that only one of them has, `U+064A`. */
export interface LookAlike {
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

// Letters that most typefaces draw alike, as the one that stands for them.
const alike = new Map(
  Object.entries({
    یيىېۍ: 'ی',
    کكڪ: 'ک',
    هہھەة: 'ه',
    اٱ: 'ا',
    ۀۂ: 'ۀ',
    АΑ: 'A',
    ВΒ: 'B',
    СϹ: 'C',
    ЕΕ: 'E',
    НΗ: 'H',
    ІΙ: 'I',
    ЈͿ: 'J',
    КΚ: 'K',
    МΜ: 'M',
    Ν: 'N',
    ОΟ: 'O',
    РΡ: 'P',
    Ѕ: 'S',
    ТΤ: 'T',
    ХΧ: 'X',
    УΥ: 'Y',
    Ζ: 'Z',
    аɑ: 'a',
    сϲ: 'c',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    оο: 'o',
    р: 'p',
    ѕ: 's',
    ν: 'v',
    хχ: 'x',
    у: 'y',
    '‐‑‒–—−': '-',
    '‘’ʼ`´': "'",
    '“”„': '"',
    '٠۰': '0',
    '١۱': '1',
    '٢۲': '2',
    '٣۳': '3',
    '٧۷': '7',
    '٨۸': '8',
    '٩۹': '9',
  }).flatMap(([letters, stands]) => [...letters].map((one): [string, string] => [one, stands])),
);

/** Whether two different texts look the same to a person, and by what they differ; null where they can be told apart. */
export function lookAlike(a: string, b: string): LookAlike | null {
  if (a === b || a === '' || b === '' || skeleton(a) !== skeleton(b)) return null;
  return { gone: onlyIn(a, b), come: onlyIn(b, a) };
}

/** What of a text cannot be seen and is not there for its letters: what a value shown alone has to be told with. */
export function unseenMarks(text: string): readonly string[] {
  return unseenIn(text.replace(/[\t\r\n]/g, ' ')).length === 0
    ? []
    : onlyIn(text, withoutUnseen(text, 'text'));
}

function skeleton(text: string): string {
  const seen = withoutUnseen(text).normalize('NFKC');
  const bare = hasControl(seen, true) ? seen.replace(/(?![\t\n\r])\p{Cc}/gu, '') : seen;
  return [...bare]
    .map((one) => alike.get(one) ?? one)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The characters that one text has oftener than the other. Where both have the same ones, in another order, none. */
function onlyIn(text: string, other: string): string[] {
  const left = new Map<string, number>();
  for (const one of other) left.set(one, (left.get(one) ?? 0) + 1);
  const found = new Set<string>();
  for (const one of text) {
    const count = left.get(one) ?? 0;
    if (count > 0) left.set(one, count - 1);
    else found.add(codePoint(one));
  }
  return [...found];
}
