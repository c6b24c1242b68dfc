import { codePoint, hasControl, unseenIn, withoutUnseen } from './unseen';

/** The difference between two texts that look the same: the characters that only one of them has, `U+064A`. */
export interface LookAlike {
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

// Letters that most typefaces draw alike, mapped to one.
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

/** Returns how two different texts that look the same differ; null where they can be told apart. */
export function lookAlike(a: string, b: string): LookAlike | null {
  if (a === b || a === '' || b === '' || skeleton(a) !== skeleton(b)) return null;
  return { gone: onlyIn(a, b), come: onlyIn(b, a) };
}

/** Returns the invisible characters of a text that its script does not need, to be shown beside the value. */
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

/** Returns the characters that one text has more often than the other; none where only their order differs. */
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
