import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogOf, fieldSpec, kindSchema, ofCollection } from '../../shared/catalog';
import { readPath } from '../../shared/catalog/field';
import { fieldValue, fieldValues, recordTitle, unknownFields, valueAt } from '../../shared/catalog/read';
import type { Json, JsonObject } from '../../shared/model/json';

const simotel = catalogOf('simotel');
const edge = catalogOf('edge');

describe('reading a record', () => {
  it('finds forwarding under its parent, an empty parent included', () => {
    const raw = { forward_policy: { 'No Answer': '0912' } };
    expect(fieldValues(simotel, raw)['forward_policy.No Answer']).toBe('0912');
    expect(fieldValues(simotel, { forward_policy: '' })['forward_policy.No Answer']).toBeNull();
  });

  it('shows booleans as the field itself says yes and no, numbers as text', () => {
    const flag = fieldSpec(ofCollection({ kind: 'edge' }), 'send_block');
    const bit = fieldSpec(ofCollection({ kind: 'edge' }), 'is_bought_panel');
    const role = fieldSpec(ofCollection({ kind: 'edge' }), 'acl_id');
    expect(flag && fieldValue(flag, { send_block: true })).toBe('yes');
    expect(bit && fieldValue(bit, { is_bought_panel: false })).toBe('0');
    expect(role && fieldValue(role, { acl_role_id: 12 })).toBe('12');
  });

  it('keeps leading zeros of texts', () => {
    expect(fieldValues(simotel, { number: '0044' }).number).toBe('0044');
  });

  it('finds nothing that only the prototype has', () => {
    expect(valueAt({}, ['constructor'])).toBeUndefined();
    expect(valueAt({}, ['__proto__', 'toString'])).toBeUndefined();
    expect(valueAt(['a'], ['0'])).toBeUndefined();
  });

  it('titles a record by number and name, by its id where it has neither', () => {
    expect(recordTitle(simotel, 'id1', { number: '530', name: ' Sara ' })).toBe('530 Sara');
    expect(recordTitle(simotel, 'id1', { number: '530', name: null })).toBe('530');
    expect(recordTitle(edge, '7', { name: '', uname: null })).toBe('7');
  });
});

describe('what the catalog does not know', () => {
  it('is kept with its dotted name and in its order', () => {
    const raw: JsonObject = {
      _id: 'x',
      zulu: 1,
      number: '1',
      forward_policy: { Busy: '2', Night: '3' },
      alpha: { deep: true },
    };
    expect(unknownFields(simotel, raw)).toEqual([
      ['zulu', 1],
      ['forward_policy.Night', '3'],
      ['alpha', { deep: true }],
    ]);
  });

  it('is a parent too that is not what it should be', () => {
    expect(unknownFields(simotel, { forward_policy: 'busy=1' })).toEqual([['forward_policy', 'busy=1']]);
    expect(unknownFields(simotel, { forward_policy: ['1'] })).toEqual([['forward_policy', ['1']]]);
    expect(unknownFields(simotel, { forward_policy: [null] })).toEqual([['forward_policy', [null]]]);
  });

  it('does not count an empty parent, nor what stands for a field that is shown', () => {
    expect(unknownFields(simotel, { forward_policy: null })).toEqual([]);
    expect(unknownFields(edge, { acl_role: { acl_role_id: 1 }, user_id: 1 })).toEqual([]);
  });
});

describe.each(kindSchema.options)('nothing of a record is lost: %s', (kind) => {
  const catalog = catalogOf(kind);
  const names = [
    ...new Set([
      ...catalog.fields.map((spec) => readPath(spec)[0] ?? ''),
      catalog.idField,
      ...(catalog.absorbed ?? []),
    ]),
  ];
  const inner = catalog.fields.flatMap((spec) => readPath(spec).slice(1));
  const scalar: fc.Arbitrary<Json> = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  // A NUL in a key is the one thing that JSON allows and nobody has seen.
  const key = fc.oneof(
    fc.constantFrom(...names),
    fc.string().filter((text) => !text.includes('\u0000')),
  );
  const object: fc.Arbitrary<Json> = fc.dictionary(
    fc.oneof(fc.constantFrom('Night', ...inner), fc.string({ minLength: 1, maxLength: 4 })),
    scalar,
    { maxKeys: 5 },
  );
  const raw = fc.dictionary(key, fc.oneof(scalar, object, fc.array(scalar, { maxLength: 3 })), {
    maxKeys: 30,
  });

  it('every leaf is in a field, is the identity, is absorbed, or is shown as unknown', () => {
    fc.assert(
      fc.property(raw, (record) => {
        const values = fieldValues(catalog, record);
        const unknown = new Map(unknownFields(catalog, record));
        const known = new Map(catalog.fields.map((spec) => [readPath(spec).join('\u0000'), spec.name]));
        for (const [path, leaf] of leaves(record)) {
          const [top = ''] = path;
          if (top === catalog.idField || catalog.absorbed?.includes(top)) continue;
          if (path.length === 1 && isNone(leaf) && !known.has(top)) {
            // An empty parent holds nothing.
            if (catalog.fields.some((spec) => readPath(spec)[0] === top)) continue;
          }
          const field = known.get(path.join('\u0000')) ?? known.get(top);
          if (field !== undefined) {
            if (leaf !== null) expect(values[field]).not.toBeNull();
            continue;
          }
          const held = unknown.has(top) ? unknown.get(top) : unknown.get(`${top}.${path[1] ?? ''}`);
          const rest = unknown.has(top) ? path.slice(1) : path.slice(2);
          expect(valueAtAny(held, rest)).toEqual(leaf);
        }
      }),
    );
  });
});

/** What stands for an object without entries. */
function isNone(leaf: Json): boolean {
  return leaf === null || leaf === false || /^(null|\{\}|\[\]|)$/.test(String(leaf).trim());
}

/** All scalars and empty containers of a value with their paths; arrays by index. */
function leaves(value: Json, path: readonly string[] = []): [readonly string[], Json][] {
  if (value === null || typeof value !== 'object') return [[path, value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [];
  return entries.flatMap(([name, one]) => leaves(one, [...path, name]));
}

function valueAtAny(value: Json | undefined, path: readonly string[]): Json | undefined {
  let here = value;
  for (const name of path) {
    if (here === null || typeof here !== 'object') return undefined;
    here = new Map<string, Json>(Object.entries(here)).get(name);
  }
  return here;
}
