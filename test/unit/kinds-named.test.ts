/** Kinds of server and their collections have their names in the catalog; whoever else writes one down misses the next. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectionIdSchema, kindSchema } from '../../shared/catalog';
import { importsBelow, root } from '../support/imports';

/** Where the names are at home. */
const home = /^(shared\/catalog|electron\/drivers)\//;

/** Files that may name them elsewhere, and why. */
const excepted: Record<string, string> = {
  'electron/app/save-file.ts': 'not a collection: what Electron calls the ends of file names',
  'electron/storage/migrations/003-history/bodies.ts': 'a step that has shipped: the kinds that there were',
};

const names = [...kindSchema.options, ...collectionIdSchema.options];
const wordFiles = ['en', 'fa'].flatMap((language) =>
  readdirSync(join(root, 'shared/words', language))
    .filter((name) => name.endsWith('.json'))
    .map((name) => `shared/words/${language}/${name}`),
);
const files = [...importsBelow('electron', 'shared', 'renderer').keys(), ...wordFiles].filter(
  (file) => !home.test(file),
);

/** The names in a text: as a literal, as a key, or as a member of something; not those in comments. */
function namedIn(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  return names.filter((name) =>
    new RegExp(`(['"\`])${name}\\1|(?<![\\w$'"-])${name}['"]?\\??\\s*:(?!:)|\\.${name}\\b(?!/|')`).test(code),
  );
}

describe('the name of a kind of server or of a collection', () => {
  it('is in no code and no words but those of catalog and drivers', () => {
    const found = files
      .filter((file) => !(file in excepted))
      .flatMap((file) => namedIn(readFileSync(join(root, file), 'utf8')).map((name) => `${file}: ${name}`));
    expect(found).toEqual([]);
  });

  it('is excepted only where it is', () => {
    const needless = Object.keys(excepted).filter(
      (file) => namedIn(readFileSync(join(root, file), 'utf8')).length === 0,
    );
    expect(needless).toEqual([]);
  });

  it.each([
    ['a comparison', "if (kind === 'edge') wait();"],
    ['a case', 'switch (kind) { case "edge": return 1; }'],
    ['a template', 'const of = `edge`;'],
    ['a key', 'const waits = { edge: 4 };'],
    ['an optional key', 'interface Waits { edge?: number }'],
    ['a key of words', '{ "edge": "Edge panel" }'],
    ['a member', 'return waits.edge;'],
  ])('is found in %s', (_, text) => {
    expect(namedIn(text)).toEqual(['edge']);
  });

  it.each([
    ['a comment', '/* the `edge` of "edge" */ // edge: 4'],
    ['a longer word', "const kinds = ['edge-spaces'];"],
    ['a name of something else', 'const edge = 4;'],
  ])('is not found in %s', (_, text) => {
    expect(namedIn(text)).toEqual([]);
  });
});
