/** A small seeded generator (mulberry32): the same seed always gives the same company. */
export interface Rng {
  /** 0 ≤ value < 1 */
  next(): number;
  /** from ≤ value < to, whole */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  hex(length: number): string;
}

export function createRng(seed: number): Rng {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const value = list[int(0, list.length)];
      if (value === undefined) throw new RangeError('nothing to pick from');
      return value;
    },
    hex: (length) => Array.from({ length }, () => int(0, 16).toString(16)).join(''),
  };
}
