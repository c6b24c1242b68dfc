/** Every text keeps its order whatever is put into it, and what is typed runs by its first letter. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTranslations } from '../../renderer/i18n';
import { firstStrong, isolateIn, languages, withoutIsolated } from '../../shared/words';
import * as en from '../../shared/words/en';
import * as fa from '../../shared/words/fa';

const words = { en, fa };

function* textsOf(value: unknown, key: string): Generator<readonly [key: string, text: string]> {
  if (typeof value === 'string') yield [key, value];
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value))
      yield* textsOf(inner, key.includes(':') ? `${key}.${name}` : `${key}:${name}`);
}

const samples = [
  'Sara',
  'سارا',
  'رمز SIP',
  'SIP رمز',
  'Front desk (پذیرش)',
  '(سارا)',
  'WO-12',
  '10.0.0.5:8443',
  'C:\\گزارش (1).csv',
  '+98 21 555',
  '5',
  '۵',
  '۱٬۲۰۰',
  'سارا ۵',
  '101 محمد ژاله‌پور',
  '\u2068101\u2069 \u2068محمد\u2069',
  '\u2068101\u2069 و SIP',
];

const persian = /[\u0590-\u08ff\ufb1d-\ufefc]/u;
// A number right behind Latin letters is of one piece with them ("HTTP 404", "SHA-256"); farther off it would be drawn in.
const numberDrawnIn = /[A-Za-z](?![ -]?[\d\u06f0-\u06f9])[^\p{L}\p{N}\u2068]*[\d\u06f0-\u06f9]/u;

describe.each(languages)('every text (%s)', (language) => {
  beforeAll(() => startTranslations(language));

  it('keeps its order whatever is put into it', () => {
    const mixed = new Set<string>();
    let rendered = 0;
    for (const [namespace, inner] of Object.entries(words[language]))
      for (const [key, text] of textsOf(inner, namespace)) {
        const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, name]) => name ?? []);
        for (const sample of names.length > 0 ? samples : ['']) {
          const said = i18next.t(key as never, {
            replace: Object.fromEntries(names.map((name) => [name, sample])),
          });
          rendered += 1;
          if (!balanced(said)) mixed.add(`${key}: ${said} is not closed`);
          const open = withoutIsolated(said);
          // What is all of one direction has nothing to mix with.
          if (!(persian.test(open) && /[A-Za-z\d\u06f0-\u06f9]/.test(open))) continue;
          if (language === 'en' || numberDrawnIn.test(open)) mixed.add(`${key}: ${said}`);
        }
      }
    expect([...mixed]).toEqual([]);
    expect(rendered).toBeGreaterThan(5_000);
  });
});

/** Whether each isolated piece is closed where it was opened. */
function balanced(text: string): boolean {
  let depth = 0;
  for (const one of text) {
    if (one === '\u2068') depth += 1;
    if (one === '\u2069') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

it('isolates what would mix up a sentence, and nothing else', () => {
  for (const text of ['Sara', 'WO-12', '5', 'a (b)', '']) expect(isolateIn('en', text)).toBe(text);
  for (const text of ['سارا', 'پذیرش شبانه', '۵', '۱٬۲۰۰', '12', ''])
    expect(isolateIn('fa', text)).toBe(text);
  for (const text of ['سارا', 'Sara سارا', '(سارا)'])
    expect(isolateIn('en', text)).toBe(`\u2068${text}\u2069`);
  for (const text of ['Sara', 'WO-12', '+98', 'سارا ۵', 'پذیرش (شب)'])
    expect(isolateIn('fa', text)).toBe(`\u2068${text}\u2069`);
  const title = '\u2068101\u2069 \u2068محمد\u2069';
  for (const language of languages) expect(isolateIn(language, title)).toBe(title);
});

it.each([
  ['', null],
  ['105', null],
  ['۱۰۵', null],
  ['+98 (21)', null],
  ['Karimi', 'ltr'],
  ['کریمی', 'rtl'],
  ['105 کریمی', 'rtl'],
  ['«Karimi»', 'ltr'],
  ['Ελένη', 'ltr'],
  ['אבי', 'rtl'],
])('what is typed as “%s” runs %s', (text, direction) => {
  expect(firstStrong(text)).toBe(direction);
});

it('the window has no inputs but those that follow what is typed', () => {
  const root = path.resolve(import.meta.dirname, '../../renderer');
  const theirs = /^(TextInput|Textarea|PasswordInput|NumberInput|Select|MultiSelect|Autocomplete|TagsInput)$/;
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx') && file !== path.join('ui', 'inputs.tsx'))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      const imported = /import \{([^}]*)\} from '@mantine\/core'/.exec(text)?.[1]?.split(',') ?? [];
      return imported.filter((one) => theirs.test(one.trim())).map((one) => `${file}: ${one.trim()}`);
    });
  expect(found).toEqual([]);
});
