import type { Rng } from '../simulators/rng';

/** Which moment of a life is chosen for its end. */
export const moments = ['starting', 'preparing', 'planning', 'writing', 'reading', 'resolving'] as const;
export type Moment = (typeof moments)[number];

/** When to kill: at the nth time that something is seen, and so many milliseconds after it. */
export interface Aim {
  readonly moment: Moment;
  readonly nth: number;
  readonly afterMs: number;
}

/** Chooses an aim: most lives end while rows are written and read back, and none is spared. */
export function aim(rng: Rng): Aim {
  const moment = rng.pick([
    'starting',
    'preparing',
    'planning',
    'writing',
    'writing',
    'writing',
    'writing',
    'reading',
    'reading',
    'reading',
    'resolving',
    'resolving',
  ] as const);
  switch (moment) {
    case 'starting':
      return { moment, nth: 1, afterMs: rng.int(0, 40) };
    case 'preparing':
      return { moment, nth: 1, afterMs: rng.int(0, 400) };
    case 'planning':
      return { moment, nth: 1, afterMs: rng.int(0, 60) };
    case 'writing':
      return { moment, nth: rng.int(1, 35), afterMs: rng.int(0, 25) };
    case 'reading':
      return { moment, nth: rng.int(1, 4), afterMs: rng.int(0, 30) };
    case 'resolving':
      return { moment, nth: 1, afterMs: rng.int(0, 260) };
  }
}
