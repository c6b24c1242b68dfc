import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openField } from '../../electron/values/open';
import { catalogOf, editableFields, type FieldSpec, type Kind, kindSchema } from '../../shared/catalog';
import { readPath } from '../../shared/catalog/field';
import type { Json, JsonObject } from '../../shared/model/json';
import { delimiters } from '../../shared/model/sheet';
import { compared, exported, opened, sealer, stored } from '../support/sheets';

/** Texts that files and spreadsheets trip over, among any others. */
const awkward = fc.constantFrom(
  '=1+1',
  "'=1+1",
  "''=1",
  '+982122222222',
  '-5',
  '@here',
  '\t=2',
  '\u200b=2',
  '\u0001=2',
  '\r\nx',
  '{clear}',
  "'{clear}",
  ' {clear} ',
  ' spaced ',
  '   ',
  '"',
  '""quoted""',
  'a,b;c|d\te',
  'one\ntwo\r\nthree\rfour\r',
  '007',
  '۰۱۲۳',
  '9.12E+09',
  '1405/08/30',
  'نیم‌فاصله',
  '\ufeffmark',
  '\ud800half',
  'nul\u0000nul',
  '\ufffd',
  'sep=;',
  '＝full',
  "'",
  'NULL',
);
const text = fc.oneof(
  { weight: 3, arbitrary: awkward },
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'\'=+-@"\r\n\t;,| aی۰0{}'), maxLength: 8 }),
);

const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: text },
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

const usual = (spec: FieldSpec): fc.Arbitrary<Json> =>
  spec.values ? fc.oneof(fc.constantFrom(...spec.values.map((one) => one.value)), value) : value;

/** A record with something in every field that can be read. */
function recordOf(kind: Kind): fc.Arbitrary<JsonObject> {
  const fields = catalogOf(kind).fields.filter((spec) => !spec.writeOnly);
  return fc.tuple(...fields.map(usual)).map((values) => {
    const raw: JsonObject = {};
    fields.forEach((spec, at) => {
      const [root = '', inner] = readPath(spec);
      const parent = inner === undefined ? null : (raw[root] ?? {});
      if (inner === undefined || parent === null) raw[root] = values[at] ?? null;
      else raw[root] = { ...Object(parent), [inner]: values[at] ?? null };
    });
    return raw;
  });
}

const recordsOf = (kind: Kind) =>
  fc.array(recordOf(kind), { minLength: 1, maxLength: 6 }).map((all) =>
    stored(
      kind,
      all.map((raw, at) => ({ id: `${at + 1}00`, raw })),
    ),
  );

const form = fc.record({
  headings: fc.constantFrom('names', 'labels'),
  language: fc.constantFrom('en', 'fa'),
  delimiter: fc.constantFrom(...delimiters),
});

describe.each(kindSchema.options)('records of %s, written and taken in again untouched', (kind) => {
  const policy = fc.constantFrom('skip', 'update', 'overwrite', 'report');

  it('come to no change in any field, however they are written', async () => {
    await fc.assert(
      fc.asyncProperty(recordsOf(kind), form, policy, async (records, wanted, how) => {
        const sheet = await opened(kind, records, await exported(kind, records, wanted));
        expect(sheet.settings).toMatchObject({ key: 'id', delimiter: wanted.delimiter, header: true });
        expect(sheet.columns.every(({ field }) => field !== null)).toBe(true);
        const items = await compared(kind, records, sheet, { policy: how });
        expect(items.map(({ remoteId, status, problems }) => [remoteId, status, problems])).toEqual(
          records.map(({ remoteId }) => [remoteId, 'same', []]),
        );
      }),
      { numRuns: 80 },
    );
  });

  it('come to no change after a spreadsheet program has written the file its own way', async () => {
    await fc.assert(
      fc.asyncProperty(recordsOf(kind), async (records) => {
        const sheet = await opened(kind, records, await exported(kind, records));
        // Excel’s “Unicode text”: UTF-16 with tabs, every cell quoted, line ends inside cells as line feeds.
        const cell = (text: string) => `"${text.replace(/\r\n?/g, '\n').replace(/"/g, '""')}"`;
        const lines = sheet.table.map(({ cells }) => cells.map(cell).join('\t'));
        const rewritten = Buffer.from(`\ufeff${lines.join('\r\n')}`, 'utf16le');
        const again = await opened(kind, records, rewritten);
        expect(again.settings).toMatchObject({ encoding: 'utf-16le', delimiter: '\t', key: 'id' });
        const items = await compared(kind, records, again);
        expect(items.map(({ status, problems }) => [status, problems])).toEqual(
          records.map(() => ['same', []]),
        );
      }),
      { numRuns: 80 },
    );
  });

  it('come to no change where edits are prepared, and overwriting takes those back', async () => {
    await fc.assert(
      fc.asyncProperty(recordsOf(kind), fc.string({ maxLength: 5 }), async (records, next) => {
        const [first] = editableFields(catalogOf(kind));
        const present = {
          hasEdits: () => true,
          isPrepared: (_: string, field: string) => field === first?.name,
          value: (spec: FieldSpec, _: string, raw: JsonObject) =>
            spec.name === first?.name ? `${next}!` : openField(sealer, spec, raw),
        };
        const sheet = await opened(kind, records, await exported(kind, records));
        for (const how of ['skip', 'update', 'report'] as const) {
          const items = await compared(kind, records, sheet, { policy: how }, present);
          expect(items.map(({ status }) => status)).toEqual(records.map(() => 'same'));
        }
        const items = await compared(kind, records, sheet, { policy: 'overwrite' }, present);
        for (const [at, { edits }] of items.entries()) {
          const had = first && openField(sealer, first, records[at]?.stored ?? {});
          if ((had ?? '') !== `${next}!`) {
            expect(edits).toEqual([{ field: first?.name, from: `${next}!`, to: had ?? null }]);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('have no cell that a spreadsheet would calculate', async () => {
    await fc.assert(
      fc.asyncProperty(recordsOf(kind), async (records) => {
        const sheet = await opened(kind, records, await exported(kind, records));
        for (const { cells } of sheet.table)
          for (const cell of cells) expect(cell).not.toMatch(/^[\s\p{C}]*[=+\-@＝＋－＠]/u);
      }),
      { numRuns: 40 },
    );
  });
});
