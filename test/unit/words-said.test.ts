/** Main process and window make the same text of the same key and values, and no text is kept that nobody says. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';
import { expect, it } from 'vitest';
import { isTextKey, languages, say } from '../../shared/words';
import * as en from '../../shared/words/en';
import * as fa from '../../shared/words/fa';

const root = path.resolve(import.meta.dirname, '../..');

function* textsOf(value: unknown, key: string): Generator<readonly [key: string, text: string]> {
  if (typeof value === 'string') yield [key, value];
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value))
      yield* textsOf(inner, key.includes(':') ? `${key}.${name}` : `${key}:${name}`);
}

/** Every text by the key that it is said by, which has no ending of a plural. */
const texts = Object.entries(en)
  .flatMap(([namespace, inner]) => [...textsOf(inner, namespace)])
  .map(([key, text]) => ({ key: key.replace(/_(zero|one|other)$/, ''), counted: /_\w+$/.test(key), text }));

it.each(languages)('the window’s translations say what `say` says (%s)', async (lng) => {
  const window = i18next.createInstance();
  const resources = { en: { ...en }, fa: { ...fa } };
  await window.init({ lng, resources, interpolation: { escapeValue: false } });
  const differing: string[] = [];
  let compared = 0;
  for (const { key, counted, text } of texts) {
    if (!isTextKey(key)) continue;
    const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, name]) => name ?? []);
    for (const value of ['', 'Sara', 'سارا', '$& $1 {{name}} $t(shell:close)', '<b>"&'])
      for (const count of counted ? [0, 1, 2, 1_000, 1.5] : [undefined]) {
        const params: Record<string, string | number> = Object.fromEntries(
          names.map((name) => [name, value]),
        );
        if (count !== undefined) params.count = count;
        compared += 1;
        if (say(lng, key, params) !== window.t(key, { replace: params, ...params })) differing.push(key);
      }
  }
  expect(differing).toEqual([]);
  expect(compared).toBeGreaterThan(1_000);
});

it('leaves the place of a value that is not given, as the window does', () => {
  expect(say('en', 'documents:note.moved', { from: 'a' })).toBe('before: a; now: {{to}}');
});

it('keeps no text that nobody says', () => {
  const code = ['electron', 'renderer', 'shared'].flatMap(sources);
  const literals = new Set(code.flatMap((text) => [...text.matchAll(/'([\w:.-]+)'/g)].map(([, key]) => key)));
  const made = code.flatMap(patterns);
  const unsaid = texts.filter(({ key }) => {
    const bare = key.replace(/^\w+:/, '');
    return ![key, bare].some((one) => literals.has(one) || made.some((pattern) => pattern.test(one)));
  });
  // Taken all at once, or by the name of a preference and of what is chosen; other tests and the compiler know those.
  const known = /^(problem:default|settings:(language|theme|density|size))\./;
  expect(unsaid.map(({ key }) => key).filter((key) => !known.test(key))).toEqual([]);
});

/** The text of every module below a folder of the repository. */
function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8'));
}

/** What the keys look like that a module makes of codes: `mark.${outcome}`. */
function patterns(text: string): RegExp[] {
  return [...text.matchAll(/`((?:[\w:.-]|\$\{[^}]*\})+)`/g)]
    .map(([, made = '']) => made.split(/\$\{[^}]*\}/))
    .filter((parts) => parts.length > 1 && parts.join('').replace(/\W/g, '') !== '')
    .map((parts) => new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[\\w.-]+')}$`));
}
