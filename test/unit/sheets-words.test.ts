import { describe, expect, it } from 'vitest';
import { matchHeadings } from '../../electron/sheets/headings';
import { reasonText } from '../../electron/sheets/words';
import { catalogOf, kindSchema, ofCollection } from '../../shared/catalog';
import { say } from '../../shared/words';

describe.each(['en', 'fa'] as const)('the column of reasons (%s)', (language) => {
  it('says the code itself where it has no words for it', () => {
    const problems = [{ field: null, code: 'reason.of-a-later-version' }];
    expect(reasonText(ofCollection({ kind: 'simotel' }), problems, language)).toBe(
      'reason.of-a-later-version',
    );
  });

  it('names the field by its label, and the value that is wrong', () => {
    const problems = [
      { field: null, code: 'reason.doubled-row' },
      { field: 'active', code: 'field.not-allowed', detail: 'perhaps' },
    ];
    const text = reasonText(ofCollection({ kind: 'simotel' }), problems, language);
    expect(text).toContain(
      catalogOf('simotel').fields.find(({ name }) => name === 'active')?.label[language],
    );
    expect(text).toContain('perhaps');
  });

  it('is passed over when the file is taken in again', () => {
    const [reason, name] = matchHeadings(
      catalogOf('simotel'),
      [say(language, 'documents:sheet.reasons'), 'name'],
      new Map(),
    );
    expect([reason?.field, name?.field]).toEqual([null, 'name']);
  });
});

describe.each(kindSchema.options)('the headings of %s', (kind) => {
  const catalog = catalogOf(kind);

  it.each([
    ['name', (spec: (typeof catalog.fields)[number]) => spec.name],
    ['label', ({ label }: (typeof catalog.fields)[number]) => label.en],
    ['label', ({ label }: (typeof catalog.fields)[number]) => label.fa],
  ])('by %s each find their own field', (_, title) => {
    const found = matchHeadings(catalog, catalog.fields.map(title), new Map());
    expect(found.map(({ field }) => field)).toEqual(catalog.fields.map(({ name }) => name));
  });

  it('by alias find one field each, and none that has the name itself', () => {
    const aliases = catalog.fields.flatMap(({ aliases = [], name }) => aliases.map((alias) => [alias, name]));
    expect(new Set(aliases.map(([alias]) => alias)).size).toBe(aliases.length);
    for (const [alias = '', name] of aliases) {
      expect(matchHeadings(catalog, [alias.toUpperCase()], new Map())[0]).toMatchObject({
        field: name,
        by: 'alias',
      });
    }
  });

  it('match no field twice, the surer one first', () => {
    const [first] = catalog.fields;
    const titles = [first?.label.en ?? '', first?.name ?? '', first?.name ?? ''];
    const fields = matchHeadings(catalog, titles, new Map()).map(({ field }) => field);
    expect(fields.filter((field) => field === first?.name)).toHaveLength(1);
  });

  it('follow an earlier choice of a person, and leave out what was left out', () => {
    const [first, second] = catalog.fields;
    const earlier = new Map([
      ['my column', first?.name ?? ''],
      [second?.name ?? '', ''],
    ]);
    const [mine, left] = matchHeadings(catalog, ['My_Column', second?.name ?? ''], earlier);
    expect(mine).toMatchObject({ field: first?.name, by: 'earlier' });
    expect(left?.field).toBeNull();
  });
});
