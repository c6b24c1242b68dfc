import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogOf, editableFields, type FieldSpec, kindSchema } from '../../shared/catalog';
import { readPath } from '../../shared/catalog/field';
import { compareChange, compareReadBack, threeWay } from '../../shared/diff';
import type { Json, JsonObject } from '../../shared/model/json';

/*
 * The model: a value is a meaning and one of the ways to write it. Two values are the same exactly if their meanings
 * are, whatever `sameValue` does to find that out.
 */
interface Written {
  readonly meaning: string;
  readonly text: string | null;
}

const digits = (min: number, max: number) => fc.integer({ min, max }).map((number) => String(number));

function written(spec: FieldSpec): fc.Arbitrary<Written> {
  const nothing = fc.constantFrom(null, '').map((text) => ({ meaning: '', text }));
  const ways = (meaning: string, ...texts: string[]) =>
    fc.constantFrom(...texts).map((text) => ({ meaning, text }));
  switch (spec.type) {
    case 'phone':
      return fc.oneof(
        nothing,
        digits(2100000000, 2100000005).chain((n) => ways(n, `0${n}`, `+98${n}`, `0098${n}`, `98${n}`)),
      );
    case 'integer':
      return fc.oneof(
        nothing,
        digits(0, 5).chain((n) => ways(n, n, `0${n}`)),
      );
    case 'bit':
      return fc.constantFrom('0', '1').map((text) => ({ meaning: text, text }));
    case 'date':
      return fc.oneof(
        nothing,
        fc.integer({ min: 1, max: 5 }).chain((n) => {
          const day = `2026-08-0${n}`;
          const epoch = Date.UTC(2026, 7, n);
          return ways(day, day, `${day} 10:00:00`, `${day}T00:00:00Z`, String(epoch), String(epoch / 1000));
        }),
      );
    case 'flag':
      return fc.constantFrom('yes', 'no').map((text) => ({ meaning: text, text }));
    case 'choice':
      return fc
        .constantFrom(...(spec.values ?? []).map((one) => one.value))
        .map((text) => ({ meaning: text, text }));
    case 'email':
      return fc.oneof(
        nothing,
        fc.constantFrom('a@b.co', 'c@d.ir').map((text) => ({ meaning: text, text })),
      );
    case 'ipMask':
      return fc.oneof(
        nothing,
        fc.constantFrom('10.0.0.0/8', '0.0.0.0/0.0.0.0').map((text) => ({ meaning: text, text })),
      );
    case 'host':
      return fc.oneof(
        nothing,
        fc.constantFrom('dynamic', '10.0.0.1', 'a.lan').map((text) => ({ meaning: text, text })),
      );
    case 'digits':
    case 'dial':
    case 'port':
      return fc.oneof(
        spec.required ? digits(1, 3).map((text) => ({ meaning: text, text })) : nothing,
        fc.constantFrom('1', '01', '22', '022').map((text) => ({ meaning: text, text })),
      );
    case 'password':
      return fc.constantFrom('Abcdef1!', 'q8?696Q]%U|q').map((text) => ({ meaning: text, text }));
    default:
      return fc.oneof(
        nothing,
        fc.constantFrom('a', 'A', 'سارا', 'a b').map((text) => ({ meaning: text, text })),
      );
  }
}

/** A record of a catalog's fields as the server would send it. */
function recordOf(fields: readonly (readonly [FieldSpec, string | null])[], more: JsonObject): JsonObject {
  const raw: JsonObject = { ...more };
  for (const [spec, text] of fields) {
    const [top = '', inner] = readPath(spec);
    if (inner === undefined) raw[top] = text;
    else {
      const parent = raw[top];
      raw[top] = {
        ...(parent !== null && typeof parent === 'object' && !Array.isArray(parent) ? parent : {}),
        [inner]: text,
      };
    }
  }
  return raw;
}

describe.each(kindSchema.options)('against the model: %s', (kind) => {
  const catalog = catalogOf(kind);
  const editable = editableFields(catalog);

  it('one field is a no-op exactly if live means next, a conflict exactly if live means neither', () => {
    const triple = fc
      .constantFrom(...editable)
      .chain((spec) => fc.tuple(fc.constant(spec), written(spec), written(spec), written(spec)));
    fc.assert(
      fc.property(triple, ([spec, base, live, next]) => {
        const expected = spec.writeOnly
          ? 'ready'
          : live.meaning === next.meaning
            ? 'no-op'
            : live.meaning === base.meaning
              ? 'ready'
              : 'conflict';
        expect(threeWay(spec, base.text, live.text, next.text)).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a whole change has the verdicts of its fields and the status of the worst', () => {
    const rows = fc.subarray([...editable], { minLength: 1 }).chain((specs) =>
      fc.tuple(
        ...specs.map((spec) =>
          fc.tuple(
            fc.constant(spec),
            written(spec),
            written(spec),
            written(spec).filter((next) => next.meaning !== ''),
          ),
        ),
      ),
    );
    fc.assert(
      fc.property(rows, (fields) => {
        const live = recordOf(
          fields.filter(([spec]) => !spec.writeOnly).map(([spec, , now]) => [spec, now.text]),
          {},
        );
        const edits = fields.map(([spec, base, , next]) => ({
          field: spec.name,
          base: base.text,
          next: next.text,
        }));
        const compared = compareChange(catalog, edits, live);
        const order = ['invalid', 'conflict', 'ready', 'no-op'] as const;
        const worst = order.find((one) => compared.fields.some((field) => field.verdict === one));
        expect(compared.status).toBe(worst);
        expect(compareChange(catalog, edits, null).status).toBe('missing');
        fields.forEach(([spec, base, now, next], at) => {
          const field = compared.fields[at];
          expect(field?.field).toBe(spec.name);
          if (field?.problem) {
            expect(field.verdict).toBe('invalid');
            return;
          }
          expect(field?.verdict).toBe(threeWay(spec, base.text, spec.writeOnly ? null : now.text, next.text));
        });
      }),
    );
  });

  it('a read-back finds exactly what was dropped, what changed unasked, and what cannot be read', () => {
    // Of what no catalog knows too, a meaning can be told in several ways.
    const unknownValue: fc.Arbitrary<{ readonly meaning: string; readonly json: Json }> = fc.constantFrom(
      ...Object.entries<Json[]>({
        u: ['u'],
        one: [1, '1', true],
        seven: [7, '7'],
        list: [['x'], { 0: 'x' }],
        object: [
          { k: 'v', l: 2 },
          { l: '2', k: 'v' },
        ],
        nothing: ['', null, [], {}, { k: '' }],
      }).flatMap(([meaning, ways]) => ways.map((json) => ({ meaning, json }))),
    );
    const scene = fc
      .tuple(
        fc.tuple(
          ...catalog.fields.map((spec) =>
            fc.tuple(
              fc.constant(spec),
              written(spec),
              written(spec),
              written(spec),
              // What happens to it: left alone, asked for and stored, asked for and dropped or altered.
              fc.constantFrom<'untouched' | 'asked'>('untouched', 'asked'),
            ),
          ),
        ),
        fc.dictionary(fc.constantFrom('zz1', 'zz2', 'zz3'), fc.tuple(unknownValue, unknownValue)),
      )
      .map(([fields, unknown]) => ({ fields, unknown }));
    fc.assert(
      fc.property(scene, ({ fields, unknown }) => {
        const readable = fields.filter(([spec]) => !spec.writeOnly);
        const halves = (side: 0 | 1): JsonObject =>
          Object.fromEntries(Object.entries(unknown).map(([name, pair]) => [name, pair[side].json]));
        const before = recordOf(
          readable.map(([spec, was]) => [spec, was.text]),
          halves(0),
        );
        const after = recordOf(
          readable.map(([spec, , now]) => [spec, now.text]),
          halves(1),
        );
        const asked = fields.filter(([spec, , , , fate]) => fate === 'asked' && !spec.readOnly);
        const names = new Set(asked.map(([spec]) => spec.name));
        const result = compareReadBack(
          catalog,
          new Map(asked.map(([spec, , , next]) => [spec.name, next.text])),
          before,
          after,
        );
        const is = (wanted: (row: (typeof fields)[number]) => boolean) =>
          fields.filter(wanted).map(([spec]) => spec.name);
        expect(result.unverifiable).toEqual(is(([spec]) => names.has(spec.name) && spec.writeOnly === true));
        expect(result.stored).toEqual(
          is(
            ([spec, , now, next]) => names.has(spec.name) && !spec.writeOnly && now.meaning === next.meaning,
          ),
        );
        expect(result.notStored.map((one) => one.field)).toEqual(
          is(
            ([spec, , now, next]) => names.has(spec.name) && !spec.writeOnly && now.meaning !== next.meaning,
          ),
        );
        const unasked = is(
          ([spec, was, now]) =>
            !names.has(spec.name) && !spec.writeOnly && !spec.volatile && was.meaning !== now.meaning,
        );
        const strange = Object.entries(unknown)
          .filter(([, [was, now]]) => was.meaning !== now.meaning)
          .map(([name]) => name);
        expect(result.sideEffects.map((one) => one.field).sort()).toEqual([...unasked, ...strange].sort());
      }),
    );
  });
});
