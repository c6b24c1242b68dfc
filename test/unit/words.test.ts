/** The two languages held together: whatever one can say, the other can too. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemCodes } from '../../shared/model/problem';
import * as en from '../../shared/words/en';
import * as fa from '../../shared/words/fa';

const folder = path.resolve(import.meta.dirname, '../../shared/words');

type Texts = ReadonlyMap<string, string>;

function flatten(value: unknown, key = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'string') found.set(key, value);
  else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) flatten(inner, key ? `${key}.${name}` : name, found);
  }
  return found;
}

function read(language: string, namespace: string): Texts {
  return flatten(JSON.parse(readFileSync(path.join(folder, language, namespace), 'utf8')));
}

const filesOf = (language: string): string[] =>
  readdirSync(path.join(folder, language)).filter((file) => file.endsWith('.json'));
const namespaces = filesOf('en');

/** Names, protocols and keys that are written alike in both languages. */
function sameInBoth(text: string): boolean {
  const left = text
    .replace(/\{\{\w+\}\}/g, '')
    .replace(
      /\b(English|فارسی|Patchbay|X-APIKEY|API|JSON|CSV|HTTPS?|TLS|SIP|IAX2|IP|URL|OK|ID|WO|Ctrl|Electron|SHA-256)\b|فارسی/gi,
      '',
    );
  return !/\p{L}/u.test(left);
}

/** The values in a sentence. A noun is grammar and not a value: one language needs it where the other does not. */
function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\{(?!nouns?\}\})\w+\}\}/g) ?? [])].sort();
}

it('has the same namespaces in both languages', () => {
  expect(filesOf('fa')).toEqual(namespaces);
});

it.each([
  ['en', en],
  ['fa', fa],
])('names every file in the index of its language (%s)', (language, index) => {
  expect(Object.keys(index)).toEqual(filesOf(language).map((file) => file.replace('.json', '')));
});

it.each(['en', 'fa'])('has a title and an advice for every problem (%s)', (language) => {
  const texts = read(language, 'problem.json');
  const missing = problemCodes.flatMap((code) =>
    [`${code}.title`, `${code}.advice`].filter((key) => !texts.get(key)?.trim()),
  );
  expect(missing).toEqual([]);
});

it.each(['en', 'fa'])(
  'has a general word for every value that a problem’s sentence may miss (%s)',
  (language) => {
    const texts = read(language, 'problem.json');
    const used = problemCodes.flatMap((code) => [
      ...placeholders(texts.get(`${code}.title`) ?? ''),
      ...placeholders(texts.get(`${code}.advice`) ?? ''),
    ]);
    const missing = used.map((one) => one.slice(2, -2)).filter((name) => !texts.has(`default.${name}`));
    expect(missing).toEqual([]);
  },
);

it('describes no problem that cannot happen', () => {
  const described = [...read('en', 'problem.json').keys()].filter((key) => key.endsWith('.advice'));
  expect(described.map((key) => key.replace(/\.advice$/, '')).sort()).toEqual([...problemCodes].sort());
});

describe.each(namespaces)('%s', (namespace) => {
  const en = read('en', namespace);
  const fa = read('fa', namespace);

  it('has the same keys in both languages', () => {
    expect([...fa.keys()].sort()).toEqual([...en.keys()].sort());
  });

  it('leaves no text empty', () => {
    expect([...en, ...fa].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('is translated, but for names and protocol words', () => {
    const untranslated = [...fa].filter(([key, text]) => text === en.get(key) && !sameInBoth(text));
    expect(untranslated).toEqual([]);
  });

  it('puts the same values into both languages’ sentences', () => {
    const differing = [...en].filter(
      ([key, text]) => `${placeholders(text)}` !== `${placeholders(fa.get(key) ?? '')}`,
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });
});
