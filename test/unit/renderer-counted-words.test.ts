/** One word counts one thing: changes are what is prepared for records, fields are fields, and edits are not counted. */
import { expect, it } from 'vitest';
import * as en from '../../shared/words/en';
import * as fa from '../../shared/words/fa';

/** Texts that are given a number of records. Before a key joins them, look at what it is given. */
const countsChanges = [
  'batches.prepare',
  'batches.prepared.title',
  'connections.remove.changes',
  'journal.report.changes',
  'shell.top.changes',
  'transfer.takeIn.button',
  'transfer.takeIn.replace',
  'transfer.changes.sum',
  'workorders.changes',
  'workorders.close.left',
  'workorders.move.done',
  'workorders.order.plan',
  'workorders.order.planAll',
  'workorders.form.takes',
  'workorders.plan.wait',
  'workorders.split.button',
];

/** Texts that are given a number of fields. */
const countsFields = [
  'compare.differences',
  'directory.changed',
  'editor.pageChanged',
  'editor.plan',
  'editor.undoAllText',
  'editor.undoAllYes',
  'journal.fields',
  'journal.report.fields',
  'workorders.steps.left',
  'workorders.steps.took',
];

const nouns = {
  en: {
    change: /\}\}(?! without)[\w ]{0,12} changes?\b/,
    edit: /\}\}[\w ]{0,12} edits?\b/,
    field: /\}\}[\w ]{0,12} fields?\b/,
  },
  fa: { change: /\}\} تغییر/, edit: /\}\} ویرایش/, field: /\}\} فیلد/ },
} as const;

for (const language of ['en', 'fa'] as const) {
  const { change, edit, field } = nouns[language];
  const counted = countedTexts(language);

  it(`counts fields as fields, and as nothing else (${language})`, () => {
    const wrong = countsFields.flatMap((key) =>
      counted
        .filter(([name]) => name === key)
        .filter(([, text]) => !field.test(text) || change.test(text))
        .map(([, text]) => text),
    );
    expect(countsFields.filter((key) => !counted.some(([name]) => name === key))).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it(`counts changes only where it is given records (${language})`, () => {
    const found = new Set(counted.filter(([, text]) => change.test(text)).map(([key]) => key));
    expect([...found].filter((key) => !countsChanges.includes(key))).toEqual([]);
  });

  it(`counts no edits (${language})`, () => {
    expect(counted.filter(([, text]) => edit.test(text))).toEqual([]);
  });
}

it('knows no text that is gone', () => {
  const keys = new Set(countedTexts('en').map(([key]) => key));
  expect(countsChanges.filter((key) => !keys.has(key))).toEqual([]);
});

/** The texts with a plural, by namespace and key without its ending. */
function countedTexts(language: 'en' | 'fa'): readonly (readonly [string, string])[] {
  return Object.entries({ en, fa }[language]).flatMap(([namespace, texts]) =>
    [...flat(texts, namespace)].flatMap(([key, text]) => {
      const counted = /^(.+)_(?:one|other)$/.exec(key)?.[1];
      return counted === undefined ? [] : [[counted, text] as const];
    }),
  );
}

function* flat(value: unknown, key: string): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [key, value];
  else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) yield* flat(inner, `${key}.${name}`);
  }
}
