import fc from 'fast-check';
import { z } from 'zod';
import { envelopeSchema, publicKeySchema } from '../../../shared/lib/envelope';

/*
 * Messages generated from the contract's schemas. Whatever they refer to (a record, a plan, an opened file) is only
 * known when a message is sent: until then the message contains a placeholder, so that the same seed gives the same
 * messages.
 */

/** A placeholder for something that exists: the `nth` that fits, or a made-up value where there is none. */
export class Known {
  constructor(
    readonly name: string,
    readonly nth: number,
    readonly madeUp: unknown,
    readonly schema: z.ZodType,
  ) {}
}

/** A placeholder for an envelope with a text in it. */
export class Sealed {
  constructor(readonly text: string) {}
}

const nth = fc.nat({ max: 1_000_000 });

/** Texts that people and machines write, besides random ones. */
const telling = fc.constantFrom(
  '',
  '1',
  '101',
  '+982112345678',
  '۰۱۲۳۴',
  'علی رضایی',
  'a@example.com',
  '2031-05-01',
  '1410/02/11',
  '0',
  'yes',
  '*****',
  '{number}-{name}',
  '{{',
  '^(\\d+)$',
  '(a+)+$',
  '=1+1',
  '10.0.0.0/8\n192.168.1.1',
  '100-120, 105',
  '{"a":[1,{"b":null}]}',
  '[]',
  '__proto__',
  'constructor',
  "' OR 1=1 --",
  '%',
  '\u202e101',
  '‌',
  '💡'.repeat(8),
  'x'.repeat(3_000),
  '1e309',
  '-0',
  '../../etc/passwd',
);

const anyText = fc.oneof(
  { weight: 3, arbitrary: telling },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !text.includes('\0')),
  },
);

/** Generates what a schema accepts by walking it. Throws on an unknown kind of schema, so that none is skipped. */
export function fitting(schema: z.ZodType, name = ''): fc.Arbitrary<unknown> {
  // Compared by identity, not by structure.
  if (schema === envelopeSchema) return anyText.map((text) => new Sealed(text));
  if (schema === publicKeySchema) return nth.map((at) => new Known('publicKey', at, 'A', schema));
  const { def } = (schema as unknown as { _zod: { def: Def } })._zod;
  const inner = (): fc.Arbitrary<unknown> => fitting(needed(def.innerType), name);
  switch (def.type) {
    case 'object': {
      const members = Object.entries(def.shape ?? {});
      const model = Object.fromEntries(members.map(([key, value]) => [key, fitting(value, key)]));
      const requiredKeys = members.flatMap(([key, value]) => (isOptional(value) ? [] : [key]));
      return fc.record(model, { requiredKeys });
    }
    case 'array': {
      const { least, most } = bounds(def, 6);
      return fc.array(fitting(needed(def.element), singular(name)), { minLength: least, maxLength: most });
    }
    case 'record':
      return fc.dictionary(
        fitting(needed(def.keyType), `${name}.key`).map(String),
        fitting(needed(def.valueType), name),
        { maxKeys: 5, noNullPrototype: true },
      );
    case 'union':
      return fc.oneof(...needed(def.options).map((option) => fitting(option, name)));
    case 'optional':
      return fc.option(inner(), { nil: undefined });
    case 'default':
      return fc.option(inner(), { nil: undefined });
    case 'nullable':
      // Most requests about an archive can also be about the history.
      if (name === 'archive')
        return fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: inner() });
      return fc.option(inner(), { nil: null });
    case 'enum':
      return fc.constantFrom(...Object.values(needed(def.entries)));
    case 'literal':
      return fc.constantFrom(...needed(def.values));
    case 'null':
      return fc.constant(null);
    case 'void':
      return fc.constant(undefined);
    case 'boolean':
      return fc.boolean();
    case 'number':
      return known(name, schema, numbers(def, schema));
    case 'string':
      return known(name, schema, texts(def, schema));
    default:
      throw new Error(`the walk does not know a schema of type ${def.type} (${name})`);
  }
}

/** Uses a known value for this name four times in five. */
function known(
  name: string,
  schema: z.ZodType,
  madeUp: fc.Arbitrary<string | number>,
): fc.Arbitrary<unknown> {
  if (name === '') return madeUp;
  return fc
    .tuple(fc.nat({ max: 4 }), nth, madeUp)
    .map(([dice, at, value]) => (dice === 0 ? value : new Known(name, at, value, schema)));
}

function texts(def: Def, schema: z.ZodType): fc.Arbitrary<string> {
  const { least, most } = bounds(def, 60);
  const pattern = def.pattern ?? checksOf(def).find((check) => check.pattern)?.pattern;
  const made =
    def.format === 'uuid'
      ? fc.uuid({ version: [1, 4, 7] })
      : pattern
        ? fc.stringMatching(pattern)
        : fc.oneof(
            { weight: 9, arbitrary: anyText },
            { weight: 1, arbitrary: fc.constantFrom('y'.repeat(most), 'z'.repeat(Math.max(least, 1))) },
          );
  // The schema itself is the only check of trimming and minimum length.
  return made.map((text) => (schema.safeParse(text).success ? text : 'a'.repeat(Math.max(least, 1))));
}

function numbers(def: Def, schema: z.ZodType): fc.Arbitrary<number> {
  let [min, max] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  for (const { check, value } of checksOf(def)) {
    if (check === 'greater_than' && typeof value === 'number') min = Math.max(min, value);
    if (check === 'less_than' && typeof value === 'number') max = Math.min(max, value);
  }
  const edges = [min, max, 0, 1, 2, 20, -1].filter((value) => schema.safeParse(value).success);
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(...edges));
}

interface Def {
  readonly type: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
}

interface Check {
  readonly check: string;
  readonly pattern?: RegExp;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly length?: number;
  readonly value?: unknown;
}

function checksOf(def: Def): Check[] {
  return (def.checks ?? []).map((check) => check._zod.def);
}

function bounds(def: Def, usual: number): { least: number; most: number } {
  let [least, most] = [0, Number.POSITIVE_INFINITY];
  for (const { check, minimum, maximum, length } of checksOf(def)) {
    if (check === 'min_length') least = Math.max(least, minimum ?? 0);
    if (check === 'max_length') most = Math.min(most, maximum ?? most);
    if (check === 'length_equals') [least, most] = [length ?? 0, length ?? 0];
  }
  return { least, most: Math.max(least, Math.min(most, def.type === 'string' ? 60_000 : usual)) };
}

function isOptional(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success && !(schema instanceof z.ZodVoid);
}

function singular(name: string): string {
  return name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/s$/, '');
}

function needed<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('a schema without one of its parts');
  return part;
}
