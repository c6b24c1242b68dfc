import fc from 'fast-check';

/*
 * What is done to a valid message. `near`: one thing is wrong in it. `hostile`: it, or one thing in it, is something
 * that our window would never send.
 */
export interface Twist {
  readonly how: 'near' | 'hostile';
  /** Which part of the message, in the order of traversal. */
  readonly place: number;
  /** Which of the mutations. */
  readonly what: number;
}

export const twists: fc.Arbitrary<Twist> = fc.record({
  how: fc.constantFrom('near' as const, 'near' as const, 'hostile' as const),
  place: fc.nat({ max: 10_000 }),
  what: fc.nat({ max: 10_000 }),
});

const gone = Symbol('left out');

/** Ways to make a value wrong. */
const wrong: readonly ((value: unknown) => unknown)[] = [
  () => gone,
  () => null,
  () => undefined,
  (value) => [value],
  (value) => ({ value }),
  (value) => String(value),
  (value) => Number(value),
  () => -1,
  () => 1.5,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => Number.MAX_VALUE,
  () => -0,
  () => '',
  () => 'x'.repeat(70_000),
  () => 'half \ud800',
  () => '\udc00 half',
  () => 'nul \0 in it',
  () => '00000000-0000-0000-0000-000000000000',
  () => 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  () => true,
  (value) => (value !== null && typeof value === 'object' ? { ...value, more: 1 } : 'more'),
  (value) => (Array.isArray(value) ? Array.from({ length: 30_000 }, () => value[0]) : 'long'),
  (value) => (typeof value === 'string' ? `${value}\u202e\u200b` : []),
];

/** What no window sends; created on demand, because some of it is large. */
const hostile: readonly (() => unknown)[] = [
  () => deep(100_000, (inner) => [inner]),
  () => deep(100_000, (inner) => ({ a: inner })),
  () => deep(65, (inner) => ({ a: inner })),
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  () => Object.create(null),
  () => new Map([['connectionId', 'x']]),
  () => new Set([1, 2]),
  () => new Date(Number.NaN),
  () => /(a+)+$/,
  () => new Error('SECRET in an error'),
  () => new Uint8Array(2_000_000),
  () => new ArrayBuffer(8),
  () => 10n ** 40n,
  () => new Array(2 ** 32 - 1),
  () => circle(),
  () => 'x'.repeat(2_000_000),
  () => ({ ['k'.repeat(1_000_000)]: 1 }),
  () => Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, at])),
  () => Array.from({ length: 400_000 }, () => null),
  () => '\ud83d'.repeat(5_000),
  () => '\0'.repeat(5_000),
  () => ({ '\0': '\0', '\ud800': 1 }),
  () => ({ toString: 1, valueOf: null, hasOwnProperty: 'no', length: -1 }),
  () => [[[[[[]]]]]],
];

/** Returns a copy of the message with one thing wrong; the original is not changed. */
export function twisted(message: unknown, { how, place, what }: Twist): unknown {
  const places = placesOf(message);
  const path = places[place % places.length] ?? [];
  const make = how === 'near' ? wrong[what % wrong.length] : hostile[Math.floor(what / 2) % hostile.length];
  // Every other hostile value replaces the whole message.
  const at = how === 'hostile' && what % 2 === 0 ? [] : path;
  const value = replaced(message, at, (old) => make?.(old));
  return value === gone ? undefined : value;
}

function placesOf(value: unknown, path: readonly PropertyKey[] = []): (readonly PropertyKey[])[] {
  if (value === null || typeof value !== 'object') return [path];
  const inner = Object.keys(value).flatMap((key) => placesOf(Reflect.get(value, key), [...path, key]));
  return [path, ...inner];
}

function replaced(
  value: unknown,
  [key, ...rest]: readonly PropertyKey[],
  make: (old: unknown) => unknown,
): unknown {
  if (key === undefined) return make(value);
  if (value === null || typeof value !== 'object') return value;
  const copy: object = Array.isArray(value) ? [...value] : { ...value };
  const next = replaced(Reflect.get(copy, key), rest, make);
  if (next === gone) Reflect.deleteProperty(copy, key);
  else Reflect.set(copy, key, next);
  return copy;
}

function deep(levels: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = wrap(value);
  return value;
}

function circle(): unknown {
  const one: Record<string, unknown> = {};
  one.self = one;
  return one;
}
